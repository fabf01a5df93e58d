using System.Buffers;

namespace LocalAzure.Tables;

/// <summary>The service's published limits, checked before anything is written.</summary>
internal static class TableLimits
{
    /// <summary>Characters in a key: Azure allows 1 KiB in UTF-16.</summary>
    public const int KeyCharacters = 512;

    public const int NameCharacters = 255;

    /// <summary>255 with PartitionKey, RowKey and Timestamp.</summary>
    public const int OwnProperties = 252;

    public const int ValueBytes = 64 * 1024;

    public const int EntityBytes = 1024 * 1024;

    public const int BatchBytes = 4 * 1024 * 1024;

    public const int BatchActions = 100;

    public const int PageSize = 1_000;

    /// <summary>What the service allows in one $filter.</summary>
    public const int Comparisons = 15;

    /// <summary>1 January 1601, the earliest instant that a property may hold.</summary>
    public static readonly long EarliestTicks = new DateTime(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. "/\\#?", .. Enumerable.Range(0, 0x20).Select(code => (char)code), .. Enumerable.Range(0x7F, 0x21).Select(code => (char)code)]);

    /// <summary>Refuses a key that the service would refuse.</summary>
    /// <exception cref="Azure.RequestFailedException">400.</exception>
    public static void CheckKey(string key)
    {
        if (key.Length > KeyCharacters) throw TableFault.KeyTooLarge.ToException();
        if (key.AsSpan().ContainsAny(Forbidden) || HasLoneSurrogate(key)) throw TableFault.KeyOutOfRange.ToException();
    }

    /// <summary>Refuses a property's name that the service would refuse.</summary>
    /// <exception cref="Azure.RequestFailedException">400.</exception>
    public static void CheckName(string name)
    {
        if (name.Length > NameCharacters) throw TableFault.PropertyNameTooLong.ToException();
        if (!IsIdentifier(name)) throw TableFault.PropertyNameInvalid.ToException();
    }

    /// <summary>Whether this is a name that a property may have.</summary>
    public static bool IsIdentifier(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || char.IsAsciiDigit(name[0])) return false;
        foreach (var character in name)
        {
            if (!char.IsLetterOrDigit(character) && character != '_') return false;
        }

        return true;
    }

    /// <summary>Refuses a table's name that the service would refuse: 3 to 63 letters and digits, a letter first.</summary>
    /// <exception cref="Azure.RequestFailedException">400 InvalidResourceName.</exception>
    public static void CheckTableName(string name)
    {
        if (name.Length is < 3 or > 63 || !char.IsAsciiLetter(name[0]) || !name.All(char.IsAsciiLetterOrDigit))
            throw TableFault.InvalidTableName.ToException();
    }

    // Two keys that differ only in a lone surrogate would become one key in UTF-8.
    private static bool HasLoneSurrogate(string key)
    {
        if (!key.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) return false;
        for (var index = 0; index < key.Length; index++)
        {
            if (!char.IsSurrogate(key[index])) continue;
            if (index + 1 == key.Length || !char.IsSurrogatePair(key[index], key[index + 1])) return true;
            index++;
        }

        return false;
    }
}
