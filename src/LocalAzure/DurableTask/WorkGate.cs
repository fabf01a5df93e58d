using System.Collections.Concurrent;

namespace LocalAzure.DurableTask;

/// <summary>Runs work on the thread pool, so many at once, the others in their order behind them.</summary>
internal sealed class WorkGate(int width)
{
    private readonly ConcurrentQueue<Func<Task>> waiting = new();
    private readonly ConcurrentQueue<Func<Task>> followUps = new();
    private int running;
    private Shortening? awaited;

    /// <summary>Takes in work that doesn't throw. What follows from other work comes after all that doesn't.</summary>
    public void Add(Func<Task> work, bool isFollowUp = false)
    {
        (isFollowUp ? followUps : waiting).Enqueue(work);
        Widen();
    }

    /// <summary>Completes once no more than so many wait for their turn, follow-ups aside. One caller at a time may ask.</summary>
    public Task WhenAtMostAsync(int waitingStill)
    {
        var asked = new Shortening(waitingStill);
        // With a fence: either the look below sees what is taken out meanwhile, or whoever takes it out sees who asks.
        Interlocked.Exchange(ref awaited, asked);
        TellOfLength();
        return asked.Task;
    }

    private void TellOfLength()
    {
        if (Volatile.Read(ref awaited) is not { } asked || waiting.Count > asked.Most) return;
        // Somebody may have asked anew by now.
        Interlocked.CompareExchange(ref awaited, null, asked);
        asked.TrySetResult();
    }

    private void Widen()
    {
        for (var now = Volatile.Read(ref running); now < width && !(waiting.IsEmpty && followUps.IsEmpty); now = Volatile.Read(ref running))
        {
            if (Interlocked.CompareExchange(ref running, now + 1, now) != now) continue;
            ThreadPool.UnsafeQueueUserWorkItem(static gate => _ = gate.WorkOffAsync(), this, preferLocal: false);
            return;
        }
    }

    private async Task WorkOffAsync()
    {
        while (waiting.TryDequeue(out var work) || followUps.TryDequeue(out work))
        {
            TellOfLength();
            await work();
        }

        Interlocked.Decrement(ref running);
        // Something may have come in between the last look and the step aside.
        Widen();
    }

    private sealed class Shortening(int most) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public int Most => most;
    }
}
