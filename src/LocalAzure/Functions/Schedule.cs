using System.Globalization;
using Cronos;

namespace LocalAzure.Functions;

/// <summary>A timer trigger's schedule: NCRONTAB of six fields (five mean "at second 0"), or a fixed interval.</summary>
internal sealed class Schedule
{
    private readonly CronExpression? expression;
    private readonly TimeSpan interval;
    private readonly TimeZoneInfo zone;

    private Schedule(CronExpression? expression, TimeSpan interval, TimeZoneInfo zone) =>
        (this.expression, this.interval, this.zone) = (expression, interval, zone);

    /// <summary>Reads an NCRONTAB expression or a TimeSpan.</summary>
    /// <exception cref="FunctionException">It is neither.</exception>
    public static Schedule Parse(string function, string text, TimeZoneInfo zone)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        if (fields is 5 or 6
            && CronExpression.TryParse(text, fields == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard, out var expression))
            return new Schedule(expression, default, zone);
        if (fields == 1 && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero)
            return new Schedule(null, interval, zone);
        throw new FunctionException(function, $"has the schedule '{text}', which is neither NCRONTAB nor an interval.");
    }

    /// <summary>The first occurrence after an instant; null when there is none any more.</summary>
    public DateTimeOffset? After(DateTimeOffset instant) => expression is null
        ? interval <= DateTimeOffset.MaxValue - instant ? instant + interval : null
        : expression.GetNextOccurrence(instant.ToUniversalTime(), zone)?.ToUniversalTime();
}
