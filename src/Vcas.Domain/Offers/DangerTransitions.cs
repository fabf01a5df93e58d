using Vcas.Domain.Households;

namespace Vcas.Domain.Offers;

/// <summary>
/// What can happen to a danger: recorded with whatever records or corrects a household's risks, told of again, acknowledged, acted on.
/// </summary>
public static class DangerTransitions
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromDays(1);

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
    /// Nobody has acknowledged it: the next recipient is told, and again after twice as long each time, a day at most. Before its time
    /// nothing changes.
    /// </summary>
    public static Transition EscalateDanger(this Household household, Moment moment)
    {
        if (household.Danger is not { EscalateAt: { } due } danger || due > moment.Now) return household.Unchanged();
        var count = danger.Escalations + 1;
        var wait = TimeSpan.FromMinutes(household.Policy.AcknowledgeMinutes * Math.Pow(2, Math.Min(count, 16)));
        var next = moment.Now + (wait < LongestSilence ? wait : LongestSilence);
        return (household with
        {
            Danger = danger with { EscalateAt = next, Escalations = count, EscalatedAt = moment.Now },
            Outbox =
            [
                .. household.Outbox.Where(dispatch => dispatch.Kind != DispatchKind.DangerUnacknowledged),
                new Dispatch($"danger-{danger.Number}-{count}", DispatchKind.DangerUnacknowledged),
            ],
        }).After(new DangerEscalated(danger.Number, count));
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
            Danger = known.Danger! with { Measures = [.. danger.Measures, new DangerMeasure(action, moment.Now, reason, reference)] },
        }).After([.. acknowledged, new DangerActionRecorded(danger.Number, action, reason)]);
    }

    private static Household Acknowledged(this Household household, Moment moment) => household with
    {
        Danger = household.Danger! with { AcknowledgedAt = moment.Now, EscalateAt = null },
        Outbox = [.. household.Outbox.Where(dispatch => !dispatch.IsDanger)],
    };
}
