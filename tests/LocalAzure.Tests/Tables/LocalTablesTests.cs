using Azure;
using Azure.Data.Tables;
using LocalAzure.Storage;
using LocalAzure.Tables;
using Microsoft.Extensions.Time.Testing;

namespace LocalAzure.Tests.Tables;

/// <summary>What the service documents and Azurite does not hold, or what is ours alone.</summary>
public sealed partial class LocalTablesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly LocalTables tables = new();
    private readonly FakeTimeProvider time = new(Now);
    private LocalTableServiceClient service = null!;
    private TableClient table = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await tables.InitializeAsync();
        service = new LocalTableServiceClient(tables.Store, time);
        table = service.GetTableClient("Things");
        await table.CreateAsync(Token);
    }

    public ValueTask DisposeAsync() => tables.DisposeAsync();

    [Fact]
    public async Task A_transaction_across_partitions_is_refused_where_Azurite_accepts_it()
    {
        var refused = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
            [
                new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", "r")),
                new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("q", "s")),
            ],
            Token));
        Assert.Equal(
            (400, "CommandsInBatchActOnDifferentPartitions", 1), (refused.Status, refused.ErrorCode, refused.FailedTransactionActionIndex));
        Assert.Empty(await table.QueryAsync<TableEntity>(cancellationToken: Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_transaction_of_101_actions_or_more_than_4_MiB_is_refused()
    {
        var many = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
            Enumerable.Range(0, 101).Select(
                row => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{row}"))),
            Token));
        Assert.Equal((400, "InvalidInput"), (many.Status, many.ErrorCode));

        var large = await Assert.ThrowsAsync<RequestFailedException>(() => table.SubmitTransactionAsync(
            Enumerable.Range(0, 70).Select(row =>
                new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{row}") { ["B"] = new byte[64 * 1024] })),
            Token));
        Assert.Equal((413, "RequestBodyTooLarge"), (large.Status, large.ErrorCode));
    }

    [Fact]
    public async Task Limits_of_an_entity_are_refused_by_their_own_codes()
    {
        await RefusedAsync("TooManyProperties", Wide(253));
        await table.AddEntityAsync(Wide(252), Token);
        await RefusedAsync("PropertyNameTooLong", new TableEntity("p", "r") { [new string('n', 256)] = 1 });
        await RefusedAsync("PropertyNameInvalid", new TableEntity("p", "r") { ["has blank"] = 1 });
        await RefusedAsync("PropertyNameInvalid", new TableEntity("p", "r") { ["1st"] = 1 });
        await RefusedAsync("KeyValueTooLarge", new TableEntity(new string('k', 513), "r"));
        await RefusedAsync("OutOfRangeInput", new TableEntity("a/b", "r"));
        await RefusedAsync("OutOfRangeInput", new TableEntity("\uD800", "r"));
        await RefusedAsync(
            "OutOfRangeInput", new TableEntity("p", "r") { ["D"] = new DateTimeOffset(1600, 12, 31, 0, 0, 0, TimeSpan.Zero) });
        await RefusedAsync("EntityTooLarge", Heavy("p", "r", 17));
        await table.AddEntityAsync(Heavy("p", "heavy", 15), Token);

        static TableEntity Wide(int properties)
        {
            var entity = new TableEntity("p", "wide");
            for (var number = 0; number < properties; number++) entity[$"P{number}"] = number;
            return entity;
        }

        async Task RefusedAsync(string code, TableEntity entity)
        {
            var refused = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(entity, Token));
            Assert.Equal((400, code), (refused.Status, refused.ErrorCode));
        }
    }

    [Fact]
    public async Task A_merge_that_outgrows_the_limit_is_refused_and_changes_nothing()
    {
        await table.AddEntityAsync(Heavy("p", "r", 15), Token);
        var more = new TableEntity("p", "r") { ["Q1"] = new byte[64 * 1024], ["Q2"] = new byte[64 * 1024] };
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpsertEntityAsync(more, TableUpdateMode.Merge, Token));
        Assert.Equal("EntityTooLarge", refused.ErrorCode);
        Assert.False((await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Token)).Value.ContainsKey("Q1"));
    }

    [Fact]
    public async Task A_refusal_never_tells_a_key_or_a_value()
    {
        await table.AddEntityAsync(new TableEntity("Jane Secret", "r") { ["Name"] = "Jane" }, Token);
        var refused = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.AddEntityAsync(new TableEntity("Jane Secret", "r") { ["Name"] = "Jane" }, Token));
        Assert.DoesNotContain("Jane", refused.ToString(), StringComparison.Ordinal);
        Assert.Equal(409, refused.GetRawResponse()!.Status);
        var filter = await Assert.ThrowsAsync<RequestFailedException>(
            async () => await table.QueryAsync<TableEntity>("Name eq 'Jane", cancellationToken: Token).ToListAsync(Token));
        Assert.DoesNotContain("Jane", filter.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("1things")]
    [InlineData("has-dash")]
    [InlineData("")]
    public async Task A_table_name_is_3_to_63_letters_and_digits(string name)
    {
        if (name.Length == 0) Assert.Throws<ArgumentException>(() => service.GetTableClient(name));
        else
            Assert.Equal(
                "InvalidResourceName",
                (await Assert.ThrowsAsync<RequestFailedException>(() => service.CreateTableAsync(name, Token))).ErrorCode);
    }

    [Fact]
    public async Task A_table_name_is_found_in_any_case_and_a_table_made_anew_is_empty()
    {
        await table.AddEntityAsync(new TableEntity("p", "r"), Token);
        Assert.True(
            (await service.GetTableClient("tHINGS").GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: Token)).HasValue);
        await table.DeleteAsync(Token);
        await table.CreateAsync(Token);
        Assert.Empty(await table.QueryAsync<TableEntity>(cancellationToken: Token).ToListAsync(Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_page_size_outside_1_to_1000_is_refused(int size)
    {
        var refused = await Assert.ThrowsAsync<RequestFailedException>(
            async () => await table.QueryAsync<TableEntity>(maxPerPage: size, cancellationToken: Token).ToListAsync(Token));
        Assert.Equal((400, "InvalidInput"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task Sixteen_comparisons_are_one_too_many()
    {
        await table.QueryAsync<TableEntity>(Filter(15), cancellationToken: Token).ToListAsync(Token);
        var refused = await Assert.ThrowsAsync<RequestFailedException>(
            async () => await table.QueryAsync<TableEntity>(Filter(16), cancellationToken: Token).ToListAsync(Token));
        Assert.Equal("InvalidInput", refused.ErrorCode);

        static string Filter(int comparisons) => string.Join(" or ", Enumerable.Range(0, comparisons).Select(number => $"N eq {number}"));
    }

    [Fact]
    public async Task An_unknown_continuation_token_is_refused()
    {
        var refused = await Assert.ThrowsAsync<RequestFailedException>(
            async () => await table.QueryAsync<TableEntity>(cancellationToken: Token).AsPages("nonsense!").ToListAsync(Token));
        Assert.Equal((400, "InvalidInput"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task An_ETag_is_never_given_twice_though_time_stands_still_or_goes_back_or_the_process_crashes()
    {
        var seen = new HashSet<ETag>();
        for (var round = 0; round < 3; round++)
        {
            for (var change = 0; change < 100; change++)
            {
                var answer = await table.UpsertEntityAsync(new TableEntity("p", "r") { ["N"] = change }, TableUpdateMode.Replace, Token);
                Assert.True(seen.Add(answer.Headers.ETag!.Value), $"Round {round}, change {change}: an ETag came again.");
                await table.DeleteEntityAsync("p", "r", cancellationToken: Token);
            }

            await tables.CrashAndReopenAsync(new FakeTimeProvider(Now.AddDays(-round)));
            table = tables.Client.GetTableClient("Things");
        }
    }

    [Fact]
    public async Task A_refused_action_tells_its_index_and_its_reason()
    {
        var refused = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
            [
                new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", "r")),
                new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", "s") { ["has blank"] = 1 }),
            ],
            Token));
        Assert.Equal((400, "PropertyNameInvalid", 1), (refused.Status, refused.ErrorCode, refused.FailedTransactionActionIndex));
        Assert.StartsWith("A property's name is not a C# identifier.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_transactions_do_not_push_Timestamps_ahead_of_a_clock_that_stands_still()
    {
        await table.AddEntityAsync(new TableEntity("p", "there"), Token);
        for (var attempt = 0; attempt < 50; attempt++)
        {
            await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", "new")),
                    new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", "there")),
                ],
                Token));
        }

        await table.AddEntityAsync(new TableEntity("p", "last"), Token);
        var last = (await table.GetEntityAsync<TableEntity>("p", "last", cancellationToken: Token)).Value.Timestamp;
        Assert.InRange(last!.Value, Now, Now.AddMilliseconds(1));
    }

    [Fact]
    public void What_is_not_there_says_so()
    {
        Assert.Throws<NotSupportedException>(() => table.GetAccessPolicies(Token));
        Assert.Throws<NotSupportedException>(() => service.GetProperties(Token));
        Assert.Throws<NotSupportedException>(() => service.Query("TableName eq 'Things'", cancellationToken: Token));
    }

    [Fact]
    public async Task A_Timestamp_is_the_clocks_time()
    {
        time.Advance(TimeSpan.FromDays(21));
        await table.AddEntityAsync(new TableEntity("p", "r"), Token);
        Assert.Equal(Now.AddDays(21), (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Token)).Value.Timestamp);
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_crash()
    {
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = "a" }, Token);
        await tables.CrashAndReopenAsync(time);
        var read = await tables.Client.GetTableClient("Things").GetEntityAsync<TableEntity>("p", "r", cancellationToken: Token);
        Assert.Equal("a", read.Value.GetString("A"));
    }

    [Fact]
    public async Task The_hook_sees_each_call_and_can_make_it_fail()
    {
        var calls = new List<string>();
        service.BeforeCall = operation =>
        {
            calls.Add(operation);
            return operation == "UpsertEntity"
                ? throw new RequestFailedException(503, "Busy", "ServerBusy", innerException: null)
                : ValueTask.CompletedTask;
        };
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 }, Token);
        Assert.Equal(503, (await Assert.ThrowsAsync<RequestFailedException>(() =>
            table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 2 }, TableUpdateMode.Merge, Token))).Status);
        Assert.Equal(1, (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Token)).Value.GetInt32("A"));
        await table.QueryAsync<TableEntity>(cancellationToken: Token).ToListAsync(Token);
        Assert.Equal(["AddEntity", "UpsertEntity", "GetEntity", "Query"], calls);
    }

    private static TableEntity Heavy(string partitionKey, string rowKey, int values)
    {
        var entity = new TableEntity(partitionKey, rowKey);
        for (var number = 0; number < values; number++) entity[$"P{number}"] = new byte[64 * 1024];
        return entity;
    }
}
