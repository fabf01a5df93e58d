using Vcas.Domain.Calendar;

namespace Vcas.Domain.Households;

/// <summary>The hours in which one household can be called: the team's, or those that a supervisor opened for it.</summary>
public static class HouseholdHours
{
    /// <summary>Whether a call is safe at none of the hours in which this household is called.</summary>
    public static bool IsNeverSafeToCallIn(this Household household, CallHours teams) =>
        household.Details.Contact is { } contact && !SafeHours.Meet(contact.SafeTimes, household.CallHours ?? teams);

    /// <summary>The calendar by which this household is called.</summary>
    internal static CallBackCalendar CalendarIn(this Household household, Moment moment) =>
        household.CallHours is { } own ? moment.Calendar.With(own) : moment.Calendar;

    /// <summary>The household, with a notice to its supervisor where nobody will ever be able to call it.</summary>
    internal static Household ToldWhereHoursNeverMeet(this Household household, Moment moment) =>
        household.IsOpen
        && household.IsNeverSafeToCallIn(moment.Calendar.Hours)
        && household.Outbox.All(dispatch => dispatch.Kind != DispatchKind.SafeHoursUnmet)
            ? household with { Outbox = [.. household.Outbox, household.Notice("hours", DispatchKind.SafeHoursUnmet)] }
            : household;
}
