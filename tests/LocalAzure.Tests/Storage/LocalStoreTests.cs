using LocalAzure.Storage;

namespace LocalAzure.Tests.Storage;

/// <summary>The one file: groups of writes, a write that fails among them, crashes, a second opener.</summary>
public sealed class LocalStoreTests : IDisposable
{
    // SQLite's word for it.
    private const int Full = 13;

    private readonly string folder = Path.Combine(Path.GetTempPath(), "store-" + Guid.NewGuid().ToString("N"));

    private string File => Path.Combine(folder, "local.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Writes_that_wait_together_are_committed_together()
    {
        await using var store = Open();
        using var hold = new ManualResetEventSlim();
        var commits = store.Commits;
        var first = store.WriteAsync(_ => hold.Wait(TimeSpan.FromSeconds(30)));
        var rest = Enumerable.Range(0, 500).Select(i => InsertAsync(store, i)).ToList();
        hold.Set();
        await Task.WhenAll([first, .. rest]);
        Assert.Equal(500, Count(store));
        Assert.InRange(store.Commits - commits, 1, 2);
    }

    [Fact]
    public async Task A_write_that_throws_is_rolled_back_alone()
    {
        await using var store = Open();
        using var hold = new ManualResetEventSlim();
        var held = store.WriteAsync(_ => hold.Wait(TimeSpan.FromSeconds(30)));
        var before = InsertAsync(store, 1);
        var broken = store.WriteAsync(connection =>
        {
            connection.Prepare("INSERT INTO t (id) VALUES (?)").Bind(1, 2L).Run();
            throw new InvalidDataException("changed my mind");
        });
        var after = InsertAsync(store, 3);
        hold.Set();
        await Task.WhenAll(held, before, after);
        Assert.Equal("changed my mind", (await Assert.ThrowsAsync<InvalidDataException>(() => broken)).Message);
        Assert.Equal([1L, 3L], Ids(store));
    }

    [Fact]
    public async Task Work_of_one_statement_that_throws_fails_alone_and_leaves_its_neighbours_be()
    {
        await using var store = Open();
        var takenBack = 0;
        store.TakenBack += () => takenBack++;
        using var hold = new ManualResetEventSlim();
        var held = store.WriteAsync(_ => hold.Wait(TimeSpan.FromSeconds(30)));
        var before = InsertOneAsync(1);
        var again = InsertOneAsync(1);
        var refused = store.WriteOneAsync<int>(_ => throw new InvalidDataException("changed my mind"));
        var after = InsertOneAsync(3);
        hold.Set();
        await Task.WhenAll(held, before, after);
        Assert.Equal(1, await after);
        Assert.Equal("changed my mind", (await Assert.ThrowsAsync<InvalidDataException>(() => refused)).Message);
        await Assert.ThrowsAsync<StorageException>(() => again);
        Assert.Equal([1L, 3L], Ids(store));
        Assert.Equal(2, takenBack);

        Task<int> InsertOneAsync(long id) => store.WriteOneAsync(
            connection => connection.Prepare("INSERT INTO t (id) VALUES (?)").Bind(1, id).Run());
    }

    [Fact]
    public async Task On_a_full_disk_what_was_written_before_in_the_group_is_refused_as_well_and_told_why()
    {
        await using var store = Open();
        store.Define("CREATE TABLE wide (body BLOB)");
        await store.WriteAsync(connection => connection.Execute("PRAGMA max_page_count = 1"));
        using var hold = new ManualResetEventSlim();
        var held = store.WriteAsync(_ => hold.Wait(TimeSpan.FromSeconds(30)));
        var before = InsertAsync(store, 1);
        var wide = store.WriteAsync(connection => connection.Execute("INSERT INTO wide (body) VALUES (zeroblob(500000))"));
        var after = InsertAsync(store, 2);
        hold.Set();
        foreach (var refused in new[] { held, before, wide })
            Assert.Equal(Full, (await Assert.ThrowsAsync<StorageException>(() => refused)).Code);
        await after;
        Assert.Equal([2L], Ids(store));

        await store.WriteAsync(connection => connection.Execute("PRAGMA max_page_count = 1000000"));
        await InsertAsync(store, 3);
        Assert.Equal([2L, 3L], Ids(store));
    }

    [Fact]
    public async Task What_was_acknowledged_survives_a_crash_and_what_waited_is_refused()
    {
        var store = Open();
        await InsertAsync(store, 1);
        store.BeforeCommit = broken => broken.Break();
        await Assert.ThrowsAsync<StorageException>(() => InsertAsync(store, 2));
        await Assert.ThrowsAsync<StorageException>(() => InsertAsync(store, 3));
        await store.CrashAsync();
        await using var again = Open();
        Assert.Equal([1L], Ids(again));
    }

    [Fact]
    public async Task A_second_opener_is_refused_until_the_first_is_gone()
    {
        var store = Open();
        var refused = Assert.Throws<StorageException>(() => LocalStore.Open(File));
        Assert.Contains("Another process holds the store", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId} since 20", refused.Message, StringComparison.Ordinal);
        await store.DisposeAsync();
        await using var next = Open();
        Assert.Equal(0, Count(next));
    }

    [Fact]
    public void What_a_process_that_has_gone_wrote_of_itself_keeps_nobody_out()
    {
        Directory.CreateDirectory(folder);
        System.IO.File.WriteAllText(File + ".lock", "");
        System.IO.File.WriteAllText(File + ".holder", "process 1 since 2026-01-01 00:00 UTC");
        using (var owned = Ownership.TryTake(File, out _))
        {
            Assert.NotNull(owned);
            Assert.Null(Ownership.TryTake(File, out var holder));
            Assert.StartsWith($"process {Environment.ProcessId} since", holder, StringComparison.Ordinal);
        }

        using var again = Ownership.TryTake(File, out _);
        Assert.NotNull(again);
    }

    [Fact]
    public async Task A_reader_sees_a_snapshot_and_never_waits_for_the_writer()
    {
        await using var store = Open();
        await InsertAsync(store, 1);
        using var hold = new ManualResetEventSlim();
        using var inside = new ManualResetEventSlim();
        var write = store.WriteAsync(connection =>
        {
            connection.Prepare("INSERT INTO t (id) VALUES (?)").Bind(1, 2L).Run();
            inside.Set();
            hold.Wait(TimeSpan.FromSeconds(30));
        });
        Assert.True(inside.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), "The write did not begin within 30 s.");
        Assert.Equal([1L], Ids(store));
        hold.Set();
        await write;
        Assert.Equal([1L, 2L], Ids(store));
    }

    [Fact]
    public async Task A_closed_store_refuses_writes_and_reads()
    {
        var store = Open();
        await store.DisposeAsync();
        await Assert.ThrowsAsync<StorageException>(() => InsertAsync(store, 1));
        Assert.Throws<ObjectDisposedException>(() => Count(store));
    }

    private static Task<int> InsertAsync(LocalStore store, long id) =>
        store.WriteAsync(connection => connection.Prepare("INSERT INTO t (id) VALUES (?)").Bind(1, id).Run());

    private static int Count(LocalStore store) => Ids(store).Count;

    private static List<long> Ids(LocalStore store) => store.Read(connection =>
    {
        using var rows = connection.Prepare("SELECT id FROM t ORDER BY id");
        var ids = new List<long>();
        while (rows.Step()) ids.Add(rows.GetInt64(0));
        return ids;
    });

    private LocalStore Open()
    {
        var store = LocalStore.Open(File, Durability.Process);
        store.Define("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY)");
        return store;
    }
}
