using System.Globalization;
using Azure;

namespace LocalAzure.Tables;

/// <summary>
/// The service derives an entity's ETag from its Timestamp; so do we. One number (ticks, UTC) is both, and because the store
/// never gives the same number twice an ETag is never given twice.
/// </summary>
internal static class EntityTag
{
    private const string Prefix = "W/\"datetime'";
    private const string Suffix = "'\"";
    private const string Pattern = "yyyy-MM-dd'T'HH'%3A'mm'%3A'ss.fffffff'Z'";

    /// <summary>Matches whatever is there.</summary>
    public const long Any = -1;

    /// <summary>Well formed, but never issued: matches nothing.</summary>
    public const long Never = -2;

    public static string Format(long ticks) =>
        string.Concat(Prefix, new DateTime(ticks, DateTimeKind.Utc).ToString(Pattern, CultureInfo.InvariantCulture), Suffix);

    /// <summary>The ticks that an If-Match value stands for, <see cref="Any"/> or <see cref="Never"/>.</summary>
    /// <exception cref="RequestFailedException">400 InvalidInput: it is not a weak entity tag.</exception>
    public static long Parse(ETag ifMatch)
    {
        if (ifMatch == ETag.All) return Any;
        var text = ifMatch.ToString();
        if (text.Length < 4 || !text.StartsWith("W/\"", StringComparison.OrdinalIgnoreCase) || text[^1] != '"')
            throw TableFault.MalformedETag.ToException();
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)
            || !text.EndsWith(Suffix, StringComparison.Ordinal)
            || text.Length < Prefix.Length + Suffix.Length)
            return Never;
        return DateTime.TryParseExact(
            text.AsSpan(Prefix.Length, text.Length - Prefix.Length - Suffix.Length),
            Pattern,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var instant)
            ? instant.Ticks
            : Never;
    }
}
