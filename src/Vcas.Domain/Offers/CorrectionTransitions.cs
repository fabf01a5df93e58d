using Vcas.Domain.Households;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.Offers;

/// <summary>What people correct: details that were wrong or have changed, and an offer that was closed by mistake.</summary>
public static class CorrectionTransitions
{
    /// <summary>
    /// Puts right what an officer recorded; a new route has a command of its own. What it was is kept beside what it is. Where VCAS has
    /// the referral, it is amended. The same details again change nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">The offer has ended, or the new details can't be right.</exception>
    public static Transition Correct(this Household household, OfferDetails details, Moment moment)
    {
        var fields = CorrectedDetails.FieldsOf(household.Details, details);
        if (household.Course is ContactCourse.Referred) return fields.Count == 0 ? household.Unchanged() : household.Amend(details, moment);
        Rules.Keep(new OfferMustBeOpen(household.State), new ContactMustNotBeAChild(details.Members, details.Contact));
        if (fields.Count == 0) return household.Unchanged();
        return household.Corrected(details, moment);
    }

    /// <summary>
    /// An offer that was closed by mistake waits again: for its time, or for the next call-back hours where that has passed. A supervisor
    /// decides it.
    /// </summary>
    /// <exception cref="RuleBrokenException">It is not closed, is never to be called, was referred, or is erased.</exception>
    public static Transition Reopen(this Household household, ReopeningReason reason, Moment moment)
    {
        Rules.Keep(new HouseholdMustNotBeErased(household.Erasure), new ClosingMustBeUndoable(household));
        var callFrom = household.DueAt is { } dueAt && dueAt > moment.Now ? dueAt : moment.Calendar.NextCallMoment(moment.Now);
        return (household with { Course = new ContactCourse.Waiting(callFrom) }).WithRouteTask(moment.Now, moment)
            .After(new OfferReopened(reason, callFrom));
    }
}
