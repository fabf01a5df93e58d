namespace Vcas.Domain.Households;

/// <summary>What a household waits for.</summary>
public enum Stage
{
    /// <summary>The time of its next call.</summary>
    AwaitingCall,

    /// <summary>Somebody to call; meanwhile reminders.</summary>
    AwaitingAttempt,

    /// <summary>Somebody to decide about a hold; from its review on, reminders of it.</summary>
    OnHold,

    /// <summary>A message to VCAS to be taken by the queue.</summary>
    AwaitingSend,

    /// <summary>The next step is VCAS's answer.</summary>
    AwaitingAnswer,

    /// <summary>There is no next step.</summary>
    Settled,

    /// <summary>Somebody to acknowledge a danger; until then one after another is told.</summary>
    AwaitingAcknowledgement,

    /// <summary>Somebody to say what was done about a danger; from its day's end on, reminders of it.</summary>
    AwaitingMeasure,

    /// <summary>Somebody to find a safe route; until then those who might are told of it on some days.</summary>
    AwaitingSafeRoute = 9,

    /// <summary>Somebody to review a disclosure hold; from its day on, reminders of it.</summary>
    AwaitingDisclosureReview = 10,

    /// <summary>Somebody to ask, some days after a danger, how they are; until then the supervisor is told of it.</summary>
    AwaitingWelfareContact = 11,

    /// <summary>The time to be over in which an outcome can be undone: what it brought with it leaves after that.</summary>
    AwaitingUndo = 12,
}

/// <summary>
/// What time has to do for a household next: codes and instants only, because it is stored readable in the orchestration's history.
/// </summary>
/// <param name="Stage">What it waits for.</param>
/// <param name="WakeAt">When something has to be done about it, UTC; null for at once, or for never when settled.</param>
/// <param name="Revision">The household's revision that this was read from.</param>
/// <param name="HasNotices">Whether notifications wait to be sent.</param>
/// <param name="UrgentAt">
/// When a danger has to be told of again, UTC, where a message has to leave before anything else: the queue may be out of reach for days,
/// and nobody's danger waits for that. Null where there is none, or <paramref name="WakeAt"/> says it.
/// </param>
public sealed record Plan(Stage Stage, DateTimeOffset? WakeAt, int Revision, bool HasNotices, DateTimeOffset? UrgentAt = null)
{
    /// <summary>The plan for a household as it stands: a message that has to leave, then the clock that strikes next.</summary>
    public static Plan For(Household household)
    {
        var hasNotices = household.Leaving().Any(dispatch => !dispatch.IsMessage);
        // The seconds in which something can be undone are waited for first: a queue that is out of reach must not prolong them.
        if (household.Undoable is not { Added.Count: > 0 } && household.Outbox.Any(dispatch => dispatch.IsMessage))
            return new Plan(Stage.AwaitingSend, null, household.Revision, hasNotices, household.Danger?.EscalateAt);
        var next = HouseholdClocks.Of(household).MinBy(clock => clock.WakeAt ?? DateTimeOffset.MaxValue);
        return new Plan(next?.Stage ?? Stage.Settled, next?.WakeAt, household.Revision, hasNotices);
    }
}
