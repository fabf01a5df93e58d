namespace Vcas.Domain.Offers;

/// <summary>
/// What can happen to a danger: recorded with whatever records or corrects a household's risks, told of again, acknowledged, acted on.
/// </summary>
public static class DangerTransitions
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromDays(1);

    /// <summary>Somebody knows of it, and sees to it. Again changes nothing.</summary>
    /// <exception cref="RuleBrokenException">No danger was recorded.</exception>
    public static Transition AcknowledgeDanger(this Offer offer, Moment moment)
    {
        Rules.Keep(new DangerMustHaveBeenRecorded(offer.Danger));
        return offer.Danger!.AcknowledgedAt is not null
            ? offer.Unchanged()
            : offer.Acknowledged(moment).After(new DangerAcknowledged(offer.Danger.Number));
    }

    /// <summary>
    /// Nobody has acknowledged it: the next recipient is told, and again after twice as long each time, a day at most. Before its time
    /// nothing changes.
    /// </summary>
    public static Transition EscalateDanger(this Offer offer, Moment moment)
    {
        if (offer.Danger is not { EscalateAt: { } due } danger || due > moment.Now) return offer.Unchanged();
        var count = danger.Escalations + 1;
        var wait = TimeSpan.FromMinutes(offer.Policy.AcknowledgeMinutes * Math.Pow(2, Math.Min(count, 16)));
        var next = moment.Now + (wait < LongestSilence ? wait : LongestSilence);
        return (offer with
        {
            Danger = danger with { EscalateAt = next, Escalations = count, EscalatedAt = moment.Now },
            Outbox =
            [
                .. offer.Outbox.Where(dispatch => dispatch.Kind != DispatchKind.DangerUnacknowledged),
                new Dispatch($"danger-{danger.Number}-{count}", DispatchKind.DangerUnacknowledged),
            ],
        }).After(new DangerEscalated(danger.Number, count));
    }

    /// <summary>Records what was done, which acknowledges the danger too. The same again changes nothing.</summary>
    /// <exception cref="RuleBrokenException">No danger was recorded, or the measure lacks what it needs.</exception>
    public static Transition RecordDangerAction(
        this Offer offer, DangerAction action, NoActionReason? reason, string? reference, Moment moment)
    {
        Rules.Keep(
            new HouseholdMustNotBeErased(offer.Erasure),
            new DangerMustHaveBeenRecorded(offer.Danger),
            new NotificationMustHaveAReference(action, reference),
            new DoingNothingMustHaveAReason(action, reason));
        var danger = offer.Danger!;
        if (danger.Measures.Any(known => (known.Action, known.Reason, known.Reference) == (action, reason, reference)))
            return offer.Unchanged();
        var known = danger.AcknowledgedAt is null ? offer.Acknowledged(moment) : offer;
        OfferEvent[] acknowledged = danger.AcknowledgedAt is null ? [new DangerAcknowledged(danger.Number)] : [];
        return (known with
        {
            Danger = known.Danger! with { Measures = [.. danger.Measures, new DangerMeasure(action, moment.Now, reason, reference)] },
        }).After([.. acknowledged, new DangerActionRecorded(danger.Number, action, reason)]);
    }

    /// <summary>
    /// What was decided, with the danger that it brings: where the details hold such a risk that those before did not, the supervisor is
    /// told at once, day or night, whatever else becomes of the household.
    /// </summary>
    internal static Transition WithDanger(this Transition change, IReadOnlyList<Risk> before, Moment moment)
    {
        var offer = change.Offer;
        if (!offer.Details.Risks.Any(risk => risk.IsDanger() && !before.Contains(risk))) return change;
        var number = (offer.Danger?.Number ?? 0) + 1;
        return new Transition(
            offer with
            {
                Revision = offer.Revision + 1,
                Danger = new Danger
                {
                    Number = number,
                    Since = moment.Now,
                    EscalateAt = moment.Now.AddMinutes(offer.Policy.AcknowledgeMinutes),
                },
                Outbox =
                [
                    .. offer.Outbox.Where(dispatch => !dispatch.IsDanger), new Dispatch($"danger-{number}", DispatchKind.DangerRecorded),
                ],
            },
            [.. change.Events, new DangerRecorded(number)]);
    }

    private static Offer Acknowledged(this Offer offer, Moment moment) => offer with
    {
        Danger = offer.Danger! with { AcknowledgedAt = moment.Now, EscalateAt = null },
        Outbox = [.. offer.Outbox.Where(dispatch => !dispatch.IsDanger)],
    };
}
