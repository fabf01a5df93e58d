using Azure;
using CsCheck;
using LocalAzure.Tables.Filters;

namespace LocalAzure.Tests.Tables;

/// <summary>Whatever the text, the parser answers with a filter or with the service's 400, never with anything else.</summary>
public sealed class FilterParserTests
{
    private static readonly Gen<string> Pieces = Gen.OneOf(
        "(", ")", "and", "or", "not", "eq", "ne", "lt", "A", "PartitionKey", "RowKey", "'", "''", "'x'", "1", "-1", "1.5", "2L",
        "99999999999", "9999999999999999999L", "1e400",
        "true", "false", "datetime'", "datetime'2026-01-01'", "guid'1'", "X'0", "X'0A'", "binary'", "+", "-", "@", "\0", "é", "1x", ".",
        "-INF", "NaN");

    [Theory]
    [InlineData("A eq 99999999999")]
    [InlineData("A eq 1x")]
    [InlineData("A eq datetime'yesterday'")]
    [InlineData("A eq guid'1'")]
    [InlineData("A eq X'0'")]
    [InlineData("A eq 'open")]
    [InlineData("1 eq 1")]
    [InlineData("A eq B")]
    [InlineData("A EQ 1")]
    [InlineData("A@ eq 1")]
    [InlineData("-")]
    [InlineData("'text'")]
    public void What_the_service_does_not_know_is_400_InvalidInput(string filter) => Refused(filter);

    [Fact]
    public void A_nest_of_brackets_is_refused_before_it_overflows_the_stack()
    {
        Refused(new string('(', 100_000) + "A eq 1" + new string(')', 100_000));
        Refused(string.Concat(Enumerable.Repeat("not ", 100_000)) + "A eq 1");
    }

    [Fact]
    public void Random_pieces_give_a_filter_or_a_400() =>
        Pieces.Array[0, 12].Select(pieces => string.Join(' ', pieces)).Sample(FilterOr400, iter: 20_000);

    [Fact]
    public void Random_text_gives_a_filter_or_a_400() => Gen.String[0, 30].Sample(FilterOr400, iter: 20_000);

    [Fact]
    public void A_good_filter_cut_anywhere_gives_a_filter_or_a_400() =>
        (from filter in RandomFilters.Any from cut in Gen.Int[0, filter.Length] select filter[..cut]).Sample(FilterOr400, iter: 5_000);

    private static void FilterOr400(string filter)
    {
        try
        {
            KeySpans.Of(FilterParser.Parse(filter));
        }
        catch (RequestFailedException refused) when (refused is { Status: 400, ErrorCode: "InvalidInput" })
        {
            // Refused as the service refuses.
        }
    }

    private static void Refused(string filter)
    {
        var refused = Assert.Throws<RequestFailedException>(() => FilterParser.Parse(filter));
        Assert.Equal((400, "InvalidInput"), (refused.Status, refused.ErrorCode));
    }
}
