using System.Collections.Concurrent;

namespace LocalAzure.DurableTask;

/// <summary>Runs work on the thread pool, so many at once, the others in their order behind them.</summary>
internal sealed class WorkGate(int width)
{
    private readonly ConcurrentQueue<Func<Task>> waiting = new();
    private int running;

    /// <summary>Takes in work that doesn't throw.</summary>
    public void Add(Func<Task> work)
    {
        waiting.Enqueue(work);
        Widen();
    }

    private void Widen()
    {
        for (var now = Volatile.Read(ref running); now < width && !waiting.IsEmpty; now = Volatile.Read(ref running))
        {
            if (Interlocked.CompareExchange(ref running, now + 1, now) != now) continue;
            ThreadPool.UnsafeQueueUserWorkItem(static gate => _ = gate.WorkOffAsync(), this, preferLocal: false);
            return;
        }
    }

    private async Task WorkOffAsync()
    {
        while (waiting.TryDequeue(out var work)) await work();
        Interlocked.Decrement(ref running);
        // Something may have come in between the last look and the step aside.
        Widen();
    }
}
