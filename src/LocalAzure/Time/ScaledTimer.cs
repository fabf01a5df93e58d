namespace LocalAzure.Time;

/// <summary>A timer by virtual time. A period is counted from when it was due, not from when it fired, so that it doesn't drift.</summary>
internal sealed class ScaledTimer : ITimer
{
    // System timers can't wait longer than 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly LocalClock clock;
    private readonly TimerCallback callback;
    private readonly object? state;
    private readonly ITimer inner;
    private DateTimeOffset? due;
    private TimeSpan period = Timeout.InfiniteTimeSpan;
    private bool disposed;

    public ScaledTimer(LocalClock clock, TimeProvider real, TimerCallback callback, object? state)
    {
        (this.clock, this.callback, this.state) = (clock, callback, state);
        inner = real.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            if (disposed) return false;
            this.period = period;
            due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.GetUtcNow() + dueTime;
            Arm();
        }

        return true;
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            due = null;
            Arm();
        }

        inner.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits again, because the clock has been moved.</summary>
    public void Rearm()
    {
        lock (gate) Arm();
    }

    private void Fire()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (due is null) return;
            if (due > now)
            {
                Arm();
                return;
            }

            due = period > TimeSpan.Zero ? due + (period * (1 + Math.Floor((now - due.Value) / period))) : null;
            Arm();
        }

        callback(state);
    }

    private void Arm()
    {
        if (due is not { } instant)
        {
            clock.Forget(this);
            if (!disposed) inner.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        clock.Remember(this);
        var wait = (instant - clock.GetUtcNow()) / clock.Speed;
        var milliseconds = Math.Clamp(Math.Ceiling(wait.TotalMilliseconds), 0, LongestWait.TotalMilliseconds);
        inner.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }
}
