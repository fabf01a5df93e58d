using LocalAzure.Storage;

namespace LocalAzure.Time;

/// <summary>
/// The clock of this process: real time; or time that begins elsewhere, runs faster, and can be advanced. Virtual time never
/// goes back, neither while it runs nor over a restart: the store keeps how far it came. (But for one case: the machine's own clock
/// had run ahead by more than an hour, and was corrected.) Timers fire by virtual time.
/// </summary>
/// <remarks>
/// At speed 1 time passes also while the process is stopped. At any other speed it stands still meanwhile, for a night at
/// 30240 would be half a millennium.
/// </remarks>
public sealed class LocalClock : TimeProvider, IDisposable
{
    // How often (real time) a clock that runs faster writes how far it came.
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FarAhead = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly HashSet<ScaledTimer> timers = [];
    private readonly ClockAnchor anchor;
    private readonly TimeProvider real;
    private readonly ITimer? saver;
    private readonly long realOrigin;
    private DateTimeOffset virtualOrigin;

    /// <summary>Continues the store's time, or begins where the options say.</summary>
    /// <param name="store">Keeps how far time came.</param>
    /// <param name="real">The time that this one is made from.</param>
    /// <param name="options">Start and speed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The speed isn't above zero.</exception>
    public LocalClock(LocalStore store, TimeProvider real, LocalClockOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Speed, nameof(options));
        this.real = real;
        Speed = options.Speed;
        anchor = new ClockAnchor(store);
        realOrigin = real.GetTimestamp();
        var now = real.GetUtcNow();
        var known = anchor.Read();
        virtualOrigin = known is null ? options.Start ?? now
            : Runs1To1 && known.Speed == 1 ? known.Virtual + Passed(known.Real, now)
            : known.Virtual;
        if (known is null && options.Start is null && Runs1To1) return;
        Save(ahead: !Runs1To1);
        if (!Runs1To1) saver = real.CreateTimer(_ => Save(ahead: true), null, SaveEvery, SaveEvery);
    }

    /// <summary>Virtual seconds in a real one.</summary>
    public double Speed { get; }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => real.LocalTimeZone;

    private bool Runs1To1 => Speed == 1;

    /// <summary>
    /// The clock on the wall beneath a clock: for what people and Microsoft's clients hold in their hands while virtual time runs or is
    /// moved on, such as tokens and locks. A clock that isn't this one is its owner's, who moves everything by it.
    /// </summary>
    public static TimeProvider WallOf(TimeProvider time) => time is LocalClock local ? local.real : time;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return virtualOrigin + (real.GetElapsedTime(realOrigin) * Speed);
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>
    /// Moves time on at once; timers that fall due on the way fire. The task completes when the new time would outlast a crash.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It would go back.</exception>
    public Task AdvanceAsync(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        ScaledTimer[] waiting;
        Task saved;
        lock (gate)
        {
            // The store is told first: nothing that is stamped with the new time can be on disk without it.
            saved = SaveAsync(ahead: !Runs1To1, by);
            virtualOrigin += by;
            waiting = [.. timers];
        }

        foreach (var timer in waiting) timer.Rearm();
        return saved;
    }

    /// <summary><see cref="AdvanceAsync"/> for whoever needn't know when the new time is on disk.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It would go back.</exception>
    public void Advance(TimeSpan by) => _ = AdvanceAsync(by);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ScaledTimer(this, real, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Writes how far time came.</summary>
    public void Dispose()
    {
        if (saver is null) return;
        saver.Dispose();
        Save(ahead: false);
    }

    internal void Remember(ScaledTimer timer)
    {
        lock (gate) timers.Add(timer);
    }

    internal void Forget(ScaledTimer timer)
    {
        lock (gate) timers.Remove(timer);
    }

    // A machine's clock that is set a little back lets time stand still; one that ran far ahead and was corrected takes it back with it,
    // or this clock would stay ahead for ever.
    private static TimeSpan Passed(DateTimeOffset from, DateTimeOffset to) =>
        to >= from || from - to > FarAhead ? to - from : TimeSpan.Zero;

    // A clock that runs faster writes where it will be by the next time it writes: after a crash it goes on from there.
    // A store that is closing has the last state that counts already.
    private void Save(bool ahead) => _ = SaveAsync(ahead, TimeSpan.Zero);

    private Task SaveAsync(bool ahead, TimeSpan further) =>
        anchor.WriteAsync(GetUtcNow() + further + (ahead ? 2 * SaveEvery * Speed : TimeSpan.Zero), real.GetUtcNow(), Speed);
}
