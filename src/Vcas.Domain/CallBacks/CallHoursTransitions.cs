using Vcas.Domain.Calendar;
using Vcas.Domain.Households;

namespace Vcas.Domain.CallBacks;

/// <summary>What can happen to the hours in which one household is called.</summary>
public static class CallHoursTransitions
{
    /// <summary>
    /// Opens call-back hours for this household alone: what is planned moves into them, and a call that is due outside them waits
    /// for them. The same hours again change nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">No call is planned, or a call is safe at none of the hours.</exception>
    public static Transition OpenCallHours(this Household household, CallHours hours, Moment moment)
    {
        if (hours.Equals(household.CallHours)) return household.Unchanged();
        Rules.Keep(new OfferMustBeOpen(household.State), new CallHoursMustMeetSafeHours(household.Details.Contact, hours));
        var opened = household with
        {
            CallHours = hours,
            Outbox = [.. household.Outbox.Where(dispatch => dispatch.Kind != DispatchKind.SafeHoursUnmet)],
        };
        var moved = opened.MovedInto(opened.CalendarIn(moment), moment);
        return moved.After(new CallHoursOpened(moved.CallFrom));
    }

    /// <summary>Whether a call now is one at a time that the household didn't name as safe, and didn't ask for since either.</summary>
    internal static bool IsOutsideSafeHours(this Household household, Attempt attempt, Moment moment) =>
        attempt.WasDialled
        && household.Details.Contact is { } contact
        && !SafeHours.Include(contact.SafeTimes, moment.Now)
        && !(household.LastAttempt is { Outcome: CallOutcome.CallLater, CallAgainAt: { } asked }
            && asked <= moment.Now && CallBackCalendar.DateOf(asked) == CallBackCalendar.DateOf(moment.Now));

    private static Household MovedInto(this Household household, CallBackCalendar own, Moment moment)
    {
        if (household.Course is ContactCourse.Due)
            return own.IsCallMoment(moment.Now) ? household : household.WaitsUntil(own.NextCallMoment(moment.Now));
        var planned = household.Planned();
        // A time for which the household itself has asked stays.
        if (household.LastAttempt is { CallAgainAt: { } asked } && asked == planned.CallFrom) return household;
        var isFirst = household is { FirstDueAt: null, Attempts.Count: 0 };
        var dueAt = isFirst ? own.DueAfter(household.Details.OfferedAt, household.Policy.IntervalDays) : household.DueAt;
        var callFrom = isFirst ? dueAt!.Value : planned.CallFrom;
        return household with
        {
            DueAt = dueAt,
            Course = planned with { CallFrom = own.NextCallMoment(callFrom > moment.Now ? callFrom : moment.Now) },
        };
    }
}
