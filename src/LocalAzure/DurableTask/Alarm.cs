namespace LocalAzure.DurableTask;

/// <summary>One timer for the whole engine, set to the earliest instant at which anything is due.</summary>
internal sealed class Alarm : IDisposable
{
    // The system's timers can't be set further ahead than 49 days; ringing early does no harm.
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(40);

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly Action ring;
    private readonly ITimer timer;
    private DateTimeOffset? armed;
    private bool disposed;

    /// <param name="time">The clock.</param>
    /// <param name="ring">Called when the instant has come, on the clock's thread: it must be quick.</param>
    public Alarm(TimeProvider time, Action ring)
    {
        this.time = time;
        this.ring = ring;
        timer = time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Rings at that instant, or earlier if it is set earlier already; at once if the instant has passed.</summary>
    public void RingBy(DateTimeOffset due)
    {
        lock (gate)
        {
            if (disposed || armed <= due) return;
            var wait = due - time.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                armed = due;
                // Rounded up, because a timer that fires a fraction early would find nothing due and ring again.
                timer.Change(
                    wait > Furthest ? Furthest : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
                return;
            }
        }

        ring();
    }

    public void Dispose()
    {
        lock (gate) disposed = true;
        timer.Dispose();
    }

    private void OnTimer()
    {
        lock (gate)
        {
            armed = null;
            if (disposed) return;
        }

        ring();
    }
}
