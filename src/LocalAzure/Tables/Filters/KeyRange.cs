using System.Text;

namespace LocalAzure.Tables.Filters;

/// <summary>A place between keys: just before a key or just after it. A null key is beyond every key.</summary>
internal readonly record struct KeyEdge(string? Key, bool After)
{
    public static readonly KeyEdge First = new("", After: false);
    public static readonly KeyEdge Last = new(Key: null, After: false);

    /// <summary>Below 0 when this place comes first.</summary>
    public int Against(KeyEdge other)
    {
        var order = Ordinal.Compare(Key, other.Key);
        return order != 0 ? order : After.CompareTo(other.After);
    }
}

/// <summary>The keys between two edges.</summary>
internal readonly record struct KeyRange(KeyEdge From, KeyEdge To)
{
    public static readonly KeyRange Everything = new(KeyEdge.First, KeyEdge.Last);

    public bool IsEmpty => From.Against(To) >= 0;

    /// <summary>The one key of the range, if it can hold only one.</summary>
    public string? Single => !From.After && To.After && Ordinal.Compare(From.Key, To.Key) == 0 ? From.Key : null;

    /// <summary>The keys that can satisfy a comparison (ne bounds nothing).</summary>
    public static KeyRange Of(Comparison comparison, string key) => comparison switch
    {
        Comparison.Equal => new KeyRange(new KeyEdge(key, After: false), new KeyEdge(key, After: true)),
        Comparison.Less => Everything with { To = new KeyEdge(key, After: false) },
        Comparison.LessOrEqual => Everything with { To = new KeyEdge(key, After: true) },
        Comparison.Greater => Everything with { From = new KeyEdge(key, After: true) },
        Comparison.GreaterOrEqual => Everything with { From = new KeyEdge(key, After: false) },
        _ => Everything,
    };

    public KeyRange Intersect(KeyRange other) => new(
        From.Against(other.From) >= 0 ? From : other.From,
        To.Against(other.To) <= 0 ? To : other.To);
}

/// <summary>A range of partition keys with a range of row keys in each.</summary>
internal readonly record struct KeyBox(KeyRange Partitions, KeyRange Rows)
{
    public static readonly KeyBox Everything = new(KeyRange.Everything, KeyRange.Everything);

    public bool IsEmpty => Partitions.IsEmpty || Rows.IsEmpty;

    public KeyBox Intersect(KeyBox other) => new(Partitions.Intersect(other.Partitions), Rows.Intersect(other.Rows));
}

/// <summary>The order of keys: that of their UTF-8 bytes, which is SQLite's; null comes last.</summary>
internal static class Ordinal
{
    public static int Compare(string? left, string? right)
    {
        if (left is null || right is null) return (left is null ? 1 : 0) - (right is null ? 1 : 0);
        var order = string.CompareOrdinal(left, right);

        // UTF-16 and UTF-8 disagree about surrogates only.
        return order == 0 || !(HasSurrogates(left) || HasSurrogates(right))
            ? order
            : Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
    }

    private static bool HasSurrogates(string key) => key.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');
}
