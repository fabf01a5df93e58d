using System.Globalization;
using Vcas.Domain.Calendar;
using Vcas.Domain.Households;

namespace VcasFunctions.Offers;

/// <summary>What an officer at the door is told about hours in which nobody would ever call.</summary>
internal static class CallHoursRemark
{
    /// <summary>The remark, or null if some of the safe hours are call-back hours.</summary>
    public static string? For(Household household, CallHours teams) => household.IsOpen && household.IsNeverSafeToCallIn(teams)
        ? "None of the safe times is within call hours ("
            + $"{Said(household.CallHours ?? teams)}). "
            + "Ask for another time if you still can. The supervisor is told, and can open hours for this household."
        : null;

    private static string Said(CallHours hours) => $"{Days(hours)}, {Time(hours.From)} to {Time(hours.To)}";

    private static string Days(CallHours hours) =>
        string.Join(", ", hours.Days.Order().Select(day => CultureInfo.InvariantCulture.DateTimeFormat.GetDayName(day)));

    private static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
