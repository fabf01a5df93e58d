using LocalAzure.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalAzure.Functions;

/// <summary>Runs the timer functions, each one occurrence at a time.</summary>
internal sealed class TimerFunctions : IHostedService, ILocalPart, IDisposable
{
    private readonly List<TimerFunction> timers;

    public TimerFunctions(
        FunctionCatalogue catalogue,
        FunctionRunner runner,
        LocalStore store,
        TimeProvider time,
        IConfiguration configuration,
        ILogger<TimerFunctions> logger)
    {
        var zone = configuration["WEBSITE_TIME_ZONE"] is { Length: > 0 } name
            ? TimeZoneInfo.FindSystemTimeZoneById(name)
            : TimeZoneInfo.Utc;
        timers = [.. catalogue.Of(TriggerKind.TimerTrigger).Select(function =>
        {
            var trigger = (TimerTriggerAttribute)function.Trigger;
            var schedule = Schedule.Parse(function.Name, BindingExpression.Resolve(function.Name, trigger.Schedule, configuration), zone);
            return new TimerFunction(function, trigger, schedule, runner, new ScheduleMonitor(store, function.Name), time, logger);
        })];
        if (timers.Count > 0) ScheduleMonitor.Define(store);
    }

    public bool IsIdle => timers.TrueForAll(timer => timer.IsIdle);

    public DateTimeOffset? NextWakeUp => timers.Min(timer => timer.Next);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var timer in timers) await timer.StartAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(timers.Select(timer => timer.StopAsync())).WaitAsync(cancellationToken);

    /// <summary>Runs one now, after the run that is under way; completes when it has run.</summary>
    /// <exception cref="ArgumentException">There is no such timer function.</exception>
    public Task RunNowAsync(string function) =>
        (timers.Find(timer => timer.Name.Equals(function, StringComparison.OrdinalIgnoreCase)) ?? throw new ArgumentException(
            $"There is no timer function '{function}'.", nameof(function)))
            .RunNowAsync();

    /// <summary>Ends without waiting for what runs.</summary>
    public void Dispose() => timers.ForEach(timer => timer.Dispose());
}

/// <summary>Runs one timer function by its schedule.</summary>
internal sealed partial class TimerFunction(
    Function function,
    TimerTriggerAttribute trigger,
    Schedule schedule,
    FunctionRunner runner,
    ScheduleMonitor monitor,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    // System timers can't wait longer than 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private ITimer? timer;
    private DateTimeOffset? next;
    private Task running = Task.CompletedTask;
    private bool busy;
    private bool stopped;

    /// <summary>The next occurrence; null when there is none, or when this is stopped.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            lock (gate) return stopped ? null : next;
        }
    }

    public string Name => function.Name;

    public bool IsIdle
    {
        get
        {
            lock (gate) return !busy && (stopped || next is null || next > time.GetUtcNow());
        }
    }

    public async Task StartAsync()
    {
        var now = time.GetUtcNow();
        var status = trigger.UseMonitor ? monitor.Read() : null;

        // The occurrence that was next when the app stopped, if the schedule still has it, has been missed.
        var pastDue = status is not null && schedule.After(status.Last) is { } missed && missed <= now && status.Next <= now;
        var first = schedule.After(now);
        if (status is null) await SaveAsync(now, first);
        lock (gate)
        {
            next = first;
            timer = time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (pastDue || trigger.RunOnStartup) Begin(now, pastDue);
            else Arm(now);
        }
    }

    public async Task RunNowAsync()
    {
        for (var isMine = false; !isMine;)
        {
            Task run;
            lock (gate)
            {
                if (stopped) return;
                isMine = !busy;
                if (isMine) Begin(time.GetUtcNow(), pastDue: false);
                run = running;
            }

            await run;
        }
    }

    public async Task StopAsync()
    {
        Task last;
        lock (gate)
        {
            stopped = true;
            last = running;
        }

        timer?.Dispose();
        await stopping.CancelAsync();
        await last;
    }

    public void Dispose()
    {
        lock (gate) stopped = true;
        timer?.Dispose();
        stopping.Dispose();
    }

    private void Tick()
    {
        lock (gate)
        {
            if (stopped || busy) return;
            var now = time.GetUtcNow();
            // The clock was put back since that was reckoned: nobody may wait for a date of then.
            if (schedule.After(now) is { } sooner && sooner < next) next = sooner;
            if (next <= now) Begin(now, pastDue: false);
            else Arm(now);
        }
    }

    private void Arm(DateTimeOffset now)
    {
        if (stopped || next is not { } due) return;
        var wait = due - now;
        timer!.Change(wait > LongestWait ? LongestWait : wait < TimeSpan.Zero ? TimeSpan.Zero : wait, Timeout.InfiniteTimeSpan);
    }

    private void Begin(DateTimeOffset now, bool pastDue)
    {
        busy = true;
        running = Task.Run(() => RunAsync(now, pastDue));
    }

    private async Task RunAsync(DateTimeOffset at, bool pastDue)
    {
        try
        {
            var following = schedule.After(at);
            var status = new ScheduleStatus
            {
                Last = (trigger.UseMonitor ? monitor.Read()?.Last : null)?.UtcDateTime ?? default,
                Next = following?.UtcDateTime ?? default,
                LastUpdated = at.UtcDateTime,
            };
            await runner.RunAsync(
                function, new TimerInfo { IsPastDue = pastDue, ScheduleStatus = trigger.UseMonitor ? status : null }, null, stopping.Token);
        }
        catch (Exception failure)
        {
            Failed(failure, function.Name);
        }

        try
        {
            await SaveAsync(at, schedule.After(at));
        }
        catch (StorageException failure)
        {
            Failed(failure, function.Name);
        }

        lock (gate)
        {
            // Occurrences that came round meanwhile are skipped, as the genuine host skips them.
            var now = time.GetUtcNow();
            next = schedule.After(now);
            busy = false;
            Arm(now);
        }
    }

    private Task SaveAsync(DateTimeOffset last, DateTimeOffset? following) =>
        trigger.UseMonitor ? monitor.WriteAsync(last, following) : Task.CompletedTask;

    [LoggerMessage(LogLevel.Error, "The timer function {Function} failed.")]
    private partial void Failed(Exception failure, string function);
}
