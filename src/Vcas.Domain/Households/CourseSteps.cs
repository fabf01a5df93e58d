namespace Vcas.Domain.Households;

/// <summary>
/// The steps from one stage of a course of contact to another, of which the commands are made. Each stage is made whole, so nothing of the
/// one before is left in it.
/// </summary>
internal static class CourseSteps
{
    /// <summary>The household, in another stage: what told of the one before is overtaken.</summary>
    internal static Household GoesOnTo(this Household household, ContactCourse next)
    {
        var known = next is ContactCourse.Open ? household : household.WithoutRouteTask() with { VisitPlanned = false };
        return known with { Course = next, UntoldSince = null, Outbox = known.LastingOutbox() };
    }

    /// <summary>The household, waiting for this time of its next call.</summary>
    internal static Household WaitsUntil(this Household household, DateTimeOffset callFrom) =>
        household.GoesOnTo(new ContactCourse.Waiting(callFrom));

    /// <summary>The household, ended: whatever would have been called or reminded of is not.</summary>
    internal static Household EndedAs(this Household household, Closing closing)
    {
        var ended = household.GoesOnTo(new ContactCourse.Closed(closing));
        return ended.IsNeverToBeContacted() ? ended.WithoutWelfare() : ended;
    }

    /// <summary>The household, back from a hold: waiting for its time or, when that has passed, for the next call-back hours.</summary>
    internal static Household BackFromHold(this Household household, Moment moment) =>
        household.WaitsUntil(household.Planned().CallFrom is var planned && planned > moment.Now
            ? planned
            : household.CalendarIn(moment).NextCallMoment(moment.Now));

    /// <summary>
    /// The household, held for a reason that everybody may know: beneath what the supervisor decides on, where that is so, because that is
    /// ended by nobody else. The supervisor is told at once where only they can bring it on.
    /// </summary>
    internal static Household PutOnHold(
        this Household household, HoldReason reason, DateTimeOffset reviewAt, bool tellsTheSupervisor, Moment moment)
    {
        var hold = new KnownHold(reason, moment.Now, reviewAt);
        var known = household with
        {
            WasHeld = true,
            Death = reason.Death() is { } of && household.Death?.Of != of ? new KnownDeath(of, moment.Now) : household.Death,
        };
        if (household.Course is not ContactCourse.HeldForSupervisor held)
        {
            var put = known.GoesOnTo(new ContactCourse.Held(household.Planned().CallFrom, hold)).WithRouteTask(moment.Now, moment);
            return tellsTheSupervisor ? put.WithNotice("review", DispatchKind.HoldReview) : put;
        }

        // The supervisor has not been told yet what to decide on.
        var decision = household.Outbox.Where(dispatch => dispatch.Kind == DispatchKind.DecisionNeeded);
        Dispatch[] review = tellsTheSupervisor ? [household.Notice("review", DispatchKind.HoldReview)] : [];
        return (known with
        {
            Course = held with { Beneath = hold },
            Outbox = [.. household.LastingOutbox(), .. review, .. decision],
        }).WithRouteTask(moment.Now, moment);
    }

    /// <summary>The stage of a household of which a call may still be made.</summary>
    /// <exception cref="InvalidOperationException">None may: whoever asks has to look first.</exception>
    internal static ContactCourse.Open Planned(this Household household) =>
        household.Course as ContactCourse.Open ?? throw new InvalidOperationException($"No call of {household} is planned.");
}
