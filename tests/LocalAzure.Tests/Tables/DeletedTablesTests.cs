using Azure;
using Azure.Data.Tables;
using LocalAzure.Storage;
using LocalAzure.Tables;

namespace LocalAzure.Tests.Tables;

/// <summary>Tables that are deleted and made again while others read and write them, and know them by heart.</summary>
public sealed class DeletedTablesTests : IAsyncLifetime
{
    private const string Name = "Again";
    private const int Deletions = 60;

    private readonly string folder = Path.Combine(Path.GetTempPath(), "deleted-tables-" + Guid.NewGuid().ToString("N"));
    private LocalStore store = null!;
    private LocalTableServiceClient service = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        store = LocalStore.Open(Path.Combine(folder, "local.db"), Durability.Process);
        service = new LocalTableServiceClient(store, TimeProvider.System);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Once_a_table_is_gone_it_takes_nothing_in_and_shows_nothing()
    {
        var table = service.GetTableClient(Name);
        await table.CreateAsync(Cancellation);
        await table.AddEntityAsync(new TableEntity("p", "1"), Cancellation);
        Assert.True((await table.GetEntityIfExistsAsync<TableEntity>("p", "1", cancellationToken: Cancellation)).HasValue);
        await table.DeleteAsync(Cancellation);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.AddEntityAsync(new TableEntity("p", "2"), Cancellation));
        Assert.Equal("TableNotFound", refused.ErrorCode);
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "1", cancellationToken: Cancellation)).HasValue);
        await table.CreateAsync(Cancellation);
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "1", cancellationToken: Cancellation)).HasValue);
        await table.AddEntityAsync(new TableEntity("p", "3"), Cancellation);
        Assert.Equal(["3"], service.GetTableClient(Name.ToUpperInvariant()).Query<TableEntity>(cancellationToken: Cancellation)
            .Select(entity => entity.RowKey));
    }

    [Fact]
    public async Task However_deletions_and_writes_meet_no_row_is_left_of_a_table_that_is_gone()
    {
        var table = service.GetTableClient(Name);
        using var done = new CancellationTokenSource();
        var written = 0;
        var busy = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var row = 0; !done.IsCancellationRequested; row++)
            {
                try
                {
                    await table.AddEntityAsync(new TableEntity($"{writer}", $"{row}"), Cancellation);
                    Interlocked.Increment(ref written);
                    await table.GetEntityIfExistsAsync<TableEntity>($"{writer}", $"{row}", cancellationToken: Cancellation);
                }
                catch (RequestFailedException gone) when (gone.ErrorCode == "TableNotFound")
                {
                    // It was, when this came.
                }
            }
        }, Cancellation)).ToList();
        for (var deletion = 0; deletion < Deletions; deletion++)
        {
            var before = Volatile.Read(ref written);
            await table.CreateIfNotExistsAsync(Cancellation);
            while (Volatile.Read(ref written) < before + 4) await Task.Yield();
            await table.DeleteAsync(Cancellation);
        }

        await done.CancelAsync();
        await Task.WhenAll(busy);
        Assert.True(written >= Deletions * 4);
        Assert.Equal(0, store.Read(connection =>
        {
            using var count = connection.Prepare("SELECT COUNT(*) FROM entity WHERE tbl NOT IN (SELECT id FROM table_name)");
            return count.Step() ? count.GetInt64(0) : -1;
        }));
    }
}
