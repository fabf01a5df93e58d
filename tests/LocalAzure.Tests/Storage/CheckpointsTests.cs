using LocalAzure.Storage;

namespace LocalAzure.Tests.Storage;

/// <summary>The log is brought into the file beside the commits, and begins anew.</summary>
public sealed class CheckpointsTests : IDisposable
{
    private const int LongLog = 100;

    private readonly string folder = Path.Combine(Path.GetTempPath(), "store-" + Guid.NewGuid().ToString("N"));
    private long last;

    private string File => Path.Combine(folder, "local.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_log_that_is_long_begins_anew_and_the_file_has_what_it_held()
    {
        var store = Open();
        for (var round = 0; round < 5; round++) await WriteUntilItBeginsAnewAsync(store);
        await store.CrashAsync();
        await using var again = LocalStore.Open(File, Durability.Process);
        Assert.Equal(last, Count(again));
    }

    [Fact]
    public void Sqlite_is_one_whose_log_may_begin_anew_while_another_connection_brings_it_in()
    {
        SQLitePCL.Batteries_V2.Init();
        Assert.True(SQLitePCL.raw.sqlite3_libversion_number() >= 3_051_003);
    }

    [Fact]
    public async Task What_one_that_was_killed_has_left_counts()
    {
        var store = Open();
        store.Checkpoints.LongLog = int.MaxValue;
        while (store.Checkpoints.Log < 2 * LongLog) await WriteAsync(store);
        // As a kill would leave it: the closing of the last connection would bring it in.
        var left = Path.Combine(folder, "left");
        Directory.CreateDirectory(left);
        foreach (var name in new[] { "local.db", "local.db-wal" })
            System.IO.File.Copy(Path.Combine(folder, name), Path.Combine(left, name));
        await store.CrashAsync();
        await using var again = LocalStore.Open(Path.Combine(left, "local.db"), Durability.Process);
        Assert.True(again.Checkpoints.Log >= 2 * LongLog);
        again.Checkpoints.LongLog = LongLog;
        while (again.Checkpoints.Log >= LongLog) await WriteAsync(again);
        Assert.Equal(last, Count(again));
    }

    [Fact]
    public async Task Many_write_and_read_meanwhile_and_each_finds_what_is_there()
    {
        await using (var store = Open())
        {
            await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(
                async () =>
                {
                    for (var i = 0; i < 100; i++)
                    {
                        var id = await WriteAsync(store);
                        Assert.True(Has(store, id));
                    }
                },
                Cancellation)));
            await WriteUntilItBeginsAnewAsync(store);
        }

        await using var again = LocalStore.Open(File, Durability.Process);
        Assert.Equal(last, Count(again));
    }

    [Fact]
    public async Task Somebody_who_reads_for_long_holds_up_nobody_and_the_log_begins_anew_once_they_are_done()
    {
        await using var store = Open();
        using var read = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        await WriteAsync(store);
        var seen = Task.Run(
            () => store.Read(connection =>
            {
                var before = Count(connection);
                begun.Set();
                read.Wait(Cancellation);
                return (before, Count(connection));
            }),
            Cancellation);
        begun.Wait(Cancellation);
        for (var i = 0; i < 3 * LongLog; i++) await WriteAsync(store);
        Assert.True(store.Checkpoints.Log > LongLog);
        read.Set();
        Assert.Equal((1, 1), await seen);
        await WriteUntilItBeginsAnewAsync(store);
    }

    private LocalStore Open()
    {
        var store = LocalStore.Open(File, Durability.Process);
        store.Checkpoints.LongLog = LongLog;
        store.Define("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, body BLOB)");
        return store;
    }

    private async Task WriteUntilItBeginsAnewAsync(LocalStore store)
    {
        while (store.Checkpoints.Log < LongLog) await WriteAsync(store);
        while (store.Checkpoints.Log >= LongLog) await WriteAsync(store);
    }

    private Task<long> WriteAsync(LocalStore store)
    {
        var id = Interlocked.Increment(ref last);
        return store.WriteAsync(connection =>
        {
            connection.Prepare("INSERT INTO t (id, body) VALUES (?, ?)").Bind(1, id).Bind(2, new byte[3_000].AsSpan()).Run();
            return id;
        });
    }

    private static bool Has(LocalStore store, long id) => store.Read(connection =>
    {
        using var row = connection.Prepare("SELECT 1 FROM t WHERE id = ?").Bind(1, id);
        return row.Step();
    });

    private static long Count(LocalStore store) => store.Read(Count);

    private static long Count(Connection connection)
    {
        using var row = connection.Prepare("SELECT count(*) FROM t");
        row.Step();
        return row.GetInt64(0);
    }
}
