using LocalAzure.Hosting;

namespace LocalAzure.Storage;

/// <summary>How a commit is made to last.</summary>
public enum Durability
{
    /// <summary>Each commit is flushed to the disk before it is acknowledged: what was answered survives power loss.</summary>
    Full,

    /// <summary>Commits survive the end of the process but not of the machine. For tests, where the machine stays up.</summary>
    Process,
}

/// <summary>
/// The one file that everything in this process is kept in: SQLite in WAL mode, one writer that commits in groups, any number
/// of readers. A write is acknowledged only after the commit that carries it; a crash at any instant loses nothing
/// acknowledged. A second process that opens the same file is refused, because two writers would fork every history in it; a
/// file that is found to be damaged is refused as well, before anything is written to it (<see cref="CleanEnd"/>: when it is read).
/// </summary>
public sealed partial class LocalStore : IAsyncDisposable
{
    // Enough to spread one flush over every write that waits, small enough that the first of them does not wait long.
    private const int LargestGroup = 1_000;

    private readonly Ownership ownership;
    private readonly Connection writer;
    private readonly Thread writerThread;
    private readonly WriteQueue<Work> queue = new();
    private readonly ReaderPool readers;
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<EncryptionAtRest> atRest;
    private volatile bool closing;
    private volatile bool crashed;
    private volatile bool readersMetDamage;

    private LocalStore(string path, Durability durability)
    {
        SQLitePCL.Batteries_V2.Init();
        (readers, Checkpoints) = (new ReaderPool(path), new Checkpoints(path));
        Folder = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!).FullName;
        atRest = new Lazy<EncryptionAtRest>(() => new EncryptionAtRest(LocalVault.Secret(Folder, "at-rest")));
        ownership = Ownership.Take(path);
        try
        {
            CleanEnd = CleanEnd.Check(path, TimeProvider.System.GetUtcNow());
            if (!File.Exists(path)) StoreFile.Begin(path, durability);
            writer = OpenWriter(path, durability);
        }
        catch
        {
            ownership.Dispose();
            throw;
        }

