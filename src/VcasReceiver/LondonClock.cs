namespace VcasReceiver;

/// <summary>The clock on the wall in England and Wales, on any computer.</summary>
internal static class LondonClock
{
    private static readonly TimeZoneInfo London =
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out var zone)
        || TimeZoneInfo.TryFindSystemTimeZoneById("GMT Standard Time", out zone)
            ? zone
            : TimeZoneInfo.Utc;

    /// <summary>What it shows at an instant.</summary>
    public static DateTime At(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, London).DateTime;

    /// <summary>The instant (UTC) at which it shows this, in office hours, when it is never put forward or back.</summary>
    public static DateTimeOffset InstantOf(DateTime shown) => new DateTimeOffset(shown, London.GetUtcOffset(shown)).ToUniversalTime();
}
