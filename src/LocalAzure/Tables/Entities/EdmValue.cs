using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace LocalAzure.Tables.Entities;

/// <summary>One property's value as it is in a body, read without a copy.</summary>
internal readonly ref struct EdmValue(EdmType type, ReadOnlySpan<byte> payload)
{
    public EdmType Type { get; } = type;

    public ReadOnlySpan<byte> Payload { get; } = payload;

    public int Int32 => BinaryPrimitives.ReadInt32LittleEndian(Payload);

    public long Int64 => BinaryPrimitives.ReadInt64LittleEndian(Payload);

    public double Double => BinaryPrimitives.ReadDoubleLittleEndian(Payload);

    public bool Boolean => Payload[0] != 0;

    public Guid Guid => new(Payload);

    public DateTimeOffset Instant => new(Int64, TimeSpan.Zero);

    public string Text => Encoding.UTF8.GetString(Payload);

    /// <summary>The value as a <c>TableEntity</c> holds it.</summary>
    public object Boxed() => Type switch
    {
        EdmType.String => Text,
        EdmType.Int32 => Int32,
        EdmType.Int64 => Int64,
        EdmType.Double => Double,
        EdmType.Boolean => Boolean ? BoxedBooleans.True : BoxedBooleans.False,
        EdmType.Guid => Guid,
        EdmType.DateTime => Instant,
        _ => Payload.ToArray(),
    };

    // What the genuine client's binder accepts: on the wire these types are all JSON strings, so each reads from a string too.
    public long ToInt64() => Type switch
    {
        EdmType.Int64 => Int64,
        EdmType.Int32 => Int32,
        EdmType.String => long.Parse(Text, CultureInfo.InvariantCulture),
        _ => throw Mismatch(nameof(Int64)),
    };

    public double ToDouble() => Type switch
    {
        EdmType.Double => Double,
        EdmType.Int32 => Int32,
        EdmType.Int64 => Int64,
        EdmType.String => double.Parse(Text, CultureInfo.InvariantCulture),
        _ => throw Mismatch(nameof(Double)),
    };

    public int ToInt32() => Type == EdmType.Int32 ? Int32 : throw Mismatch(nameof(Int32));

    public bool ToBoolean() => Type == EdmType.Boolean ? Boolean : throw Mismatch(nameof(Boolean));

    public Guid ToGuid() => Type switch
    {
        EdmType.Guid => Guid,
        EdmType.String => Guid.Parse(Text),
        _ => throw Mismatch(nameof(Guid)),
    };

    public DateTimeOffset ToInstant() => Type switch
    {
        EdmType.DateTime => Instant,
        EdmType.String => DateTimeOffset.Parse(Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        _ => throw Mismatch(nameof(DateTimeOffset)),
    };

    public byte[] ToBytes() => Type switch
    {
        EdmType.Binary => Payload.ToArray(),
        EdmType.String => Convert.FromBase64String(Text),
        _ => throw Mismatch("Binary"),
    };

    public string? ToText() => Type switch
    {
        EdmType.String => Text,
        EdmType.Int64 => Int64.ToString(CultureInfo.InvariantCulture),
        EdmType.Guid => Guid.ToString(),
        EdmType.DateTime => Instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        EdmType.Binary => Convert.ToBase64String(Payload),
        _ => null,
    };

    private InvalidCastException Mismatch(string wanted) => new($"A property stored as {Type} can't be read as {wanted}.");

    private static class BoxedBooleans
    {
        public static readonly object True = true;
        public static readonly object False = false;
    }
}
