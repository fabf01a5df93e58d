namespace Vcas.Domain.Households;

/// <summary>Something of a household that waits for its time.</summary>
/// <param name="Stage">What for.</param>
/// <param name="WakeAt">When something has to be done about it, UTC; null where that is not known yet.</param>
public sealed record HouseholdClock(Stage Stage, DateTimeOffset? WakeAt);

/// <summary>
/// Everything of a household that waits for its time, each thing with a clock of its own: whoever keeps time does what is next, and whoever
/// looks for what is late finds all that is.
/// </summary>
public static class HouseholdClocks
{
    /// <summary>All of them. Of two that fall due at one instant, the first goes first.</summary>
    public static IEnumerable<HouseholdClock> Of(Household household) => OfCourse(household).Concat(BesideTheCourse(household));

    /// <summary>What the course of contact, or a referral that it has led to, waits for.</summary>
    public static IEnumerable<HouseholdClock> OfCourse(Household household)
    {
        switch (household.Course)
        {
            case ContactCourse.Waiting waiting:
                yield return new HouseholdClock(Stage.AwaitingCall, waiting.CallFrom);
                break;
            case ContactCourse.Due due:
                yield return new HouseholdClock(Stage.AwaitingAttempt, due.NextReminderAt);
                break;
            case ContactCourse.Held held:
                yield return new HouseholdClock(Stage.OnHold, held.Hold.WakeAt);
                break;
            case ContactCourse.HeldForSupervisor held:
                yield return new HouseholdClock(Stage.OnHold, held.Hold.WakeAt);
                break;
            // One that has not left yet is told of as well: the queue may be out of reach for days.
            case ContactCourse.Referred when household.Referrals.Any(referral => referral.IsWaitedFor):
                yield return new HouseholdClock(
                    Stage.AwaitingAnswer,
                    household.Referrals.Where(referral => referral.IsWaitedFor).Min(referral => referral.AnswerDueAt));
                break;
        }
    }

    /// <summary>What may be together with every course, and waits for nothing that becomes of it.</summary>
    public static IEnumerable<HouseholdClock> BesideTheCourse(Household household)
    {
        if (household.Undoable is { Added.Count: > 0 } undoable) yield return new HouseholdClock(Stage.AwaitingUndo, undoable.Until);
        if (household.Danger?.EscalateAt is { } escalateAt) yield return new HouseholdClock(Stage.AwaitingAcknowledgement, escalateAt);
        if (household.Danger?.MeasureDueAt is { } measureDueAt) yield return new HouseholdClock(Stage.AwaitingMeasure, measureDueAt);
        if (household.Danger?.Welfare?.RemindAt is { } welfareAt)
            yield return new HouseholdClock(Stage.AwaitingWelfareContact, welfareAt);
        if (household is { IsRouteTaskPaused: false, RouteTask.RemindAt: { } remindAt })
            yield return new HouseholdClock(Stage.AwaitingSafeRoute, remindAt);
        if (household.DisclosureHold is { } disclosure)
            yield return new HouseholdClock(Stage.AwaitingDisclosureReview, disclosure.WakeAt);
    }
}
