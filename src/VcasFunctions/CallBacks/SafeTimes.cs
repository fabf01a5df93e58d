using Vcas.Domain.CallBacks;
using Vcas.Domain.Offers;

namespace VcasFunctions.CallBacks;

/// <summary>The hours in which a call is safe, short enough for a list's row: <c>12345 0900-1200;6 1000-1100</c>, 0 for Sunday.</summary>
internal static class SafeTimes
{
    public static string Write(IReadOnlyList<SafeTime> times) =>
        string.Join(';', times.Select(time => $"{string.Concat(time.Days.Select(day => (int)day))} {time.From:HHmm}-{time.To:HHmm}"));

    /// <summary>Whether an instant lies in them; hours that end before they begin run past midnight.</summary>
    public static bool Include(string written, DateTimeOffset instant)
    {
        if (written.Length == 0) return true;
        var local = TimeZoneInfo.ConvertTime(instant, CallBackCalendar.London);
        var (day, time) = ((int)local.DayOfWeek, TimeOnly.FromDateTime(local.DateTime));
        return written.Split(';').Any(window => Includes(window, day, time));
    }

    private static bool Includes(string window, int day, TimeOnly time)
    {
        var (days, from, to) = (window[..^10], TimeOnly.ParseExact(window[^9..^5], "HHmm"), TimeOnly.ParseExact(window[^4..], "HHmm"));
        if (from < to) return days.Contains((char)('0' + day)) && time >= from && time < to;
        var dayBefore = (day + 6) % 7;
        return (days.Contains((char)('0' + day)) && time >= from) || (days.Contains((char)('0' + dayBefore)) && time < to);
    }
}
