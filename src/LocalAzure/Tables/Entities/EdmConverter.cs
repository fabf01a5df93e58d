using System.Globalization;

namespace LocalAzure.Tables.Entities;

/// <summary>Writes and reads one CLR type, without boxing.</summary>
internal abstract class EdmConverter<TValue>
{
    public abstract void Write(EntityWriter writer, string name, TValue value);

    public abstract TValue? Read(EdmValue value);
}

/// <summary>The converters for every type that a member may have: the built-in ones, enums (by name), and Nullable of each.</summary>
internal static class EdmConverters
{
    private static readonly Dictionary<Type, object> BuiltIn = new()
    {
        [typeof(string)] = new TextConverter(),
        [typeof(int)] = new Int32Converter(),
        [typeof(long)] = new Int64Converter(),
        [typeof(ulong)] = new UInt64Converter(),
        [typeof(double)] = new DoubleConverter(),
        [typeof(bool)] = new BooleanConverter(),
        [typeof(Guid)] = new GuidConverter(),
        [typeof(DateTime)] = new DateTimeConverter(),
        [typeof(DateTimeOffset)] = new DateTimeOffsetConverter(),
        [typeof(byte[])] = new BytesConverter(),
        [typeof(BinaryData)] = new BinaryDataConverter(),
    };

    /// <summary>The <see cref="EdmConverter{TValue}"/> for a member's type.</summary>
    public static object For(Type type)
    {
        if (BuiltIn.TryGetValue(type, out var known)) return known;
        if (type.IsEnum) return Activator.CreateInstance(typeof(EnumConverter<>).MakeGenericType(type))!;
        return Nullable.GetUnderlyingType(type) is { } inner
            ? Activator.CreateInstance(typeof(NullableConverter<>).MakeGenericType(inner), For(inner))!
            : Activator.CreateInstance(typeof(UnsupportedConverter<>).MakeGenericType(type))!;
    }

    private sealed class TextConverter : EdmConverter<string>
    {
        public override void Write(EntityWriter writer, string name, string value)
        {
            if (value is not null) writer.Write(name, value);
        }

        public override string? Read(EdmValue value) => value.ToText();
    }

    private sealed class Int32Converter : EdmConverter<int>
    {
        public override void Write(EntityWriter writer, string name, int value) => writer.Write(name, value);

        public override int Read(EdmValue value) => value.ToInt32();
    }

    private sealed class Int64Converter : EdmConverter<long>
    {
        public override void Write(EntityWriter writer, string name, long value) => writer.Write(name, value);

        public override long Read(EdmValue value) => value.ToInt64();
    }

    private sealed class UInt64Converter : EdmConverter<ulong>
    {
        public override void Write(EntityWriter writer, string name, ulong value) => writer.Write(name, checked((long)value));

        public override ulong Read(EdmValue value) => checked((ulong)value.ToInt64());
    }

    private sealed class DoubleConverter : EdmConverter<double>
    {
        public override void Write(EntityWriter writer, string name, double value) => writer.Write(name, value);

        public override double Read(EdmValue value) => value.ToDouble();
    }

    private sealed class BooleanConverter : EdmConverter<bool>
    {
        public override void Write(EntityWriter writer, string name, bool value) => writer.Write(name, value);

        public override bool Read(EdmValue value) => value.ToBoolean();
    }

    private sealed class GuidConverter : EdmConverter<Guid>
    {
        public override void Write(EntityWriter writer, string name, Guid value) => writer.Write(name, value);

        public override Guid Read(EdmValue value) => value.ToGuid();
    }

    private sealed class DateTimeConverter : EdmConverter<DateTime>
    {
        public override void Write(EntityWriter writer, string name, DateTime value) => writer.Write(name, value);

        public override DateTime Read(EdmValue value) => value.ToInstant().UtcDateTime;
    }

    private sealed class DateTimeOffsetConverter : EdmConverter<DateTimeOffset>
    {
        public override void Write(EntityWriter writer, string name, DateTimeOffset value) => writer.Write(name, value);

        public override DateTimeOffset Read(EdmValue value) => value.ToInstant();
    }

    private sealed class BytesConverter : EdmConverter<byte[]>
    {
        public override void Write(EntityWriter writer, string name, byte[] value)
        {
            if (value is not null) writer.Write(name, value.AsSpan());
        }

        public override byte[] Read(EdmValue value) => value.ToBytes();
    }

    private sealed class BinaryDataConverter : EdmConverter<BinaryData>
    {
        public override void Write(EntityWriter writer, string name, BinaryData value)
        {
            if (value is not null) writer.Write(name, value.ToMemory().Span);
        }

        public override BinaryData Read(EdmValue value) => BinaryData.FromBytes(value.ToBytes());
    }

    private sealed class EnumConverter<TEnum> : EdmConverter<TEnum>
        where TEnum : struct, Enum
    {
        public override void Write(EntityWriter writer, string name, TEnum value) => writer.Write(name, value.ToString());

        public override TEnum Read(EdmValue value) => Enum.Parse<TEnum>(
            value.ToText() ?? throw new InvalidCastException($"A property stored as {value.Type} can't be read as an enum."));
    }

    private sealed class NullableConverter<TValue>(EdmConverter<TValue> inner) : EdmConverter<TValue?>
        where TValue : struct
    {
        public override void Write(EntityWriter writer, string name, TValue? value)
        {
            if (value is { } present) inner.Write(writer, name, present);
        }

        public override TValue? Read(EdmValue value) => inner.Read(value);
    }

    /// <summary>A member of a type that the service has no place for: refused when it holds something, skipped when read.</summary>
    private sealed class UnsupportedConverter<TValue> : EdmConverter<TValue>
    {
        public override void Write(EntityWriter writer, string name, TValue value)
        {
            if (value is not null)
                throw new NotSupportedException(string.Create(
                    CultureInfo.InvariantCulture, $"Property '{name}' has the type {typeof(TValue)}, which a table can't hold."));
        }

        public override TValue? Read(EdmValue value) => default;
    }
}
