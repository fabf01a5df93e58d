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
}

/// <summary>
/// What time has to do for a household next: codes and instants only, because it is stored readable in the orchestration's history.
/// </summary>
/// <param name="Stage">What it waits for.</param>
/// <param name="WakeAt">When something has to be done about it, UTC; null for at once, or for never when settled.</param>
/// <param name="Revision">The household's revision that this was read from.</param>
/// <param name="HasNotices">Whether notifications wait to be sent.</param>
public sealed record Plan(Stage Stage, DateTimeOffset? WakeAt, int Revision, bool HasNotices)
{
    /// <summary>The plan for a household as it stands.</summary>
    public static Plan For(Household household)
    {
        var (stage, wakeAt) = WithDanger(household.Danger, StageOf(household));
        return new Plan(stage, wakeAt, household.Revision, household.Outbox.Any(dispatch => !dispatch.IsMessage));
    }

    // The next reminder of a danger counts too: the earlier of the two is the plan. What is due at once goes first.
    private static (Stage Stage, DateTimeOffset? WakeAt) WithDanger(Danger? danger, (Stage Stage, DateTimeOffset? WakeAt) course) =>
        danger?.EscalateAt is { } escalateAt && course.Stage != Stage.AwaitingSend && (course.WakeAt is null || escalateAt < course.WakeAt)
            ? (Stage.AwaitingAcknowledgement, escalateAt)
            : course;

    private static (Stage Stage, DateTimeOffset? WakeAt) StageOf(Household household)
    {
        if (household.Outbox.Any(dispatch => dispatch.IsMessage)) return (Stage.AwaitingSend, null);
        return household.Course switch
        {
            ContactCourse.Waiting waiting => (Stage.AwaitingCall, waiting.CallFrom),
            ContactCourse.Due due => (Stage.AwaitingAttempt, due.NextReminderAt),
            ContactCourse.Held held => (Stage.OnHold, held.Hold.WakeAt),
            ContactCourse.HeldForSupervisor held => (Stage.OnHold, held.Hold.WakeAt),
            ContactCourse.Referred when household.Referrals.Any(referral => referral.AwaitsAnswer) =>
                (Stage.AwaitingAnswer, household.Referrals.Where(referral => referral.AwaitsAnswer).Min(referral => referral.AnswerDueAt)),
            _ => (Stage.Settled, null),
        };
    }
}
