using Vcas.Domain.Offers;

namespace Vcas.Domain.CallBacks;

/// <summary>The hours in which one household can be called: the team's, or those that a supervisor opened for it.</summary>
public static class HouseholdHours
{
    /// <summary>
    /// Opens call-back hours for this household alone: what is planned moves into them, and a call that is due outside them waits
    /// for them. The same hours again change nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">No call is planned, or a call is safe at none of the hours.</exception>
    public static Transition OpenCallHours(this Offer offer, CallHours hours, Moment moment)
    {
        if (hours.Equals(offer.CallHours)) return offer.Unchanged();
        Rules.Keep(new OfferMustBeOpen(offer.State), new CallHoursMustMeetSafeHours(offer.Details.Contact, hours));
        var opened = offer with
        {
            CallHours = hours,
            Outbox = [.. offer.Outbox.Where(dispatch => dispatch.Kind != DispatchKind.SafeHoursUnmet)],
        };
        var moved = opened.MovedInto(opened.CalendarIn(moment), moment);
        return moved.After(new CallHoursOpened(moved.CallFrom));
    }

    /// <summary>Whether a call is safe at none of the hours in which this household is called.</summary>
    public static bool IsNeverSafeToCallIn(this Offer offer, CallHours teams) =>
        offer.Details.Contact is { } contact && !SafeHours.Meet(contact.SafeTimes, offer.CallHours ?? teams);

    /// <summary>The calendar by which this household is called.</summary>
    internal static CallBackCalendar CalendarIn(this Offer offer, Moment moment) =>
        offer.CallHours is { } own ? moment.Calendar.With(own) : moment.Calendar;

    /// <summary>Whether a call now is one at a time that the household didn't name as safe, and didn't ask for since either.</summary>
    internal static bool IsOutsideSafeHours(this Offer offer, Attempt attempt, Moment moment) =>
        attempt.WasDialled
        && offer.Details.Contact is { } contact
        && !SafeHours.Include(contact.SafeTimes, moment.Now)
        && !(offer.LastAttempt is { Outcome: CallOutcome.CallLater, CallAgainAt: { } asked }
            && asked <= moment.Now && CallBackCalendar.DateOf(asked) == CallBackCalendar.DateOf(moment.Now));

    /// <summary>The offer, with a notice to its supervisor where nobody will ever be able to call it.</summary>
    internal static Offer ToldWhereHoursNeverMeet(this Offer offer, Moment moment) =>
        offer.IsOpen
        && offer.IsNeverSafeToCallIn(moment.Calendar.Hours)
        && offer.Outbox.All(dispatch => dispatch.Kind != DispatchKind.SafeHoursUnmet)
            ? offer with { Outbox = [.. offer.Outbox, new Dispatch($"hours-{offer.Revision}", DispatchKind.SafeHoursUnmet)] }
            : offer;

    private static Offer MovedInto(this Offer offer, CallBackCalendar own, Moment moment)
    {
        if (offer.State == OfferState.Due)
            return own.IsCallMoment(moment.Now) ? offer : offer.CalledAgainFrom(own.NextCallMoment(moment.Now));
        // A time for which the household itself has asked stays.
        if (offer.LastAttempt is { CallAgainAt: { } asked } && asked == offer.CallFrom) return offer;
        var isFirst = offer is { FirstDueAt: null, Attempts.Count: 0 };
        var dueAt = isFirst ? own.DueAfter(offer.Details.OfferedAt, offer.Policy.IntervalDays) : offer.DueAt;
        var planned = isFirst ? dueAt!.Value : offer.CallFrom!.Value;
        return offer with { DueAt = dueAt, CallFrom = own.NextCallMoment(planned > moment.Now ? planned : moment.Now) };
    }
}
