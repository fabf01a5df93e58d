using System.Globalization;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Offers;

namespace VcasFunctions.Offers;

/// <summary>What whoever stands at the door is told of hours in which nobody would ever call.</summary>
internal static class HoursRemark
{
    /// <summary>The remark, or null where some of the safe hours are call-back hours.</summary>
    public static string? For(Offer offer, CallHours teams) => offer.IsOpen && offer.IsNeverSafeToCallIn(teams)
        ? "No hour in which a call is safe lies in the hours in which calls are made ("
            + $"{Days(offer.CallHours ?? teams)}, {Time((offer.CallHours ?? teams).From)} to {Time((offer.CallHours ?? teams).To)}). "
            + "Ask for another time if you still can. The supervisor is told, who can open hours for this household."
        : null;

    private static string Days(CallHours hours) =>
        string.Join(", ", hours.Days.Order().Select(day => CultureInfo.InvariantCulture.DateTimeFormat.GetDayName(day)));

    private static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
