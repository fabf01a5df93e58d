namespace LocalAzure.Storage;

/// <summary>
/// Brings what the log holds into the file, so that the log begins anew. SQLite would do it within the commit that makes the log too long,
/// and everybody would wait meanwhile. Here a thread of its own does nearly all of it beside the commits, and the writer only the last of
/// it. Where somebody who reads for long stands in the way, the thread comes back from time to time.
/// </summary>
/// <remarks>
/// While one connection brings the log in and another commits, the log may begin anew. Before 3.51.3 SQLite could lose pages by that
/// (https://sqlite.org/wal.html); a test holds that ours is later.
/// </remarks>
internal sealed class Checkpoints : IDisposable
{
    // The thread goes over the log again for what has come meanwhile, until the writer has little left to do.
    private const int Little = 2_000;
    private const int MostPasses = 5;

    // A frame of the log: a page and its header.
    private const int FrameBytes = 4096 + 24;

    private readonly string path;
    private Thread? mover;
    private volatile bool isMoving;
    private (int Log, int Moved, int Counted)? came;
    private bool isCaughtUp;
    private int log;
    private int sinceMove = int.MaxValue / 2;

    /// <param name="path">The file. What a killed process has left beside it counts from the start.</param>
    public Checkpoints(string path)
    {
        this.path = path;
        var left = new FileInfo(path + Integrity.LatestWrites);
        log = left.Exists ? (int)(left.Length / FrameBytes) : 0;
    }

    /// <summary>
    /// How long the log may grow before it is brought into the file, pages of 4 kB. Each page is written to the file once, however often
    /// the log holds it: a longer log is written less often (docs/decisions/0056-what-the-local-process-spends-its-time-on.md).
    /// </summary>
    internal int LongLog { get; set; } = 24_000;

    /// <summary>How long the log is, pages.</summary>
    internal int Log => Volatile.Read(ref log);

    /// <summary>Called on the writer's thread after each commit.</summary>
    public void AfterCommit(Connection writer)
    {
        var written = writer.TakePagesWritten();
        Volatile.Write(ref log, log + written);
        sinceMove += written;
        if (isMoving) return;
        if (came is { } seen)
        {
            // What was counted since the thread looked last has come behind what it saw.
            Volatile.Write(ref log, Math.Max(0, seen.Log + log - seen.Counted));
            (isCaughtUp, came) = (seen.Moved == seen.Log, null);
        }

        if (log < LongLog) return;
        if (isCaughtUp) Finish(writer);
        else if (sinceMove >= LongLog / 4) Begin();
    }

    /// <summary>Waits until the thread has ended. The writer has ended before.</summary>
    public void Dispose() => mover?.Join();

    // At each commit until the log has begun anew, which it does with the first that comes while nobody reads what it holds.
    private void Finish(Connection writer)
    {
        var (now, moved) = writer.Checkpoint();
        if (now < 0) return;
        Volatile.Write(ref log, now);
        // Somebody stands in the way, and by the time that they don't there may be much to do.
        if (now - moved > Little) isCaughtUp = false;
        // It has begun anew: the next long log is moved at once.
        if (log < LongLog) (isCaughtUp, sinceMove) = (false, int.MaxValue / 2);
    }

    private void Begin()
    {
        (isMoving, sinceMove) = (true, 0);
        mover = new Thread(Move) { IsBackground = true, Name = "LocalAzure checkpoint" };
        mover.Start();
    }

    private void Move()
    {
        try
        {
            using var connection = new Connection(path, readOnly: false);
            // It opens the log as well: without it there would be nothing to bring in.
            connection.Execute("PRAGMA synchronous = FULL");
            for (var (pass, moved) = (0, 0); pass < MostPasses; pass++)
            {
                var before = moved;
                var counted = Log;
                (var pages, moved) = connection.Checkpoint();
                if (pages < 0) break;
                came = (pages, moved, counted);
                if (moved - before < Little) break;
            }
        }
        catch (StorageException)
        {
            // The writer will meet the same, and says so where it matters: at a commit.
        }
        finally
        {
            isMoving = false;
        }
    }
}
