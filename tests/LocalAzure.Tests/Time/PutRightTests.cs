using Azure;
using Azure.Data.Tables;
using LocalAzure.Storage;
using LocalAzure.Tables;
using LocalAzure.Time;
using Microsoft.Extensions.Time.Testing;

namespace LocalAzure.Tests.Time;

/// <summary>The machine's clock ran ahead and was put right: nothing of ours stays ahead for that.</summary>
public sealed class PutRightTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Right = new(2027, 2, 9, 8, 15, 0, TimeSpan.Zero);
    private readonly string folder = Path.Combine(Path.GetTempPath(), "localazure-put-right", Guid.NewGuid().ToString("N"));
    private readonly FakeTimeProvider real = new(Right.AddDays(220));
    private LocalStore store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        store = LocalStore.Open(Path.Combine(folder, "local.db"), Durability.Process);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData((220 * 24) - 2)]
    [InlineData(3)]
    public async Task A_clock_that_was_advanced_keeps_its_distance_to_the_machine_s(int hoursBack)
    {
        using (var clock = new LocalClock(store, real, new LocalClockOptions())) await clock.AdvanceAsync(TimeSpan.FromDays(26));
        // What it keeps is written at its start: twice, as a laptop is started again.
        using (new LocalClock(store, real, new LocalClockOptions())) await store.WriteAsync(_ => { });
        await store.DisposeAsync();
        real.AdjustTime(Right.AddDays(220).AddHours(-hoursBack));
        await InitializeAsync();
        using (var again = new LocalClock(store, real, new LocalClockOptions()))
            Assert.Equal(Right.AddDays(220).AddHours(-hoursBack).AddDays(26), again.GetUtcNow());
    }

    [Fact]
    public async Task A_machine_s_clock_that_is_set_a_little_back_lets_time_stand_still()
    {
        using (var clock = new LocalClock(store, real, new LocalClockOptions())) await clock.AdvanceAsync(TimeSpan.FromDays(2));
        await store.DisposeAsync();
        real.AdjustTime(Right.AddDays(220).AddMinutes(-40));
        await InitializeAsync();
        using var again = new LocalClock(store, real, new LocalClockOptions());
        Assert.Equal(Right.AddDays(222), again.GetUtcNow());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_row_s_Timestamp_is_of_now_and_no_version_is_given_twice(bool restart)
    {
        var ahead = await PutAsync();
        if (restart)
        {
            await store.CrashAsync();
            await InitializeAsync();
        }

        real.AdjustTime(Right);
        var tables = new LocalTableServiceClient(store, real).GetTableClient("Rows");
        var versions = new HashSet<ETag> { ahead.ETag };
        for (var i = 0; i < 50; i++)
        {
            await tables.UpsertEntityAsync(new TableEntity("p", "r"), TableUpdateMode.Replace, Cancellation);
            var row = (await tables.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).Value;
            Assert.True(versions.Add(row.ETag));
            Assert.InRange(row.Timestamp!.Value, Right, Right.AddSeconds(1));
        }
    }

    private async Task<TableEntity> PutAsync()
    {
        var tables = new LocalTableServiceClient(store, real).GetTableClient("Rows");
        await tables.CreateIfNotExistsAsync(Cancellation);
        await tables.AddEntityAsync(new TableEntity("p", "r"), Cancellation);
        return (await tables.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).Value;
    }
}
