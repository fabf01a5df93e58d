using Vcas.Domain.Calendar;
using Vcas.Domain.Households;

namespace VcasFunctions.Households;

/// <summary>The hours in which a call is safe, short enough for a list's row: <c>12345 0900-1200;6 1000-1100</c>, 0 for Sunday.</summary>
internal static class SafeTimesText
{
    private const int DaysOfAWeek = 7;

    public static string Write(IReadOnlyList<SafeTime> times) =>
        string.Join(';', times.Select(time => $"{string.Concat(time.Days.Select(day => (int)day))} {time.From:HHmm}-{time.To:HHmm}"));

    /// <summary>Hours opened for one household in the same form; nothing if none were.</summary>
    public static string Write(CallHours? opened) => opened is { } hours ? Write([new SafeTime(hours.Days, hours.From, hours.To)]) : "";

    /// <summary>The hours as they were before they were written.</summary>
    public static IReadOnlyList<SafeTime> Read(string written) =>
        [.. written.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(window => HoursOf(window)).Select(hours =>
            new SafeTime([.. hours.Days.Select(day => (DayOfWeek)(day - '0'))], hours.From, hours.To))];

    /// <summary>What can be said of an instant. Hours that end before they begin run past midnight.</summary>
    public static SafeWindow At(string written, DateTimeOffset instant)
    {
        if (written.Length == 0) return SafeWindow.Always;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, CallBackCalendar.London).DateTime);
        var spans = Spans(written, today).ToList();
        // Hours that touch or overlap are one window: a call need not be cut short where the next hours begin.
        DateTimeOffset? until = null;
        for (var reach = instant; spans.Where(span => span.From <= reach && reach < span.To)
            .Select(span => (DateTimeOffset?)span.To).Max() is { } further; reach = further)
            until = further;
        return until is not null
            ? new SafeWindow(true, null, until)
            : new SafeWindow(false, spans.Where(span => span.From > instant).Select(span => (DateTimeOffset?)span.From).Min(), null);
    }

    private static (string Days, TimeOnly From, TimeOnly To) HoursOf(string window) =>
        (window[..^10], TimeOnly.ParseExact(window[^9..^5], "HHmm"), TimeOnly.ParseExact(window[^4..], "HHmm"));

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Spans(string written, DateOnly today) =>
        from window in written.Split(';')
        let hours = HoursOf(window)
        from offset in Enumerable.Range(-1, DaysOfAWeek + 2)
        let day = today.AddDays(offset)
        where hours.Days.Contains((char)('0' + (int)day.DayOfWeek))
        select (CallBackCalendar.At(day, hours.From), CallBackCalendar.At(hours.From < hours.To ? day : day.AddDays(1), hours.To));
}

/// <summary>What the hours that a household named say of this moment.</summary>
/// <param name="Now">Whether a call is safe now; true if no hours were named.</param>
/// <param name="From">Where it isn't: when the next safe hours begin, UTC.</param>
/// <param name="Until">Where it is, and hours were named: when they end, UTC.</param>
public sealed record SafeWindow(bool Now, DateTimeOffset? From, DateTimeOffset? Until)
{
    /// <summary>Any time is safe, because no hours were named.</summary>
    public static readonly SafeWindow Always = new(true, null, null);

    /// <summary>Nobody can say: then no call is safe.</summary>
    public static readonly SafeWindow Unknown = new(false, null, null);

    /// <summary>
    /// When the present window for a call ends, UTC: with the hours that the household named, or with those that were opened for it.
    /// None if a call isn't safe now, or nothing ends it.
    /// </summary>
    /// <param name="opened">The hours opened for it, as they are written in a list's row.</param>
    /// <param name="now">This moment.</param>
    internal DateTimeOffset? EndsAt(string opened, DateTimeOffset now)
    {
        if (!Now || opened.Length == 0) return Until;
        var own = SafeTimesText.At(opened, now);
        return own.Until is { } end && (Until is null || end < Until) ? end : Until;
    }
}
