using System.Collections.Concurrent;

namespace LocalAzure.Storage;

/// <summary>
/// Connections that only read, each used by one thread at a time. A few wait for their next turn with what they hold in memory; more come
/// and go with a rush of readers, which leaves nothing behind.
/// </summary>
internal sealed class ReaderPool(string path) : IDisposable
{
    // With fewer, a sweep took a twelfth more of the processor, and nothing was saved: what the process holds is mostly its programs.
    private static readonly int MostKept = Math.Max(16, Environment.ProcessorCount);

    private readonly ConcurrentBag<Connection> kept = [];
    private int count;
    private volatile bool closing;

    /// <summary>One that waits, or a new one.</summary>
    public Connection Take()
    {
        if (kept.TryTake(out var waiting))
        {
            Interlocked.Decrement(ref count);
            return waiting;
        }

        var reader = new Connection(path, readOnly: true);
        reader.Execute("PRAGMA cache_size = -4096; PRAGMA query_only = ON;");
        return reader;
    }

    /// <summary>Takes one back for the next reader.</summary>
    public void Return(Connection reader)
    {
        if (Interlocked.Increment(ref count) <= MostKept && !closing)
        {
            kept.Add(reader);
            return;
        }

        Interlocked.Decrement(ref count);
        reader.Dispose();
    }

    /// <summary>Closes those that wait; whoever reads still closes their own.</summary>
    public void Dispose()
    {
        closing = true;
        while (kept.TryTake(out var reader)) reader.Dispose();
    }
}
