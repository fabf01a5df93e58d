namespace LocalAzure.ServiceBus;

/// <summary>Lets others wait until something has changed, without asking again and again.</summary>
internal sealed class Signal
{
    private TaskCompletionSource? waiting;

    public event Action? Raised;

    /// <summary>Completes at the next <see cref="Raise"/>. Take it before looking, then look, then await it.</summary>
    public Task Next()
    {
        var present = Volatile.Read(ref waiting);
        if (present is not null) return present.Task;
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref waiting, mine, null) ?? mine).Task;
    }

    public void Raise()
    {
        Interlocked.Exchange(ref waiting, null)?.TrySetResult();
        Raised?.Invoke();
    }
}

/// <summary>One timer for whatever is due first, in milliseconds as its owner counts them.</summary>
internal sealed class Alarm : IDisposable
{
    private readonly Func<long> now;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private long due = long.MaxValue;

    public Alarm(TimeProvider time, Action ring, Func<long> now)
    {
        this.now = now;
        timer = time.CreateTimer(
            _ =>
            {
                lock (gate) due = long.MaxValue;

                // Not here: a clock that is moved by hand rings while somebody holds the broker's lock.
                ThreadPool.UnsafeQueueUserWorkItem(static ring => ring(), ring, preferLocal: false);
            },
            state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Rings at this instant (milliseconds since 1970) unless it rings earlier anyway.</summary>
    public void Set(long instant)
    {
        lock (gate)
        {
            if (instant >= due) return;
            due = instant;
            var wait = Math.Clamp(instant - now(), 0, int.MaxValue - 1);
            timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            due = long.MaxValue;
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => timer.Dispose();
}
