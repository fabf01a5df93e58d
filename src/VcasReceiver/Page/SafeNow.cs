using System.Globalization;
using System.Text.Json.Nodes;

namespace VcasReceiver.Page;

/// <summary>Whether a way to reach somebody is safe at this moment.</summary>
/// <param name="IsOpen">Whether it is; null where no times were named.</param>
/// <param name="Said">The same for people, with when that ends or begins.</param>
internal sealed record SafeNow(bool? IsOpen, string Said)
{
    private const int DaysOfAWeek = 7;

    /// <summary>How it is with one way.</summary>
    public static SafeNow Of(JsonNode route, DateTimeOffset now)
    {
        var local = LondonClock.At(now);
        var windows = Joined(Windows(route["safeTimes"]?.AsArray() ?? [], DateOnly.FromDateTime(local)));
        if (windows.Count == 0) return new SafeNow(null, "No times were named: ask first whether it is safe to speak");
        var open = windows.FirstOrDefault(window => window.From <= local && local < window.To);
        if (open == default)
        {
            // The windows are those of more than a week, so one of them begins after now.
            var next = windows.First(window => window.From > local).From;
            return new SafeNow(false, $"Not safe now. Next safe time: {(next.Date == local.Date ? "today at " : "")}{Moment(next, local)}");
        }

        return new SafeNow(true, open.To >= local.AddDays(DaysOfAWeek) ? "Safe at any time" : $"Safe now, until {Moment(open.To, local)}");
    }

    // From yesterday, whose window may run past midnight, to a week from now and a day.
    private static IEnumerable<(DateTime From, DateTime To)> Windows(JsonArray times, DateOnly today) =>
        from ahead in Enumerable.Range(-1, DaysOfAWeek + 3)
        let day = today.AddDays(ahead)
        from time in times
        where time!["days"]!.AsArray().Any(name => string.Equals((string?)name, $"{day.DayOfWeek}", StringComparison.OrdinalIgnoreCase))
        let begin = day.ToDateTime(Clock(time["from"]!))
        let end = day.ToDateTime(Clock(time["to"]!))
        orderby begin
        select (begin, end > begin ? end : end.AddDays(1));

    private static List<(DateTime From, DateTime To)> Joined(IEnumerable<(DateTime From, DateTime To)> windows)
    {
        var joined = new List<(DateTime From, DateTime To)>();
        foreach (var window in windows)
        {
            if (joined.Count > 0 && window.From <= joined[^1].To)
                joined[^1] = (joined[^1].From, window.To > joined[^1].To ? window.To : joined[^1].To);
            else joined.Add(window);
        }

        return joined;
    }

    private static TimeOnly Clock(JsonNode time) => TimeOnly.ParseExact((string)time!, "HH:mm", CultureInfo.InvariantCulture);

    private static string Moment(DateTime at, DateTime now)
    {
        var time = at.ToString("HH:mm", CultureInfo.InvariantCulture);
        return (at.Date - now.Date).Days switch
        {
            0 => time,
            1 => $"tomorrow at {time}",
            DaysOfAWeek => $"next {at.DayOfWeek} at {time}",
            _ => $"{at.DayOfWeek} at {time}",
        };
    }
}
