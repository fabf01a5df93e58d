using System.Text;
using LocalAzure.Tables.Entities;

namespace LocalAzure.Tables.Filters;

internal enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>What a filter is asked about: one row, as it is in the store.</summary>
internal readonly ref struct FilterRow(ReadOnlySpan<byte> partitionKey, ReadOnlySpan<byte> rowKey, long ticks, ReadOnlySpan<byte> body)
{
    public ReadOnlySpan<byte> PartitionKey { get; } = partitionKey;

    public ReadOnlySpan<byte> RowKey { get; } = rowKey;

    public long Ticks { get; } = ticks;

    public ReadOnlySpan<byte> Body { get; } = body;
}

/// <summary>A filter, or a part of one.</summary>
internal abstract class FilterNode
{
    public abstract bool Matches(FilterRow row);

    /// <summary>Every key that can match is in one of these.</summary>
    public abstract IReadOnlyList<KeyBox> Boxes();
}

internal sealed class AndNode(FilterNode left, FilterNode right) : FilterNode
{
    public override bool Matches(FilterRow row) => left.Matches(row) && right.Matches(row);

    public override IReadOnlyList<KeyBox> Boxes()
    {
        var (lefts, rights) = (left.Boxes(), right.Boxes());
        return [.. from one in lefts from other in rights let both = one.Intersect(other) where !both.IsEmpty select both];
    }
}

internal sealed class OrNode(FilterNode left, FilterNode right) : FilterNode
{
    public override bool Matches(FilterRow row) => left.Matches(row) || right.Matches(row);

    public override IReadOnlyList<KeyBox> Boxes() => [.. left.Boxes(), .. right.Boxes()];
}

internal sealed class NotNode(FilterNode inner) : FilterNode
{
    public override bool Matches(FilterRow row) => !inner.Matches(row);

    // A negation rarely bounds anything, and where it does the filter can say so without it.
    public override IReadOnlyList<KeyBox> Boxes() => [KeyBox.Everything];
}

/// <summary>A property against a constant. What isn't there, or is of another kind, compares as false with everything.</summary>
internal sealed class ComparisonNode(string property, Comparison comparison, FilterLiteral literal) : FilterNode
{
    private readonly byte[] name = Encoding.UTF8.GetBytes(property);

    public override bool Matches(FilterRow row)
    {
        var order = property switch
        {
            "PartitionKey" => literal.CompareText(row.PartitionKey),
            "RowKey" => literal.CompareText(row.RowKey),
            "Timestamp" => literal.CompareInstant(row.Ticks),
            _ => EntityReader.TryFind(row.Body, name, out var value) ? literal.Compare(value) : null,
        };
        return order is { } known && comparison switch
        {
            Comparison.Equal => known == 0,
            Comparison.NotEqual => known != 0,
            Comparison.Less => known < 0,
            Comparison.LessOrEqual => known <= 0,
            Comparison.Greater => known > 0,
            _ => known >= 0,
        };
    }

    public override IReadOnlyList<KeyBox> Boxes()
    {
        if (property is not ("PartitionKey" or "RowKey")) return [KeyBox.Everything];
        if (literal.Text is not { } key) return [];
        var range = KeyRange.Of(comparison, key);
        return [property == "PartitionKey" ? new KeyBox(range, KeyRange.Everything) : new KeyBox(KeyRange.Everything, range)];
    }
}

/// <summary>A Boolean property that stands alone: true when it is there and true.</summary>
internal sealed class TruthNode(string property) : FilterNode
{
    private readonly byte[] name = Encoding.UTF8.GetBytes(property);

    public override bool Matches(FilterRow row) =>
        EntityReader.TryFind(row.Body, name, out var value) && value is { Type: EdmType.Boolean, Boolean: true };

    public override IReadOnlyList<KeyBox> Boxes() => [KeyBox.Everything];
}

/// <summary>No filter, or the constant <c>true</c> or <c>false</c>.</summary>
internal sealed class ConstantNode(bool truth) : FilterNode
{
    public static readonly ConstantNode True = new(truth: true);

    public override bool Matches(FilterRow row) => truth;

    public override IReadOnlyList<KeyBox> Boxes() => truth ? [KeyBox.Everything] : [];
}
