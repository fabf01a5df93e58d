using Azure;
using Azure.Data.Tables;

namespace LocalAzure.Tests.Tables;

/// <summary>
/// What a table does, whoever keeps it. Each test runs against the local tables and against Azurite; where Azurite is known
/// to be laxer than the service the test is in <c>LocalTablesTests</c> instead, and says so.
/// </summary>
public abstract partial class TableContract(TableServiceClient service) : IAsyncLifetime
{
    protected TableClient Table { get; } = service.GetTableClient("T" + Guid.NewGuid().ToString("N"));

    protected TableServiceClient Service { get; } = service;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Table.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Table.DeleteAsync();
    }

    protected static async Task<RequestFailedException> RefusedAsync(int status, string? code, Func<Task> call)
    {
        var refused = await Assert.ThrowsAnyAsync<RequestFailedException>(call);
        Assert.Equal((status, code ?? refused.ErrorCode), (refused.Status, refused.ErrorCode));
        return refused;
    }

    [Fact]
    public async Task A_table_is_created_once()
    {
        await RefusedAsync(409, "TableAlreadyExists", () => Table.CreateAsync(Token));
        var again = await Table.CreateIfNotExistsAsync(Token);
        Assert.Equal(Table.Name, again.Value.Name);
        Assert.Equal(409, again.GetRawResponse().Status);
    }

    [Fact]
    public async Task A_new_table_answers_201_and_is_listed_and_a_deleted_one_is_gone()
    {
        var name = "N" + Guid.NewGuid().ToString("N");
        var created = await Service.CreateTableAsync(name, Token);
        Assert.Equal(201, created.GetRawResponse().Status);
        Assert.Contains(name, await NamesAsync());

        Assert.Equal(204, (await Service.DeleteTableAsync(name, Token)).Status);
        Assert.DoesNotContain(name, await NamesAsync());
        Assert.Equal(404, (await Service.DeleteTableAsync(name, Token)).Status);

        async Task<List<string>> NamesAsync() =>
            [.. await Service.QueryAsync(cancellationToken: Token).Select(table => table.Name).ToListAsync(Token)];
    }

    [Fact]
    public async Task A_missing_table_refuses_every_write_and_read()
    {
        var missing = Service.GetTableClient("M" + Guid.NewGuid().ToString("N"));
        await RefusedAsync(404, "TableNotFound", () => missing.AddEntityAsync(new TableEntity("p", "r"), Token));
        await RefusedAsync(
            404, "TableNotFound", () => missing.UpsertEntityAsync(new TableEntity("p", "r"), TableUpdateMode.Replace, Token));
        await RefusedAsync(404, "TableNotFound", () => missing.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Token));
        await RefusedAsync(
            404, "TableNotFound", async () => await missing.QueryAsync<TableEntity>(cancellationToken: Token).ToListAsync(Token));
    }

    [Fact]
    public async Task An_added_entity_is_read_back_with_its_ETag_and_Timestamp()
    {
        var before = TimeProvider.System.GetUtcNow();
        var added = await Table.AddEntityAsync(new TableEntity("p", "r") { ["Name"] = "n" }, Token);
        var read = await Table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Token);

        Assert.Equal(204, added.Status);
        Assert.Equal(200, read.GetRawResponse().Status);
        Assert.Equal(("p", "r", "n"), (read.Value.PartitionKey, read.Value.RowKey, read.Value.GetString("Name")));
        Assert.Equal(added.Headers.ETag, read.Value.ETag);
        Assert.Matches("""^W/"datetime'\d{4}-\d\d-\d\dT\d\d%3A\d\d%3A\d\d\.\d{7}Z'"$""", read.Value.ETag.ToString());
        Assert.InRange(read.Value.Timestamp!.Value, before.AddSeconds(-2), before.AddMinutes(2));
    }

    [Fact]
    public async Task An_entity_is_added_once()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r"), Token);
        await RefusedAsync(409, "EntityAlreadyExists", () => Table.AddEntityAsync(new TableEntity("p", "r"), Token));
    }

    [Fact]
    public async Task A_missing_entity_is_404_or_no_value()
    {
        await RefusedAsync(404, "ResourceNotFound", () => Table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Token));
        var none = await Table.GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: Token);
        Assert.False(none.HasValue);
        Assert.Equal(404, none.GetRawResponse().Status);
        await RefusedAsync(
            404, "ResourceNotFound", () => Table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All, TableUpdateMode.Replace, Token));
        await RefusedAsync(
            404, "ResourceNotFound", () => Table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All, TableUpdateMode.Merge, Token));
        Assert.Equal(404, (await Table.DeleteEntityAsync("p", "r", cancellationToken: Token)).Status);
    }

    [Fact]
    public async Task GetEntityIfExists_has_the_value_of_one_that_is_there()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 }, Token);
        var found = await Table.GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: Token);
        Assert.True(found.HasValue);
        Assert.Equal(1, found.Value!.GetInt32("A"));
    }

    [Fact]
    public async Task Merge_keeps_what_is_not_named_and_replace_does_not()
    {
        await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = "b" }, TableUpdateMode.Merge, Token);
        await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = "one", ["C"] = 3L }, TableUpdateMode.Merge, Token);
        var merged = (await Table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Token)).Value;
        Assert.Equal(("one", "b", 3L), (merged.GetString("A"), merged.GetString("B"), merged.GetInt64("C")));

        await Table.UpdateEntityAsync(new TableEntity("p", "r") { ["D"] = true }, merged.ETag, TableUpdateMode.Replace, Token);
        var replaced = (await Table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Token)).Value;
        Assert.Equal(
            ["D", "PartitionKey", "RowKey", "Timestamp", "odata.etag"],
            replaced.Keys.Where(key => key != "odata.metadata").Order(StringComparer.Ordinal));
        Assert.NotEqual(merged.ETag, replaced.ETag);
    }

    [Fact]
    public async Task A_null_property_is_not_stored_and_a_merge_with_null_keeps_the_old_value()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = "a", ["B"] = null }, Token);
        await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = null }, TableUpdateMode.Merge, Token);
        var read = (await Table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Token)).Value;
        Assert.Equal("a", read.GetString("A"));
        Assert.False(read.ContainsKey("B"));
    }

    [Fact]
    public async Task A_stale_ETag_is_refused_and_changes_nothing()
    {
        var first = (await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 }, Token)).Headers.ETag!.Value;
        await Table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = 2 }, first, TableUpdateMode.Merge, Token);

        await RefusedAsync(
            412,
            "UpdateConditionNotSatisfied",
            () => Table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = 3 }, first, TableUpdateMode.Merge, Token));
        await RefusedAsync(
            412,
            "UpdateConditionNotSatisfied",
            () => Table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = 3 }, first, TableUpdateMode.Replace, Token));
        await RefusedAsync(412, "UpdateConditionNotSatisfied", () => Table.DeleteEntityAsync("p", "r", first, Token));
        var read = (await Table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Token)).Value;
        Assert.Equal(2, read.GetInt32("A"));

        Assert.Equal(204, (await Table.DeleteEntityAsync("p", "r", read.ETag, Token)).Status);
        Assert.False((await Table.GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: Token)).HasValue);
    }

    [Fact]
    public async Task Concurrent_changes_under_ETags_lose_none()
    {
        const int Writers = 6;
        const int Changes = 5;
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Count"] = 0 }, Token);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(ChangeAsync, Token)));
        Assert.Equal(
            Writers * Changes, (await Table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Token)).Value.GetInt32("Count"));

        async Task ChangeAsync()
        {
            for (var done = 0; done < Changes;)
            {
                var entity = (await Table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Token)).Value;
                entity["Count"] = entity.GetInt32("Count") + 1;
                try
                {
                    await Table.UpdateEntityAsync(entity, entity.ETag, TableUpdateMode.Replace, Token);
                    done++;
                }
                catch (RequestFailedException refused) when (refused.Status == 412)
                {
                    // Someone else was first: read again.
                }
            }
        }
    }

    [Fact]
    public async Task An_update_without_an_ETag_is_an_argument_error() =>
        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => Table.UpdateEntityAsync(new TableEntity("p", "r"), default, TableUpdateMode.Merge, Token));

    [Fact]
    public async Task A_null_key_is_an_argument_error()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Table.AddEntityAsync(new TableEntity { RowKey = "r" }, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Table.DeleteEntityAsync("p", null!, cancellationToken: Token));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("it's", "a b")]
    [InlineData("Zoë", "日本")]
    [InlineData("%2F", "a+b&c=d")]
    public async Task Odd_keys_are_kept_as_they_are(string partitionKey, string rowKey)
    {
        await Table.AddEntityAsync(new TableEntity(partitionKey, rowKey) { ["A"] = 1 }, Token);
        var read = (await Table.GetEntityAsync<TableEntity>(partitionKey, rowKey, cancellationToken: Token)).Value;
        Assert.Equal((partitionKey, rowKey), (read.PartitionKey, read.RowKey));
        var found = await Table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey eq {rowKey}"), cancellationToken: Token)
            .ToListAsync(Token);
        Assert.Single(found);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\tb")]
    [InlineData("a\u0085b")]
    public async Task A_forbidden_character_in_a_key_is_refused(string key)
    {
        await RefusedAsync(400, code: null, () => Table.AddEntityAsync(new TableEntity(key, "r"), Token));
        await RefusedAsync(400, code: null, () => Table.AddEntityAsync(new TableEntity("p", key), Token));
    }

    [Fact]
    public async Task A_key_has_at_most_512_characters()
    {
        await Table.AddEntityAsync(new TableEntity(new string('k', 512), "r"), Token);
        await RefusedAsync(400, code: null, () => Table.AddEntityAsync(new TableEntity(new string('k', 513), "r"), Token));
    }

    [Fact]
    public async Task A_value_has_at_most_64_KiB()
    {
        await Table.AddEntityAsync(new TableEntity("p", "fits") { ["S"] = new string('s', 32 * 1024), ["B"] = new byte[64 * 1024] }, Token);
        await RefusedAsync(
            400,
            "PropertyValueTooLarge",
            () => Table.AddEntityAsync(new TableEntity("p", "s") { ["S"] = new string('s', (32 * 1024) + 1) }, Token));
        await RefusedAsync(
            400,
            "PropertyValueTooLarge",
            () => Table.AddEntityAsync(new TableEntity("p", "b") { ["B"] = new byte[(64 * 1024) + 1] }, Token));
    }

    [Fact]
    public async Task A_date_that_is_not_UTC_is_refused_by_the_client() =>
        await Assert.ThrowsAsync<NotSupportedException>(
            () => Table.AddEntityAsync(new TableEntity("p", "r") { ["D"] = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Local) }, Token));

    [Fact]
    public void The_synchronous_methods_do_the_same()
    {
        Table.AddEntity(new TableEntity("p", "r") { ["A"] = 1 }, Token);
        Table.UpsertEntity(new TableEntity("p", "r") { ["A"] = 2 }, TableUpdateMode.Merge, Token);
        Table.UpdateEntity(new TableEntity("p", "r") { ["A"] = 3 }, ETag.All, TableUpdateMode.Merge, Token);
        Assert.Equal(3, Table.GetEntity<TableEntity>("p", "r", cancellationToken: Token).Value.GetInt32("A"));
        Assert.Single(Table.Query<TableEntity>("PartitionKey eq 'p'", cancellationToken: Token));
        Table.SubmitTransaction([new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity("p", "r"))], Token);
        Assert.False(Table.GetEntityIfExists<TableEntity>("p", "r", cancellationToken: Token).HasValue);
        Assert.Equal(404, Table.DeleteEntity("p", "r", cancellationToken: Token).Status);
    }
}
