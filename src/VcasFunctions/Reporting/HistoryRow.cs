using System.Globalization;
using Vcas.Domain;
using Vcas.Domain.Households;
using Vcas.Domain.Reporting;
using Vcas.Domain.Teams;
using VcasFunctions.Http;
using VcasFunctions.Problems;
using VcasFunctions.Sealing;
using VcasFunctions.Settings;

namespace VcasFunctions.Reporting;

/// <summary>One row of an imported file being read.</summary>
internal sealed class HistoryRow(CsvRow row, HistoryHeadings headings, VcasSettings settings, Sealer sealer, List<FieldProblem> errors)
{
    private const int LongestTeam = 60;

    private bool isSound = true;

    public HouseholdRecord? Read()
    {
        var reference = Cell("reference");
        if (HistoryReference.FaultOf(reference) is { } fault) Wrong("reference", fault);
        var answer = Word<OfferAnswer>("answer", isNeeded: true);
        var offered = Date("offeredAt", isNeeded: true);
        if (offered is not null && (offered.At > settings.Moment.Now || offered.At < settings.SchemeStart))
            Wrong("offeredAt", "It must lie between the scheme's beginning and now.");

        var callBack = Word<CallOutcome>("callBack", isNeeded: false);
        if (callBack == CallOutcome.MessageLeft) Wrong("callBack", "Of a message that was left nothing is counted: say noAnswer.");
        if (callBack is not null && answer is OfferAnswer.Accepted or OfferAnswer.DoNotContact)
            Wrong("callBack", "Only who declined or was not asked is called back.");
        var called = Date("calledAt", isNeeded: false);
        if (called is not null && IsEmpty("callBack")) Wrong("callBack", "calledAt is given: say what came of the call.");
        if (called is not null && offered is not null && called.IsBefore(offered)) Wrong("calledAt", "It must not lie before offeredAt.");
        if (called?.At > settings.Moment.Now) Wrong("calledAt", "It must not lie in the future.");
        var direction = IsEmpty("direction") ? CallDirection.Outgoing : Word<CallDirection>("direction", isNeeded: true);
        if (direction == CallDirection.Incoming && IsEmpty("callBack")) Wrong("callBack", "Say what came of it when they rang.");
        var team = Team();

        // A day without a time starts at midnight, which is before an offer on the same day.
        var calledAt = called is not null && offered is not null && called.At < offered.At ? offered.At : called?.At;
        return isSound ? RecordOf(reference, answer!.Value, offered!.At, team, callBack, calledAt, direction!.Value) : null;
    }

    private HouseholdRecord RecordOf(
        string reference,
        OfferAnswer answer,
        DateTimeOffset offeredAt,
        string team,
        CallOutcome? callBack,
        DateTimeOffset? calledAt,
        CallDirection direction)
    {
        var dueAt = settings.Calendar.DueAfter(offeredAt, settings.Policy.IntervalDays);
        var isToBeCalled = answer is OfferAnswer.Declined or OfferAnswer.NotAsked;
        var attempt = callBack is { } outcome ? new Attempt(Guid.Empty, calledAt ?? dueAt, outcome, true, null, null, direction) : null;
        return new HouseholdRecord
        {
            // Only this is kept of the reference: enough to know the same row again, and nothing to guess it by.
            Id = new Guid(sealer.Hash("imported references", HistoryReference.KeyOf(reference)).AsSpan(0, 16)),
            OfferedAt = offeredAt,
            Team = team,
            Answer = answer,
            AcceptedWhen = answer == OfferAnswer.Accepted ? AcceptedWhen.AtOffer
                : callBack == CallOutcome.Accepted ? WhenAccepted(direction, calledAt, dueAt) : null,
            CallBackDueAt = isToBeCalled && dueAt <= settings.Moment.Now ? dueAt : null,
            FirstAttemptAt = attempt is { WasDialled: true } ? calledAt : null,
            Attempts = attempt is { WasDialled: true } ? 1 : 0,
            RealOffers = (answer.WasReallyOffered() ? 1 : 0) + (callBack is CallOutcome.Accepted or CallOutcome.Declined ? 1 : 0),
            IncomingContacts = direction == CallDirection.Incoming ? 1 : 0,
            WasReached = attempt is { ReachedHousehold: true },
            IsHistory = true,
        };
    }

    private static AcceptedWhen WhenAccepted(CallDirection direction, DateTimeOffset? calledAt, DateTimeOffset dueAt) =>
        direction == CallDirection.Outgoing ? AcceptedWhen.AtCallBack
        : calledAt > dueAt ? AcceptedWhen.Later : AcceptedWhen.BeforeCallBack;

    private string Cell(string column) => headings.Cell(row, column);

    private bool IsEmpty(string column) => string.IsNullOrWhiteSpace(Cell(column));

    // Marks that nobody sees, and kinds of blanks, make no other team of it.
    private string Team()
    {
        var team = string.Concat(Cell("team").Where(letter => char.GetUnicodeCategory(letter) != UnicodeCategory.Format)).Trim();
        if (team.Length > LongestTeam) Wrong("team", $"At most {LongestTeam} characters.");
        else if (team.Any(char.IsControl)) Wrong("team", "No control characters.");
        return team.Length == 0 ? settings.Options.DefaultTeam
            : string.Join(' ', team.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private T? Word<T>(string column, bool isNeeded) where T : struct, Enum
    {
        if (Vcas.Domain.Word.TryRead<T>(Cell(column), out var value)) return value;
        if (isNeeded || !IsEmpty(column)) Wrong(column, $"{ExpectedValues.Of(typeof(T))} Exactly so, without blanks or capitals beside.");
        return null;
    }

    private HistoryDate? Date(string column, bool isNeeded)
    {
        if (!isNeeded && IsEmpty(column)) return null;
        var (date, fault) = HistoryDate.Read(Cell(column).Trim());
        if (fault is not null) Wrong(column, fault);
        return date;
    }

    private void Wrong(string column, string message)
    {
        isSound = false;
        errors.Add(new FieldProblem($"row {row.Number}, {column}", message));
    }
}
