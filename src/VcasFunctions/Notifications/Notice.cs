using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Vcas.Domain.Households;

namespace VcasFunctions.Notifications;

/// <summary>
/// A notification's words. It tells that something is to be done and a reference that says nothing: no name, no number, no
/// offence. Phones show these on locked screens.
/// </summary>
/// <param name="ActivityType">As the Teams app's manifest declares it.</param>
/// <param name="Preview">At most 150 characters.</param>
/// <param name="Topic">What it is about, in the feed.</param>
/// <param name="Parameter">What fills the manifest's template, by name.</param>
/// <param name="ChainId">A later notice of the same chain to the same reader replaces the earlier.</param>
/// <param name="OfferId">The household whose screen it opens; null if it opens the list.</param>
public sealed record Notice(
    string ActivityType, string Preview, string Topic, (string Name, string Value) Parameter, long ChainId, Guid? OfferId)
{
    /// <summary>
    /// Every activity type that is ever sent, with the parameter of its template: the Teams app's manifest declares each.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string> ActivityTypes = new Dictionary<string, string>
    {
        ["callBackDue"] = "reference",
        ["callBackReminder"] = "reference",
        ["callBackOverdue"] = "reference",
        ["holdReview"] = "reference",
        ["callHoursNeeded"] = "reference",
        ["answerMissing"] = "reference",
        ["referralRejected"] = "reference",
        ["lateOutcome"] = "reference",
        ["dangerRecorded"] = "reference",
        ["dangerUnacknowledged"] = "reference",
        ["visitDue"] = "reference",
        ["measureMissing"] = "reference",
        ["welfareContactDue"] = "reference",
        ["safeRouteAsked"] = "reference",
        ["safeRouteMissing"] = "reference",
        ["disclosureReview"] = "reference",
        ["callBacksDue"] = "count",
        ["safeRoutesAsked"] = "count",
        ["supervisorNeeded"] = "count",
        ["numberPassedOn"] = "count",
        ["workingDay"] = "count",
        ["tasksWaiting"] = "count",
    };

    /// <summary>The notice for what an offer's outbox holds. A reminder replaces its forerunner in the reader's feed.</summary>
    public static Notice Of(Household household, Dispatch dispatch)
    {
        var (type, preview) = dispatch.Kind switch
        {
            DispatchKind.CallBackDue => ("callBackDue", "A call-back is due"),
            DispatchKind.CallBackReminder => ("callBackReminder", "A call-back is still due"),
            DispatchKind.CallBackOverdue => ("callBackOverdue", "A call-back is overdue: nobody has called"),
            DispatchKind.HoldReview => ("holdReview", "A held call-back needs your decision"),
            DispatchKind.SafeHoursUnmet => ("callHoursNeeded", "A call-back has no hours in which to call"),
            DispatchKind.DecisionNeeded => ("holdReview", "A held call-back needs your decision"),
            DispatchKind.SafeRouteNeeded => ("holdReview", "A call-back is due and needs a safe number"),
            DispatchKind.AnswerMissing => ("answerMissing", "A referral has no answer yet"),
            DispatchKind.ReferralRejected => ("referralRejected", "A referral was not taken on"),
            DispatchKind.LateOutcome => ("lateOutcome", "What a household said needs a look"),
            DispatchKind.DangerRecorded => ("dangerRecorded", "A household needs you now: open it and acknowledge"),
            DispatchKind.DangerUnacknowledged => ("dangerUnacknowledged", "A household needs somebody now: nobody has acknowledged it"),
            DispatchKind.VisitDue => ("visitDue", "A household is to be visited"),
            DispatchKind.MeasureMissing or DispatchKind.MeasureStillMissing =>
                ("measureMissing", "A household needs you: say what was done"),
            DispatchKind.WelfareContactDue => ("welfareContactDue", "A household needs you: a welfare contact is to be made"),
            DispatchKind.WelfareContactMissing => ("welfareContactDue", "A household needs somebody: nobody has made a welfare contact"),
            DispatchKind.SafeRouteAsked => ("safeRouteAsked", "A household that you recorded needs a safe route: open it"),
            DispatchKind.SafeRouteMissing => ("safeRouteMissing", "A household has no safe route yet"),
            DispatchKind.DisclosureReview => ("disclosureReview", "A disclosure hold needs your review"),
            _ => throw new ArgumentOutOfRangeException(nameof(dispatch), dispatch.Kind, "Not a notification."),
        };
        return new Notice(
            type, preview, $"Call-back {household.Reference}", (
                "reference", household.Reference), ChainOf(household.Id, dispatch), household.Id);
    }

    /// <summary>One notice for many households, instead of one for each.</summary>
    /// <param name="recipients">Who is told.</param>
    /// <param name="count">How many households.</param>
    /// <param name="at">When they were gathered, UTC: the same when it has to be sent again, so that it replaces itself.</param>
    public static Notice OfMany(Recipients recipients, int count, DateTimeOffset at)
    {
        var (type, preview) = recipients.Reader switch
        {
            Reader.Supervisor => ("supervisorNeeded", $"{count} households need a supervisor"),
            Reader.Recorder => ("safeRoutesAsked", $"{count} households that you recorded need a safe route"),
            _ => ("callBacksDue", $"{count} call-backs are due"),
        };
        return new Notice(type, preview, "Call-backs", ("count", $"{count}"), ChainOf($"{recipients.Key}/{at.UtcTicks}"), OfferId: null);
    }

    /// <summary>What a team's supervisor finds on a working morning: counts alone.</summary>
    /// <param name="team">The team, as it is known in the settings.</param>
    /// <param name="day">London's date: the same when it has to be sent again, so that it replaces itself.</param>
    /// <param name="count">How many calls and tasks.</param>
    /// <param name="preview">The counts.</param>
    public static Notice OfMorning(string team, DateOnly day, int count, string preview) =>
        new("workingDay", preview, "Today", ("count", $"{count}"), ChainOf($"morning/{team}/{day:yyyy-MM-dd}"), OfferId: null);

    /// <summary>That tasks of a team wait although its supervisor was told.</summary>
    /// <param name="recipients">Who is told.</param>
    /// <param name="team">The team.</param>
    /// <param name="day">London's date.</param>
    /// <param name="count">How many tasks.</param>
    public static Notice OfWaiting(Recipients recipients, string team, DateOnly day, int count) => new(
        "tasksWaiting",
        count == 1 ? "A task of your team has waited for days" : $"{count} tasks of your team have waited for days",
        "Tasks",
        ("count", $"{count}"),
        ChainOf($"waiting/{recipients.Key}/{team}/{day:yyyy-MM-dd}"),
        OfferId: null);

    /// <summary>That front desks have passed numbers on.</summary>
    /// <param name="numbers">Which, by their ids: the same again replaces itself.</param>
    /// <param name="never">Whether somebody asked for no contact.</param>
    public static Notice OfNumbers(IReadOnlyList<Guid> numbers, bool never) => new(
        "numberPassedOn",
        never ? "Somebody asked for no contact: open it before anybody calls"
            : numbers.Count == 1 ? "A front desk has passed a number on" : $"Front desks have passed {numbers.Count} numbers on",
        "Call-backs",
        ("count", $"{numbers.Count}"),
        ChainOf($"numbers/{string.Join('/', numbers.Order())}"),
        OfferId: null);

    // A notice about what stands beside the course is never replaced by one about a call: each such matter has a chain of its own.
    private static long ChainOf(Guid id, Dispatch dispatch)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        return (BinaryPrimitives.ReadInt64LittleEndian(bytes) & long.MaxValue) ^ dispatch.Kind switch
        {
            DispatchKind.DangerRecorded or DispatchKind.DangerUnacknowledged => 2L,
            DispatchKind.MeasureMissing or DispatchKind.MeasureStillMissing => 4L,
            DispatchKind.WelfareContactDue or DispatchKind.WelfareContactMissing => 5L,
            DispatchKind.SafeRouteAsked or DispatchKind.SafeRouteMissing => 3L,
            DispatchKind.DisclosureReview => 5L,
            var kind => Recipients.ReaderOf(kind) == Reader.Supervisor ? 1L : 0L,
        };
    }

    private static long ChainOf(string text) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) & long.MaxValue;
}
