using Vcas.Domain.Calendar;

namespace Vcas.Domain.Households;

/// <summary>The hours in which a household said that a call is safe. None named means that any will do.</summary>
public static class SafeHours
{
    /// <summary>Whether an instant is within them, by London's clock. Hours that end before they begin run past midnight.</summary>
    public static bool Include(IReadOnlyList<SafeTime> times, DateTimeOffset instant)
    {
        if (times.Count == 0) return true;
        var local = TimeZoneInfo.ConvertTime(instant, CallBackCalendar.London).DateTime;
        var (day, time) = (local.DayOfWeek, TimeOnly.FromDateTime(local));
        return Spans(times).Any(span => span.Day == day && span.From <= time && (time < span.To || span.To == TimeOnly.MaxValue));
    }

    /// <summary>Whether any of them is within these hours. If none is, no call can be both safe and in call hours.</summary>
    public static bool Meet(IReadOnlyList<SafeTime> times, CallHours hours) =>
        times.Count == 0
        || Spans(times).Any(span => hours.Days.Contains(span.Day) && Later(span.From, hours.From) < Earlier(span.To, hours.To));

    private static IEnumerable<(DayOfWeek Day, TimeOnly From, TimeOnly To)> Spans(IReadOnlyList<SafeTime> times) =>
        times.SelectMany(time => time.Days.SelectMany(day => time.From < time.To
            ? new[] { (day, time.From, time.To) }
            : [(day, time.From, TimeOnly.MaxValue), (Next(day), TimeOnly.MinValue, time.To)]));

    private static DayOfWeek Next(DayOfWeek day) => day == DayOfWeek.Saturday ? DayOfWeek.Sunday : day + 1;

    private static TimeOnly Later(TimeOnly one, TimeOnly other) => one > other ? one : other;

    private static TimeOnly Earlier(TimeOnly one, TimeOnly other) => one < other ? one : other;
}
