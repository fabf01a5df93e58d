using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace LocalAzure.Tables.Entities;

/// <summary>
/// Writes a body: for each property the length of its name (7 bits a byte), the name in UTF-8, its type, and its value; texts
/// and binaries carry their length the same way. Holds the service's limits while it writes, and can be used again after
/// <see cref="Finish"/>.
/// </summary>
internal sealed class EntityWriter
{
    private const int FixedPart = 4;

    [ThreadStatic]
    private static EntityWriter? spare;

    private byte[] buffer = new byte[1024];
    private int length;
    private int properties;
    private long accounted;

    private EntityWriter()
    {
    }

    public static EntityWriter Rent()
    {
        var writer = spare ?? new EntityWriter();
        spare = null;
        writer.length = 0;
        writer.properties = 0;
        writer.accounted = 0;
        return writer;
    }

    /// <summary>The body. <paramref name="keyCharacters"/> (both keys) count towards the entity's size.</summary>
    /// <exception cref="Azure.RequestFailedException">400 TooManyProperties, EntityTooLarge.</exception>
    public byte[] Finish(int keyCharacters)
    {
        if (properties > TableLimits.OwnProperties) throw TableFault.TooManyProperties.ToException();
        if (accounted + FixedPart + (keyCharacters * 2L) > TableLimits.EntityBytes) throw TableFault.EntityTooLarge.ToException();
        var body = buffer.AsSpan(0, length).ToArray();
        if (buffer.Length <= TableLimits.ValueBytes) spare = this;
        return body;
    }

    /// <summary>The size by which the service counts a body, without its keys, and the number of its properties.</summary>
    public static (long Bytes, int Properties) Measure(ReadOnlySpan<byte> body)
    {
        long bytes = FixedPart;
        var count = 0;
        var reader = new EntityReader(body);
        while (reader.Next())
        {
            var payload = reader.Value.Payload;
            bytes += 8 + (2L * Encoding.UTF8.GetCharCount(reader.Name)) + reader.Value.Type switch
            {
                EdmType.String => 4 + (2L * Encoding.UTF8.GetCharCount(payload)),
                EdmType.Binary => 4 + payload.Length,
                _ => payload.Length,
            };
            count++;
        }

        return (bytes, count);
    }

    public void Write(string name, string value)
    {
        if (value.Length * 2 > TableLimits.ValueBytes) throw TableFault.PropertyValueTooLarge.ToException();
        Begin(name, EdmType.String, 4 + (value.Length * 2), 5 + Encoding.UTF8.GetMaxByteCount(value.Length));
        WriteText(value);
    }

    public void Write(string name, ReadOnlySpan<byte> value)
    {
        if (value.Length > TableLimits.ValueBytes) throw TableFault.PropertyValueTooLarge.ToException();
        Begin(name, EdmType.Binary, 4 + value.Length, 5 + value.Length);
        WriteLength(value.Length);
        value.CopyTo(buffer.AsSpan(length));
        length += value.Length;
    }

    public void Write(string name, int value)
    {
        Begin(name, EdmType.Int32, 4, 4);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(length), value);
        length += 4;
    }

    public void Write(string name, long value) => WriteInt64(name, EdmType.Int64, value);

    public void Write(string name, double value)
    {
        Begin(name, EdmType.Double, 8, 8);
        BinaryPrimitives.WriteDoubleLittleEndian(buffer.AsSpan(length), value);
        length += 8;
    }

    public void Write(string name, bool value)
    {
        Begin(name, EdmType.Boolean, 1, 1);
        buffer[length++] = value ? (byte)1 : (byte)0;
    }

    public void Write(string name, Guid value)
    {
        Begin(name, EdmType.Guid, 16, 16);
        value.TryWriteBytes(buffer.AsSpan(length));
        length += 16;
    }

    public void Write(string name, DateTimeOffset value)
    {
        if (value.UtcTicks < TableLimits.EarliestTicks) throw TableFault.DateOutOfRange.ToException();
        WriteInt64(name, EdmType.DateTime, value.UtcTicks);
    }

    /// <exception cref="NotSupportedException">The date is not UTC: the genuine client refuses to guess, too.</exception>
    public void Write(string name, DateTime value)
    {
        if (value.Kind != DateTimeKind.Utc)
            throw new NotSupportedException($"The DateTime of property '{name}' has kind {value.Kind}; only UTC can be stored.");
        Write(name, new DateTimeOffset(value));
    }

    private void WriteInt64(string name, EdmType type, long value)
    {
        Begin(name, type, 8, 8);
        BinaryPrimitives.WriteInt64LittleEndian(buffer.AsSpan(length), value);
        length += 8;
    }

    private void Begin(string name, EdmType type, int valueSize, int room)
    {
        TableLimits.CheckName(name);
        properties++;
        accounted += 8 + (name.Length * 2) + valueSize;
        Reserve(Encoding.UTF8.GetMaxByteCount(name.Length) + room + 8);
        WriteText(name);
        buffer[length++] = (byte)type;
    }

    private void WriteText(string text)
    {
        // Nearly every text is ASCII and short: then one byte holds the length, and it is known beforehand.
        if (text.Length < 128 && Ascii.FromUtf16(text, buffer.AsSpan(length + 1), out var written) == OperationStatus.Done)
        {
            buffer[length] = (byte)written;
            length += written + 1;
            return;
        }

        WriteLength(Encoding.UTF8.GetByteCount(text));
        length += Encoding.UTF8.GetBytes(text, buffer.AsSpan(length));
    }

    private void WriteLength(int value)
    {
        var rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7) buffer[length++] = (byte)(rest | 0x80);
        buffer[length++] = (byte)rest;
    }

    private void Reserve(int room)
    {
        if (buffer.Length - length < room) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + room));
    }
}
