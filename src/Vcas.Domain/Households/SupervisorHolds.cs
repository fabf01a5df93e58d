namespace Vcas.Domain.Households;

/// <summary>
/// Holds that the supervisor alone knows of and ends: for what was said under another offer, perhaps another team's. To everybody
/// else the household is as it would be without: waiting, or held for the reason that they know. Otherwise anyone who records a number
/// would learn what somebody else has said about it.
/// </summary>
public static class SupervisorHolds
{
    /// <summary>Whether only the household's supervisor knows of a hold for this reason, and ends it.</summary>
    public static bool IsForSupervisor(this HoldReason reason) => reason is HoldReason.NeverToBeCalled or HoldReason.LikelyDuplicate;

    /// <summary>
    /// Holds a household of which a call may still be made, for its supervisor's decision, who is told at once. Where the supervisor
    /// has decided before that this offer doesn't stand in the way, and where one decision is awaited already, nothing changes; but for
    /// a number that is never to be called, which weighs more than that support was accepted elsewhere: until they decide nobody is
    /// shown it.
    /// </summary>
    /// <param name="household">The household that might be called.</param>
    /// <param name="reason">Why not.</param>
    /// <param name="causedBy">The other household.</param>
    /// <param name="by">The role in which somebody said it there.</param>
    /// <param name="moment">Now.</param>
    public static Transition HoldForSupervisor(this Household household, HoldReason reason, Guid causedBy, string by, Moment moment)
    {
        if (household.Course is not ContactCourse.Open open
            || causedBy == household.Id
            || household.Overruled.Contains(causedBy)
            || !household.IsHeldLessThanFor(reason))
            return household.Unchanged();

        var reviewAt = moment.Calendar.NextCallMoment(moment.Now.AddDays(household.Policy.ReviewDays));
        var hold = new SupervisorHold(reason, moment.Now, reviewAt, causedBy);
        return (household with { WasHeld = true })
            .GoesOnTo(new ContactCourse.HeldForSupervisor(open.CallFrom, hold, household.KnownHold))
            .WithNotice("decision", DispatchKind.DecisionNeeded)
            .After(new CallBackHeld(reason, reviewAt, causedBy, by));
    }

    /// <summary>Whether no supervisor's hold is in force, or one for a lesser reason than this.</summary>
    public static bool IsHeldLessThanFor(this Household household, HoldReason reason) =>
        household.SupervisorHold is not { } standing
        || (reason == HoldReason.NeverToBeCalled && standing.Reason != HoldReason.NeverToBeCalled);

    /// <summary>The reason has gone: the mark was taken back, or its offer was recorded in error.</summary>
    public static Transition EndHoldFor(this Household household, Guid causedBy, Moment moment) =>
        household.SupervisorHold?.CausedBy == causedBy
            ? household.WithoutSupervisorsHold(moment).After(new HoldEnded(ForSupervisor: true))
            : household.Unchanged();

    /// <summary>The household as those know it who are not its supervisor.</summary>
    public static Household AsOthersKnowIt(this Household household, DateTimeOffset now)
    {
        if (household.Course is not ContactCourse.HeldForSupervisor held) return household;
        var callFrom = KnownCallFrom(held.CallFrom, held.Hold.ReviewAt, now)!.Value;
        return household with
        {
            Course = held.Beneath is { } known ? new ContactCourse.Held(callFrom, known) : new ContactCourse.Waiting(callFrom),
            UntoldSince = null,
            Overruled = [],
        };
    }

    /// <summary>From when others may expect the call: as planned or, once that has passed, when it is looked at again.</summary>
    public static DateTimeOffset? KnownCallFrom(DateTimeOffset? callFrom, DateTimeOffset? reviewAt, DateTimeOffset now) =>
        callFrom >= now ? callFrom : reviewAt;

    /// <summary>The household as it is without the supervisor's hold. No decision is needed any more.</summary>
    internal static Household WithoutSupervisorsHold(this Household household, Moment moment) =>
        household.Course is ContactCourse.HeldForSupervisor { WithoutIt: { } known }
            ? household with { Course = known, Outbox = household.LastingOutbox() }
            : household.BackFromHold(moment);
}