        writerThread = new Thread(WriteInGroups) { IsBackground = true, Name = "LocalAzure writer" };
        writerThread.Start();
    }

    /// <summary>Groups committed since the store was opened.</summary>
    public long Commits { get; private set; }

    /// <summary>Writes carried by those commits.</summary>
    public long Writes { get; private set; }

    /// <summary>Where the file lies, and beside it the vault.</summary>
    internal string Folder { get; }

    /// <summary>Seals what must not be read in a copy of the file.</summary>
    internal EncryptionAtRest EncryptionAtRest => atRest.Value;

    internal Checkpoints Checkpoints { get; }
    internal CleanEnd CleanEnd { get; }

    /// <summary>Whether the store takes no more work.</summary>
    public bool IsClosed => closing || crashed;

    /// <summary>
    /// Called on the writer's thread before and after each commit: tests break the store there, at a commit of their choice.
    /// </summary>
    internal Action<LocalStore>? BeforeCommit { get; set; }

    /// <inheritdoc cref="BeforeCommit"/>
    internal Action<LocalStore>? AfterCommit { get; set; }

    /// <summary>Raised on the writer's thread when something that was written was taken back, one write's or a whole group's.</summary>
    internal event Action? TakenBack;

    /// <summary>Opens the file, making it and its folder if they are not there.</summary>
    /// <exception cref="StorageException">Another process holds the file, or it is damaged, or can't be opened.</exception>
    public static LocalStore Open(string path, Durability durability = Durability.Full) => new(path, durability);

    /// <summary>Runs schema statements (<c>CREATE … IF NOT EXISTS</c>) and waits for them. Call it while starting.</summary>
    public void Define(string ddl) => WriteAsync(connection => connection.Execute(ddl)).GetAwaiter().GetResult();

    /// <summary>
    /// Runs <paramref name="work"/> on the writer's thread, in the order of the calls, and completes once it is committed.
    /// When it throws, what it wrote is rolled back alone and the exception comes back here; its neighbours in the group
    /// are not touched. The work must be quick and must not wait for anything.
    /// </summary>
    /// <exception cref="StorageException">The store is closed, or the commit failed.</exception>
    public Task<T> WriteAsync<T>(Func<Connection, T> work) => EnqueueAsync(new Work<T>(work, isOne: false));

    /// <summary>
    /// The same for work of one statement, or of several that do no harm without the last: where it throws, only the statement that failed
    /// is taken back, which SQLite does by itself. That spares it the copies by which the rest would be taken back.
    /// </summary>
    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task<T> WriteOneAsync<T>(Func<Connection, T> work) => EnqueueAsync(new Work<T>(work, isOne: true));

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Action<Connection> work) =>
        WriteAsync(connection =>
        {
            work(connection);
            return true;
        });

    /// <summary>Reads a snapshot: what was committed when the first statement ran. Never waits for the writer.</summary>
    public T Read<T>(Func<Connection, T> work)
    {
        ObjectDisposedException.ThrowIf(closing, this);
        var reader = readers.Take();
        var sound = false;
        try
        {
            reader.Prepare("BEGIN").Run();
            var result = work(reader);
            reader.Prepare("COMMIT").Run();
            sound = true;
            return result;
        }
        finally
        {
            // A reader left inside a transaction would pin an old snapshot for ever.
            if (sound) readers.Return(reader);
            else Discard(reader);
        }
    }

    /// <summary>Commits what was handed in, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (closing)
        {
            await stopped.Task;
            return;
        }

        closing = true;
        queue.Close();
        await stopped.Task;
        Checkpoints.Dispose();
        readers.Dispose();
        writer.Dispose();
        if (!crashed && !writer.HasMetDamage && !readersMetDamage) CleanEnd.Leave();
        ownership.Dispose();
    }

    /// <summary>
    /// Ends as a crash would: nothing that waits is committed any more, and whoever waits sees the connection break. For
    /// tests; a store opened afterwards on the same file finds what a killed process would have left.
    /// </summary>
    public async Task CrashAsync()
    {
        crashed = true;
        await DisposeAsync();
    }

    /// <summary>From now on nothing is committed or acknowledged any more, as if the process had been killed here.</summary>
    internal void Break() => crashed = true;

    private void Discard(Connection reader)
    {
        readersMetDamage |= reader.HasMetDamage;
        reader.Dispose();
    }

    private static Connection OpenWriter(string path, Durability durability)
    {
        var opened = new Connection(path, readOnly: false);
        try
        {
            // A commit that has split pages looks through the whole cache for what lies behind the file's end: a larger one makes each
            // commit slower, and 8 MB hold what a year's offers touch.
            opened.Execute($"""
                PRAGMA synchronous = {(durability == Durability.Full ? "FULL" : "NORMAL")};
                PRAGMA wal_autocheckpoint = 0;
                PRAGMA journal_size_limit = 134217728;
                PRAGMA cache_size = -8192;
                PRAGMA temp_store = MEMORY;
                PRAGMA foreign_keys = OFF;
                """);
            return opened;
        }
        catch (StorageException failure)
        {
            opened.Dispose();
            throw Integrity.Named(path, failure);
        }
    }

    private Task<T> EnqueueAsync<T>(Work<T> item)
    {
        if (!queue.TryAdd(item)) item.Fail(new StorageException("The store is closed."));
        return item.Task;
    }

    private void WriteInGroups()
    {
        var group = new List<Work>(LargestGroup);
        try
        {
            while (queue.WaitForNext(out var first))
            {
                group.Add(first);
                WriteGroup(group);
                group.Clear();
            }
        }
        finally
        {
            stopped.SetResult();
        }
    }

    private void WriteGroup(List<Work> group)
    {
        try
        {
            if (crashed) throw new StorageException("The store has crashed.");
            writer.Prepare("BEGIN IMMEDIATE").Run();
            group[0].RunOn(this);
            while (group.Count < LargestGroup && queue.TryTake(out var next))
            {
                group.Add(next);
                next.RunOn(this);
            }

            BeforeCommit?.Invoke(this);
            if (crashed) throw new StorageException("The store has crashed.");
            writer.Prepare("COMMIT").Run();
            AfterCommit?.Invoke(this);
            // Committed, and yet nobody hears of it: the other half of what a crash can do.
            if (crashed) throw new StorageException("The store has crashed.");
        }
        catch (StorageException failure)
        {
            foreach (var item in group) item.Fail(failure);
            TryRollBack();
            return;
        }

        Commits++;
        Writes += group.Count;
        foreach (var item in group) item.Acknowledge();
        Checkpoints.AfterCommit(writer);
    }

    private void TryRollBack()
    {
        TakenBack?.Invoke();
        try
        {
            writer.Execute("ROLLBACK");
        }
        catch (StorageException)
        {
            // SQLite has rolled back by itself (a full disk does that): there is nothing left to undo.
        }
    }
}
