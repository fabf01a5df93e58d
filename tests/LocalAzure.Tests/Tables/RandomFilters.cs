using System.Globalization;
using CsCheck;

namespace LocalAzure.Tests.Tables;

/// <summary>
/// Random filters of the kind that the service and Azurite agree on: each property against literals of its own type. (Across
/// types Azurite compares as JavaScript does; below a millisecond it does not tell instants apart.)
/// </summary>
internal static class RandomFilters
{
    public static readonly DateTimeOffset Start = new(2026, 3, 29, 0, 0, 0, TimeSpan.Zero);
    public static readonly string[] Texts = ["", "a", "it's", "b c", "z"];
    public static readonly Guid[] Guids = [new("11111111-1111-1111-1111-111111111111"), new("22222222-2222-2222-2222-222222222222")];

    private static readonly Gen<string> Order = Gen.OneOf("eq", "ne", "lt", "le", "gt", "ge");
    private static readonly Gen<string> Equality = Gen.OneOf("eq", "ne");

    private static readonly Gen<string> Comparisons = Gen.OneOf(
        Compare("PartitionKey", Order, Gen.Int[0, 4].Select(number => $"'p{number}'")),
        Compare("PartitionKey", Order, Gen.Int[0, 4].Select(number => $"'p{number}'")),
        Compare("RowKey", Order, Gen.Int[0, 61].Select(number => $"'r{number:D2}'")),
        Compare("N", Order, Gen.Int[-4, 4].Select(number => number.ToString(CultureInfo.InvariantCulture))),
        Compare("L", Order, Gen.Int[-1, 4].Select(number => $"{5_000_000_000 + number}L")),
        Compare("D", Order, Gen.Int[-3, 3].Select(number => (number + 0.5).ToString(CultureInfo.InvariantCulture))),
        Compare("S", Order, Gen.OneOf(Texts).Select(text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'")),
        Compare("B", Equality, Gen.OneOf("true", "false")),
        Compare("T", Order, Gen.Int[-1, 4].Select(hours => $"datetime'{Start.AddHours(hours):yyyy-MM-ddTHH:mm:ssZ}'")),
        Compare("G", Equality, Gen.OneOf(Guids).Select(guid => $"guid'{guid}'")),
        Compare("Missing", Order, Gen.OneOf("1", "'a'", "true")));

    /// <summary>Up to eight comparisons in brackets, negated and joined at random.</summary>
    public static Gen<string> Any => Nested(3);

    private static Gen<string> Compare(string property, Gen<string> operators, Gen<string> literals) =>
        Gen.Select(operators, literals, (comparison, literal) => $"{property} {comparison} {literal}");

    private static Gen<string> Nested(int depth) => depth == 0
        ? Comparisons
        : Gen.Frequency(
            (2, Comparisons),
            (2, Gen.Select(Nested(depth - 1), Nested(depth - 1), (left, right) => $"({left}) and ({right})")),
            (2, Gen.Select(Nested(depth - 1), Nested(depth - 1), (left, right) => $"({left}) or ({right})")),
            (1, Gen.Select(Nested(depth - 1), Nested(depth - 1), (left, right) => $"{left} and {right}")),
            (1, Gen.Select(Nested(depth - 1), Nested(depth - 1), (left, right) => $"{left} or {right}")),
            (1, Nested(depth - 1).Select(inner => $"not ({inner})")));
}
