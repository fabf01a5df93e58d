using Vcas.Domain.Calendar;
using Vcas.Domain.Households;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.Offers;

/// <summary>
/// What can happen to a danger: recorded with whatever records or corrects a household's risks or by itself, told of again, acknowledged,
/// acted on, reminded of.
/// </summary>
public static class DangerTransitions
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromDays(1);

    /// <summary>
    /// Somebody learned of a danger, whatever has become of the household: also one that nobody calls any more, or that asked never to be
    /// called. Who deals with it later finds it among the risks; where VCAS has an open referral, it is told. The same again changes
    /// nothing until somebody has acknowledged it: from then on it is another one.
    /// </summary>
    /// <exception cref="RuleBrokenException">The household is erased.</exception>
    public static Transition RecordDanger(
        this Household household, IReadOnlyList<Risk> risks, bool childMayBeDirectVictim, Moment moment)
    {
        Rules.Keep(new HouseholdMustNotBeErased(household.Erasure));
        var known = household.Details;
        var details = known with
        {
            Risks = [.. known.Risks.Union(risks.Where(risk => risk.IsDanger()))],
            ChildMayBeDirectVictim = known.ChildMayBeDirectVictim || childMayBeDirectVictim,
        };
        if (details == known)
            return household.Danger is { AcknowledgedAt: null } ? household.Unchanged() : household.Unchanged().Endangered(moment);
        return household is { Course: ContactCourse.Referred, Referral.IsOver: false }
            ? household.Amend(details, moment)
            : household.Corrected(details, moment);
    }

    /// <summary>Somebody knows of it, and sees to it. Again changes nothing.</summary>
    /// <exception cref="RuleBrokenException">No danger was recorded.</exception>
    public static Transition AcknowledgeDanger(this Household household, Moment moment)
    {
        Rules.Keep(new DangerMustHaveBeenRecorded(household.Danger));
        return household.Danger!.AcknowledgedAt is not null
            ? household.Unchanged()
            : household.Acknowledged(moment).After(new DangerAcknowledged(household.Danger.Number));
    }

    /// <summary>
    /// Nobody has acknowledged it: the next recipient is told, and the supervisor once more; again after twice as long each time, a day at
    /// most. Before its time nothing changes.
    /// </summary>
    public static Transition EscalateDanger(this Household household, Moment moment)
    {
        if (household.Danger is not { EscalateAt: { } due } danger || due > moment.Now) return household.Unchanged();
        var count = danger.Escalations + 1;
        var next = moment.Now + household.SilenceAfter(count);
        return (household with
        {
            Danger = danger with { EscalateAt = next, Escalations = count, EscalatedAt = moment.Now },
            Outbox =
            [
                .. household.Outbox.Where(dispatch => !dispatch.IsDanger),
                new Dispatch($"danger-{danger.Number}-s{count}", DispatchKind.DangerRecorded),
                new Dispatch($"danger-{danger.Number}-{count}", DispatchKind.DangerUnacknowledged),
            ],
        }).After(new DangerEscalated(danger.Number, count));
    }

    /// <summary>
    /// Somebody acknowledged it, and nobody has said what was done: the supervisor is reminded, from the second time on the deputy too,
    /// every working morning. Before its time nothing changes.
    /// </summary>
    public static Transition RemindOfMeasure(this Household household, Moment moment)
    {
        if (household.Danger is not { MeasureDueAt: { } due } danger || due > moment.Now) return household.Unchanged();
        var count = danger.MeasureReminders + 1;
        return (household with
        {
            Danger = danger with { MeasureDueAt = moment.NextMorning(), MeasureReminders = count },
            Outbox =
            [
                .. household.Outbox.Where(dispatch => !dispatch.IsDanger),
                new Dispatch($"measure-{danger.Number}-{count}", DispatchKind.MeasureMissing),
                .. count == 1
                    ? Array.Empty<Dispatch>()
                    : [new Dispatch($"measure-{danger.Number}-d{count}", DispatchKind.MeasureStillMissing)],
            ],
        }).After(new MeasureReminded(danger.Number, count));
    }

    /// <summary>Records what was done, which acknowledges the danger too. The same again changes nothing.</summary>
    /// <exception cref="RuleBrokenException">No danger was recorded, or the measure lacks what it needs.</exception>
    public static Transition RecordDangerAction(
        this Household household, DangerAction action, NoActionReason? reason, string? reference, Moment moment)
    {
        Rules.Keep(
            new HouseholdMustNotBeErased(household.Erasure),
            new DangerMustHaveBeenRecorded(household.Danger),
            new NotificationMustHaveAReference(action, reference),
            new DoingNothingMustHaveAReason(action, reason));
        var danger = household.Danger!;
        if (danger.Measures.Any(known => (known.Action, known.Reason, known.Reference) == (action, reason, reference)))
            return household.Unchanged();
        var known = danger.AcknowledgedAt is null ? household.Acknowledged(moment) : household;
        HouseholdEvent[] acknowledged = danger.AcknowledgedAt is null ? [new DangerAcknowledged(danger.Number)] : [];
        return (known with
        {
            Danger = known.Danger! with
            {
                MeasureDueAt = null,
                Measures = [.. danger.Measures, new DangerMeasure(action, moment.Now, reason, reference)],
            },
            Outbox = [.. known.Outbox.Where(dispatch => !dispatch.IsDanger)],
        }).After([.. acknowledged, new DangerActionRecorded(danger.Number, action, reason)]).WithWelfarePlanned(action, reason, moment);
    }

    /// <summary>The household, of whose danger somebody is told no later than from now on.</summary>
    internal static Household WithDangerPutRight(this Household household, Moment moment)
    {
        if (household.Danger is not { } danger) return household;
        var right = danger with
        {
            EscalateAt = danger.EscalateAt?.PutRight(moment.Now + household.SilenceAfter(danger.Escalations)),
            MeasureDueAt = danger.MeasureDueAt?.PutRight(household.LatestMeasureDueAt(moment)),
        };
        return right == danger ? household : household with { Danger = right };
    }

    private static TimeSpan SilenceAfter(this Household household, int escalations)
    {
        var wait = TimeSpan.FromMinutes(household.Policy.AcknowledgeMinutes * Math.Pow(2, Math.Min(escalations, 16)));
        return wait < LongestSilence ? wait : LongestSilence;
    }

    private static DateTimeOffset LatestMeasureDueAt(this Household household, Moment moment)
    {
        var (first, again) = (household.MeasureDueAt(moment), moment.NextMorning());
        return first > again ? first : again;
    }

    private static Household Acknowledged(this Household household, Moment moment) => household with
    {
        Danger = household.Danger! with { AcknowledgedAt = moment.Now, EscalateAt = null, MeasureDueAt = household.MeasureDueAt(moment) },
        Outbox = [.. household.Outbox.Where(dispatch => !dispatch.IsDanger)],
    };

    // The same day, London's; who learns of it late in the evening has some hours all the same.
    private static DateTimeOffset MeasureDueAt(this Household household, Moment moment)
    {
        var tomorrow = CallBackCalendar.StartOf(CallBackCalendar.DateOf(moment.Now).AddDays(1));
        var soonest = moment.Now.AddHours(household.Policy.MeasureHours);
        return tomorrow > soonest ? tomorrow : soonest;
    }
}
