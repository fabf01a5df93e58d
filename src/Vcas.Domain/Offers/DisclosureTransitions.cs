using Vcas.Domain.Calendar;
using Vcas.Domain.Households;

namespace Vcas.Domain.Offers;

/// <summary>What can happen to a disclosure hold: placed, put off, reviewed, released. None of it touches a call.</summary>
public static class DisclosureTransitions
{
    /// <summary>
    /// Nothing of the household is erased from now on, in whatever state it is. One that stands is replaced, and its review thereby put
    /// off. The same again changes nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">The household is erased, or the review lies in the past or too far ahead.</exception>
    public static Transition PlaceDisclosureHold(
        this Household household, DisclosureReason reason, DateTimeOffset reviewAt, Moment moment)
    {
        Rules.Keep(new HouseholdMustNotBeErased(household.Erasure));
        var standing = household.DisclosureHold;
        if (standing?.Reason == reason && standing.ReviewAt == reviewAt) return household.Unchanged();
        Rules.Keep(new DisclosureReviewMustLieAhead(reviewAt, moment.Now));
        var since = standing?.Since ?? moment.Now;
        return household.WithDisclosureHold(new DisclosureHold(reason, since, reviewAt, ErasureAskedAt: standing?.ErasureAskedAt))
            .After(new DisclosureHoldPlaced(reason, reviewAt));
    }

    /// <summary>
    /// A person says that it is no longer needed: from now on the household is erased like any other. Again changes nothing.
    /// </summary>
    public static Transition ReleaseDisclosureHold(this Household household) => household.DisclosureHold is { } hold
        ? household.WithDisclosureHold(null).After(new DisclosureHoldReleased(hold.Reason))
        : household.Unchanged();

    /// <summary>
    /// Its review has come and nobody has decided: it goes on, and the supervisor is told, again every some working days until a person
    /// releases it or puts it off. Before that nothing changes.
    /// </summary>
    public static Transition ReviewDisclosureHold(this Household household, Moment moment)
    {
        if (household.DisclosureHold is not { } hold || hold.WakeAt > moment.Now) return household.Unchanged();
        var remindAt = moment.Calendar.AddWorkingDays(moment.Now, household.Policy.ReminderDays);
        var reviewed = household.WithDisclosureHold(hold with { RemindAt = remindAt });
        return (reviewed with
        {
            Outbox = [.. reviewed.Outbox, household.Notice("disclosure", DispatchKind.DisclosureReview)],
        }).After(new DisclosureReviewDue(hold.Reason, hold.ReviewAt, remindAt));
    }

    /// <summary>
    /// Somebody asks for an erasure that the hold forbids: that they asked is kept, so that whoever releases it knows. Where nothing
    /// forbids it, nothing changes.
    /// </summary>
    public static Transition RememberErasureAsked(this Household household, Moment moment) =>
        household.DisclosureHold is { ErasureAskedAt: null } hold
            ? (household with { DisclosureHold = hold with { ErasureAskedAt = moment.Now } }).After(new ErasurePutOff(hold.Reason))
            : household.Unchanged();

    // A newer notice replaces an older one that has not left yet; where it is decided on, nobody has to be told.
    private static Household WithDisclosureHold(this Household household, DisclosureHold? hold) => household with
    {
        DisclosureHold = hold,
        WasDisclosureHeld = true,
        Outbox = [.. household.Outbox.Where(dispatch => dispatch.Kind != DispatchKind.DisclosureReview)],
    };
}
