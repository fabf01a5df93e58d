namespace LocalAzure.Tables.Filters;

/// <summary>
/// A place in the table's order: just before a (partition key, row key) or just after it. A null row key is beyond the partition's last.
/// </summary>
internal readonly record struct TableEdge(string? PartitionKey, string? RowKey, bool After)
{
    /// <summary>Below 0 when this place comes first.</summary>
    public int Against(TableEdge other)
    {
        var order = Ordinal.Compare(PartitionKey, other.PartitionKey);
        if (order == 0) order = Ordinal.Compare(RowKey, other.RowKey);
        return order != 0 ? order : After.CompareTo(other.After);
    }
}

/// <summary>A stretch of the table's order.</summary>
internal readonly record struct KeySpan(TableEdge From, TableEdge To)
{
    /// <summary>A box as one stretch: exact when it has one partition, otherwise from its first partition to its last.</summary>
    public static KeySpan Of(KeyBox box)
    {
        if (box.Partitions.Single is { } partition)
        {
            return new KeySpan(
                new TableEdge(partition, box.Rows.From.Key, box.Rows.From.After),
                new TableEdge(partition, box.Rows.To.Key, box.Rows.To.After));
        }

        return new KeySpan(BeforeOrAfter(box.Partitions.From), BeforeOrAfter(box.Partitions.To));
    }

    private static TableEdge BeforeOrAfter(KeyEdge edge) => new(edge.Key, edge.After ? null : "", After: false);
}

/// <summary>Which stretches of a table a filter has to look at: in order, and none twice.</summary>
internal static class KeySpans
{
    // A filter has at most 15 comparisons, but (a or b) and (c or d) and … multiplies; beyond this many, one stretch will do.
    private const int Most = 100;

    public static List<KeySpan> Of(FilterNode filter)
    {
        var boxes = filter.Boxes();
        // Nearly every query asks for one partition.
        if (boxes is [var only]) return only.IsEmpty ? [] : [KeySpan.Of(only)];
        var spans = boxes.Where(box => !box.IsEmpty).Select(KeySpan.Of).ToList();
        spans.Sort(static (one, other) => one.From.Against(other.From));
        if (spans.Count > Most)
            return [spans.Aggregate(static (hull, span) => span.To.Against(hull.To) > 0 ? hull with { To = span.To } : hull)];
        var merged = new List<KeySpan>(spans.Count);
        foreach (var span in spans)
        {
            if (merged.Count > 0 && span.From.Against(merged[^1].To) <= 0)
            {
                if (span.To.Against(merged[^1].To) > 0) merged[^1] = merged[^1] with { To = span.To };
            }
            else
            {
                merged.Add(span);
            }
        }

        return merged;
    }
}
