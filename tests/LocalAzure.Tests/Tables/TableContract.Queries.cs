using Azure.Data.Tables;

namespace LocalAzure.Tests.Tables;

public abstract partial class TableContract
{
    private async Task<List<string>> KeysAsync(string? filter) =>
        await Table.QueryAsync<TableEntity>(filter, cancellationToken: Token)
            .Select(row => $"{row.PartitionKey}/{row.RowKey}").ToListAsync(Token);

    private async Task AddGridAsync()
    {
        foreach (var partition in "abc")
        {
            await Table.SubmitTransactionAsync(
                from row in Enumerable.Range(1, 3)
                select Act(
                    TableTransactionActionType.Add, new TableEntity($"{partition}", $"{row}") { ["N"] = row, ["Even"] = row % 2 == 0 }),
                Token);
        }
    }

    [Theory]
    [InlineData(null, "a/1 a/2 a/3 b/1 b/2 b/3 c/1 c/2 c/3")]
    [InlineData("PartitionKey eq 'b'", "b/1 b/2 b/3")]
    [InlineData("PartitionKey eq 'b' and RowKey eq '2'", "b/2")]
    [InlineData("PartitionKey eq 'b' and RowKey ge '2'", "b/2 b/3")]
    [InlineData("PartitionKey eq 'b' and RowKey gt '1' and RowKey lt '3'", "b/2")]
    [InlineData("PartitionKey gt 'a' and RowKey le '1'", "b/1 c/1")]
    [InlineData("PartitionKey ge 'b' and PartitionKey lt 'c'", "b/1 b/2 b/3")]
    [InlineData("PartitionKey le 'a' or PartitionKey ge 'c'", "a/1 a/2 a/3 c/1 c/2 c/3")]
    [InlineData("(PartitionKey eq 'c' and RowKey eq '1') or (PartitionKey eq 'a' and RowKey eq '3')", "a/3 c/1")]
    [InlineData("PartitionKey eq 'a' or RowKey eq '1' and N eq 1", "a/1 a/2 a/3 b/1 c/1")]
    [InlineData("(PartitionKey eq 'a' or RowKey eq '1') and N eq 1", "a/1 b/1 c/1")]
    [InlineData("PartitionKey ne 'b' and N gt 2", "a/3 c/3")]
    [InlineData("not (PartitionKey eq 'b') and RowKey eq '3'", "a/3 c/3")]
    [InlineData("not (N eq 1 or N eq 2) and PartitionKey lt 'c'", "a/3 b/3")]
    [InlineData("Even eq true and PartitionKey gt 'b'", "c/2")]
    [InlineData("Even ne true and PartitionKey gt 'b'", "c/1 c/3")]
    [InlineData("2 lt N and PartitionKey eq 'a'", "a/3")]
    [InlineData("Missing eq 1", "")]
    [InlineData("Missing ne 1", "")]
    [InlineData("PartitionKey eq 'b' and PartitionKey eq 'c'", "")]
    [InlineData("PartitionKey eq 'it''s'", "")]
    public async Task A_filter_finds_what_it_says_in_the_order_of_the_keys(string? filter, string expected)
    {
        await AddGridAsync();
        Assert.Equal(expected, string.Join(' ', await KeysAsync(filter)));
    }

    [Fact]
    public async Task Every_type_of_literal_finds_its_property()
    {
        var guid = Guid.NewGuid();
        await Table.AddEntityAsync(
            new TableEntity("p", "r")
            {
                ["S"] = "it's",
                ["I"] = -5,
                ["L"] = 5_000_000_000L,
                ["D"] = 1.5,
                ["T"] = true,
                ["G"] = guid,
                ["O"] = Instant,
                ["B"] = new byte[] { 0x0A, 0xFF },
            },
            Token);
        var before = Instant.AddDays(-1);
        FormattableString[] filters =
        [
            $"S eq {"it's"}", $"S gt {"it"}", $"I eq {-5}", $"I lt {0}", $"L eq {5_000_000_000L}", $"L gt {4_999_999_999L}", $"D eq {1.5}",
            $"D gt {1.25}",
            $"T eq {true}", $"G eq {guid}", $"O eq {Instant}", $"O gt {before}", $"B eq {new byte[] { 0x0A, 0xFF }}",
        ];
        foreach (var filter in filters.Select(TableClient.CreateQueryFilter))
        {
            Assert.True(await KeysAsync(filter) is ["p/r"], $"Not found by: {filter}");
            Assert.True(await KeysAsync($"not ({filter})") is [], $"Found by the opposite of: {filter}");
        }
    }

    [Fact]
    public async Task An_expression_filters_too()
    {
        await Table.AddEntityAsync(new Thing { PartitionKey = "p", RowKey = "1", Number = 1, Truth = true }, Token);
        await Table.AddEntityAsync(new Thing { PartitionKey = "p", RowKey = "2", Number = 2 }, Token);
        Assert.Equal("2", (await Table.QueryAsync<Thing>(thing => thing.PartitionKey == "p" && thing.Number > 1, cancellationToken: Token)
            .SingleAsync(Token)).RowKey);
        Assert.Equal(
            "1", (await Table.QueryAsync<Thing>(thing => thing.Truth == true, cancellationToken: Token).SingleAsync(Token)).RowKey);
    }

    [Fact]
    public async Task Pages_follow_one_another_by_their_tokens()
    {
        await AddGridAsync();
        var pages = await Table.QueryAsync<TableEntity>(maxPerPage: 4, cancellationToken: Token).AsPages().ToListAsync(Token);
        Assert.Equal([4, 4, 1], pages.Select(page => page.Values.Count));
        Assert.Null(pages[^1].ContinuationToken);

        var rest = await Table.QueryAsync<TableEntity>(cancellationToken: Token).AsPages(pages[0].ContinuationToken, 2).ToListAsync(Token);
        Assert.Equal(
            ["b/2", "b/3", "c/1", "c/2", "c/3"], rest.SelectMany(page => page.Values).Select(row => $"{row.PartitionKey}/{row.RowKey}"));
        Assert.Equal([2, 2, 1], rest.Select(page => page.Values.Count));
    }

    [Fact]
    public async Task A_page_has_at_most_1000_entities()
    {
        for (var batch = 0; batch < 11; batch++)
        {
            var first = batch * 100;
            await Table.SubmitTransactionAsync(
                Enumerable.Range(first, 100).Select(row => Act(TableTransactionActionType.Add, new TableEntity("p", $"{row:D4}"))), Token);
        }

        var pages = await Table.QueryAsync<TableEntity>(cancellationToken: Token).AsPages().ToListAsync(Token);
        Assert.Equal([1000, 100], pages.Select(page => page.Values.Count));
        Assert.Equal(Enumerable.Range(0, 1100).Select(row => $"{row:D4}"), pages.SelectMany(page => page.Values).Select(row => row.RowKey));
    }

    [Theory]
    [InlineData("PartitionKey eq")]
    [InlineData("(PartitionKey eq 'a'")]
    [InlineData("PartitionKey eq 'a')")]
    [InlineData("PartitionKey eq 'a' and")]
    [InlineData("and PartitionKey eq 'a'")]
    [InlineData("PartitionKey eq 'a' PartitionKey eq 'b'")]
    [InlineData("eq eq eq")]
    public async Task A_malformed_filter_is_refused(string filter) => await RefusedAsync(400, "InvalidInput", () => KeysAsync(filter));
}
