using System.Text;
using LocalAzure.Tables.Entities;

namespace LocalAzure.Tables.Filters;

/// <summary>A constant in a filter.</summary>
internal sealed class FilterLiteral
{
    private readonly EdmType type;
    private readonly byte[] bytes = [];
    private readonly long integer;
    private readonly double real;
    private readonly Guid guid;

    private FilterLiteral(EdmType type, byte[]? bytes = null, long integer = 0, double real = 0, Guid guid = default) =>
        (this.type, this.bytes, this.integer, this.real, this.guid) = (type, bytes ?? [], integer, real, guid);

    /// <summary>The text, if it is one.</summary>
    public string? Text => type == EdmType.String ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>The truth, if it is one.</summary>
    public bool? Truth => type == EdmType.Boolean ? integer != 0 : null;

    public static FilterLiteral Of(string text) => new(EdmType.String, bytes: Encoding.UTF8.GetBytes(text));

    public static FilterLiteral Of(byte[] bytes) => new(EdmType.Binary, bytes: bytes);

    public static FilterLiteral Of(int number) => new(EdmType.Int32, integer: number, real: number);

    public static FilterLiteral Of(long number) => new(EdmType.Int64, integer: number, real: number);

    public static FilterLiteral Of(double number) => new(EdmType.Double, real: number);

    public static FilterLiteral Of(bool truth) => new(EdmType.Boolean, integer: truth ? 1 : 0);

    public static FilterLiteral Of(DateTimeOffset instant) => new(EdmType.DateTime, integer: instant.UtcTicks);

    public static FilterLiteral Of(Guid guid) => new(EdmType.Guid, guid: guid);

    /// <summary>
    /// How the value stands to this constant: below 0, 0, above 0; null when they can't be compared, which makes every
    /// comparison false. Texts compare by their bytes, numbers of any type with one another, everything else with its own type.
    /// </summary>
    public int? Compare(EdmValue value) => (value.Type, type) switch
    {
        (EdmType.String, EdmType.String) or (EdmType.Binary, EdmType.Binary) => value.Payload.SequenceCompareTo(bytes),
        (EdmType.Int32, EdmType.Int32 or EdmType.Int64) => ((long)value.Int32).CompareTo(integer),
        (EdmType.Int64, EdmType.Int32 or EdmType.Int64) => value.Int64.CompareTo(integer),
        (EdmType.Int32, EdmType.Double) => CompareReals(value.Int32, real),
        (EdmType.Int64, EdmType.Double) => CompareReals(value.Int64, real),
        (EdmType.Double, EdmType.Int32 or EdmType.Int64 or EdmType.Double) => CompareReals(value.Double, real),
        (EdmType.Boolean, EdmType.Boolean) => (value.Boolean ? 1 : 0) - (int)integer,
        (EdmType.DateTime, EdmType.DateTime) => value.Int64.CompareTo(integer),
        (EdmType.Guid, EdmType.Guid) => value.Guid.CompareTo(guid),
        _ => null,
    };

    /// <summary>The same for a Timestamp.</summary>
    public int? CompareInstant(long ticks) => type == EdmType.DateTime ? ticks.CompareTo(integer) : null;

    /// <summary>Compares with a key, which is kept as UTF-8; null if this literal is no text.</summary>
    public int? CompareText(ReadOnlySpan<byte> utf8) => type == EdmType.String ? utf8.SequenceCompareTo(bytes) : null;

    private static int? CompareReals(double left, double right) => double.IsNaN(left) || double.IsNaN(right) ? null : left.CompareTo(right);
}
