using Azure;
using Azure.Data.Tables;

namespace LocalAzure.Tests.Tables;

public abstract partial class TableContract
{
    private static TableTransactionAction Act(TableTransactionActionType type, TableEntity entity, ETag etag = default) =>
        new(type, entity, etag);

    [Fact]
    public async Task A_transaction_does_all_its_actions_and_gives_each_its_ETag()
    {
        var replaced = (await Table.AddEntityAsync(new TableEntity("p", "replaced") { ["A"] = 1, ["B"] = 1 }, Token)).Headers.ETag!.Value;
        await Table.AddEntityAsync(new TableEntity("p", "merged") { ["A"] = 1, ["B"] = 1 }, Token);
        await Table.AddEntityAsync(new TableEntity("p", "deleted"), Token);

        var answer = await Table.SubmitTransactionAsync(
            [
                Act(TableTransactionActionType.Add, new TableEntity("p", "added") { ["A"] = 5 }),
                Act(TableTransactionActionType.UpdateReplace, new TableEntity("p", "replaced") { ["A"] = 2 }, replaced),
                Act(TableTransactionActionType.UpdateMerge, new TableEntity("p", "merged") { ["A"] = 3 }, ETag.All),
                Act(TableTransactionActionType.Delete, new TableEntity("p", "deleted")),
                Act(TableTransactionActionType.UpsertReplace, new TableEntity("p", "upserted") { ["A"] = 4 }),
                Act(TableTransactionActionType.UpsertMerge, new TableEntity("p", "upmerged") { ["A"] = 6 }),
            ],
            Token);

        Assert.Equal(202, answer.GetRawResponse().Status);
        Assert.Equal([204, 204, 204, 204, 204, 204], answer.Value.Select(one => one.Status));
        var rows = await Table.QueryAsync<TableEntity>("PartitionKey eq 'p'", cancellationToken: Token).ToListAsync(Token);
        Assert.Equal(
            ["added 5 ", "merged 3 1", "replaced 2 ", "upmerged 6 ", "upserted 4 "],
            rows.Select(row => $"{row.RowKey} {row.GetInt32("A")} {row.GetInt32("B")}"));
        Assert.Equal(answer.Value[0].Headers.ETag, rows[0].ETag);
        Assert.Equal(answer.Value[1].Headers.ETag, rows[2].ETag);
    }

    [Fact]
    public async Task A_transaction_that_fails_leaves_nothing_and_names_the_action()
    {
        await Table.AddEntityAsync(new TableEntity("p", "there") { ["A"] = 1 }, Token);
        var refused = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Table.SubmitTransactionAsync(
            [
                Act(TableTransactionActionType.Add, new TableEntity("p", "new")),
                Act(TableTransactionActionType.UpsertReplace, new TableEntity("p", "newer")),
                Act(TableTransactionActionType.Add, new TableEntity("p", "there")),
            ],
            Token));
        Assert.Equal((409, "EntityAlreadyExists", 2), (refused.Status, refused.ErrorCode, refused.FailedTransactionActionIndex));
        Assert.Equal(["there"], await Table.QueryAsync<TableEntity>(cancellationToken: Token).Select(row => row.RowKey).ToListAsync(Token));
    }

    [Fact]
    public async Task A_stale_ETag_fails_a_transaction()
    {
        var stale = (await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 }, Token)).Headers.ETag!.Value;
        await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 2 }, TableUpdateMode.Replace, Token);
        var refused = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Table.SubmitTransactionAsync(
            [
                Act(TableTransactionActionType.Add, new TableEntity("p", "new")),
                Act(TableTransactionActionType.UpdateMerge, new TableEntity("p", "r") { ["A"] = 3 }, stale),
            ],
            Token));
        Assert.Equal((412, "UpdateConditionNotSatisfied", 1), (refused.Status, refused.ErrorCode, refused.FailedTransactionActionIndex));
        Assert.Equal(2, (await Table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Token)).Value.GetInt32("A"));
    }

    [Fact]
    public async Task An_update_of_what_is_not_there_fails_a_transaction()
    {
        var refused = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Table.SubmitTransactionAsync(
            [Act(TableTransactionActionType.UpdateReplace, new TableEntity("p", "missing"), ETag.All)], Token));
        Assert.Equal((404, "ResourceNotFound", 0), (refused.Status, refused.ErrorCode, refused.FailedTransactionActionIndex));
    }

    [Fact]
    public async Task An_update_action_without_an_ETag_is_an_upsert()
    {
        await Table.SubmitTransactionAsync(
            [Act(TableTransactionActionType.UpdateReplace, new TableEntity("p", "new") { ["A"] = 1 })], Token);
        Assert.Equal(1, (await Table.GetEntityAsync<TableEntity>("p", "new", cancellationToken: Token)).Value.GetInt32("A"));
    }

    [Fact]
    public async Task An_entity_appears_only_once_in_a_transaction()
    {
        var refused = await Assert.ThrowsAnyAsync<RequestFailedException>(() => Table.SubmitTransactionAsync(
            [
                Act(TableTransactionActionType.Add, new TableEntity("p", "r")),
                Act(TableTransactionActionType.UpsertMerge, new TableEntity("p", "r")),
            ],
            Token));
        Assert.Equal((400, "InvalidDuplicateRow"), (refused.Status, refused.ErrorCode));
        Assert.Empty(await Table.QueryAsync<TableEntity>(cancellationToken: Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_transaction_has_1_to_100_actions()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Table.SubmitTransactionAsync([], Token));
        var most = await Table.SubmitTransactionAsync(
            Enumerable.Range(0, 100).Select(row => Act(TableTransactionActionType.Add, new TableEntity("p", $"{row:D3}"))), Token);
        Assert.Equal(100, most.Value.Count);
        Assert.Equal(100, await Table.QueryAsync<TableEntity>(cancellationToken: Token).CountAsync(Token));
    }
}
