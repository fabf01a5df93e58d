using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace VcasFunctions.Problems;

/// <summary>
/// Instants as they are written between machines: a date, a time and the offset from UTC. Without the offset nobody knows which instant is
/// meant; .NET would take the time zone of whatever machine reads it.
/// </summary>
public static partial class Instants
{
    /// <summary>What an instant looks like.</summary>
    public const string Expected =
        "It takes a date and a time with the offset from UTC: add Z, or +01:00 where London's summer time is meant, such as "
            + "2024-03-04T06:15:00Z.";

    /// <summary>The instant that a text names, in the offset that it has.</summary>
    public static bool TryRead(string? text, out DateTimeOffset instant)
    {
        instant = default;
        return text is not null && WithOffset().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out instant);
    }

    /// <summary>Reads instants in JSON.</summary>
    internal sealed class Converter : JsonConverter<DateTimeOffset>
    {
        /// <inheritdoc/>
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Of(ref reader);

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value);
    }

    /// <summary>Reads instants in JSON where the type knows UTC alone, as messages' do.</summary>
    internal sealed class UtcConverter : JsonConverter<DateTime>
    {
        /// <inheritdoc/>
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Of(ref reader).UtcDateTime;

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    private static DateTimeOffset Of(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && TryRead(reader.GetString(), out var instant)
            ? instant : throw new UnreadableInstantException();

    [GeneratedRegex(
        @"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,7})?)?(Z|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WithOffset();
}

/// <summary>A time without its offset, or none at all. The serializer adds the place.</summary>
public sealed class UnreadableInstantException : JsonException;
