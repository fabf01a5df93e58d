namespace LocalAzure.Storage;

/// <summary>
/// Brings what the log holds into the file, so that the log begins anew. SQLite would do it within the commit that makes the log too long,
/// and everybody would wait meanwhile. Here a thread of its own does nearly all of it beside the commits, and the writer only what
/// has come since. A log that is left long, because somebody reads for long, is tried again at each commit.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class Checkpoints(string path) : IDisposable
{
    // The thread goes over the log again for what has come meanwhile, until the writer has little left to do.
    private const int Little = 2_000;
    private const int MostPasses = 5;

    private Thread? mover;
    private int log;
    private volatile State state;

    private enum State
    {
        /// <summary>The log is short enough.</summary>
        Filling,

        /// <summary>The thread is at work.</summary>
        Moving,

        /// <summary>The writer does the rest, until the log has begun anew.</summary>
        Finishing,
    }

    /// <summary>
    /// How long the log may grow before it is brought into the file, pages of 4 kB. Each page is written to the file once, however often
    /// the log holds it: with a log of a quarter of this, a fifth fewer offers were recorded.
    /// </summary>
    internal int LongLog { get; set; } = 24_000;

    /// <summary>How long the log is, pages.</summary>
    internal int Log => Volatile.Read(ref log);

    /// <summary>Called on the writer's thread after each commit.</summary>
    public void AfterCommit(Connection writer)
    {
        log += writer.TakePagesWritten();
        if (state == State.Filling && log >= LongLog)
        {
            state = State.Moving;
            mover = new Thread(Move) { IsBackground = true, Name = "LocalAzure checkpoint" };
            mover.Start();
        }
        else if (state == State.Finishing)
        {
            var (now, _) = writer.Checkpoint();
            if (now >= 0) log = now;
            if (log < LongLog) state = State.Filling;
        }
    }

    /// <summary>Waits until the thread has ended. The writer has ended before.</summary>
    public void Dispose() => mover?.Join();

    private void Move()
    {
        try
        {
            using var connection = new Connection(path, readOnly: false);
            connection.Execute("PRAGMA synchronous = FULL");
            for (var (pass, moved) = (0, 0); pass < MostPasses; pass++)
            {
                var before = moved;
                (_, moved) = connection.Checkpoint();
                if (moved - before < Little) break;
            }
        }
        catch (StorageException)
        {
            // The writer will meet the same, and says so where it matters: at a commit.
        }
        finally
        {
            state = State.Finishing;
        }
    }
}
