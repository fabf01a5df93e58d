using System.Globalization;
using Microsoft.Kiota.Abstractions;

namespace VcasFunctions.Notifications;

/// <summary>The header by which Graph says how long to stay away: seconds, or a date.</summary>
internal static class RetryAfter
{
    /// <summary>The instant, UTC, before which nothing is to be sent; null if it isn't said.</summary>
    public static DateTimeOffset? Of(ApiException refusal, DateTimeOffset now)
    {
        var header = refusal.ResponseHeaders?.FirstOrDefault(header =>
            header.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault();
        if (int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return now.AddSeconds(seconds);
        return DateTimeOffset.TryParseExact(header, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : null;
    }
}
