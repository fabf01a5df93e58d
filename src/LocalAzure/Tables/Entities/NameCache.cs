using System.Text;

namespace LocalAzure.Tables.Entities;

/// <summary>Property names repeat in every row; most are found here instead of being made again.</summary>
internal static class NameCache
{
    private const int Slots = 1024;

    // Races are harmless: an entry is immutable, and whoever loses makes its own string.
    private static readonly Entry?[] Entries = new Entry?[Slots];

    public static string Get(ReadOnlySpan<byte> utf8)
    {
        var hash = (uint)utf8.Length;
        foreach (var part in utf8) hash = (hash * 31) + part;
        ref var entry = ref Entries[hash % Slots];
        if (entry is { } known && utf8.SequenceEqual(known.Utf8)) return known.Name;
        var made = Encoding.UTF8.GetString(utf8);
        entry = new Entry(utf8.ToArray(), made);
        return made;
    }

    private sealed record Entry(byte[] Utf8, string Name);
}
