namespace LocalAzure.Tables.Entities;

/// <summary>Walks through a body property by property, without a copy.</summary>
internal ref struct EntityReader(ReadOnlySpan<byte> body)
{
    private readonly ReadOnlySpan<byte> body = body;
    private int position;
    private int start;

    /// <summary>The property's name in UTF-8.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    public EdmValue Value { get; private set; }

    /// <summary>The whole property as it is in the body: name, type and value.</summary>
    public readonly ReadOnlySpan<byte> Raw => body[start..position];

    /// <summary>Moves to the next property; false when there is none.</summary>
    public bool Next()
    {
        if (position >= body.Length) return false;
        start = position;
        Name = Take(ReadLength());
        var type = (EdmType)body[position++];
        Value = new EdmValue(type, Take(SizeOf(type)));
        return true;
    }

    /// <summary>The property of this name, if there is one.</summary>
    public static bool TryFind(ReadOnlySpan<byte> body, ReadOnlySpan<byte> name, out EdmValue value)
    {
        var reader = new EntityReader(body);
        while (reader.Next())
        {
            if (!reader.Name.SequenceEqual(name)) continue;
            value = reader.Value;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>The first body with the second's properties laid over it: the service's merge.</summary>
    public static byte[] Merge(ReadOnlySpan<byte> old, ReadOnlySpan<byte> changes)
    {
        var merged = new byte[old.Length + changes.Length];
        var length = 0;
        var reader = new EntityReader(old);
        while (reader.Next())
        {
            if (TryFind(changes, reader.Name, out _)) continue;
            reader.Raw.CopyTo(merged.AsSpan(length));
            length += reader.Raw.Length;
        }

        changes.CopyTo(merged.AsSpan(length));
        Array.Resize(ref merged, length + changes.Length);
        return merged;
    }

    private int SizeOf(EdmType type) => type switch
    {
        EdmType.Boolean => 1,
        EdmType.Int32 => 4,
        EdmType.Int64 or EdmType.Double or EdmType.DateTime => 8,
        EdmType.Guid => 16,
        EdmType.String or EdmType.Binary => ReadLength(),
        _ => throw new InvalidDataException($"A stored entity has a property of the unknown type {(byte)type}."),
    };

    private ReadOnlySpan<byte> Take(int size)
    {
        var taken = body.Slice(position, size);
        position += size;
        return taken;
    }

    private int ReadLength()
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = body[position++];
            value |= (part & 0x7F) << shift;
            if (part < 0x80) return value;
        }
    }
}
