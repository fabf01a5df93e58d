using LocalAzure.DurableTask.History;
using LocalAzure.DurableTask.Tables;
using LocalAzure.Storage;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using P = Microsoft.DurableTask.Protobuf;

namespace LocalAzure.DurableTask;

/// <summary>
/// Durable orchestrations on a <see cref="LocalStore"/>: everything that waits is in the file, nothing of it in memory; every
/// episode is one write; a crash at any instant is continued from, exactly.
/// </summary>
public sealed class DurableEngine : ILocalPart, IAsyncDisposable
{
    private readonly EngineCore core;
    private readonly Starter starter;
    private EpisodeRunner? runner;
    private ActivityRunner? activities;
    private bool disposed;

    /// <summary>An engine on this store; nothing runs before <see cref="StartAsync"/>.</summary>
    /// <exception cref="StorageException">The store doesn't take the tables.</exception>
    public DurableEngine(LocalStore store, TimeProvider time, DurableOptions options, ILoggerFactory loggers)
    {
        store.Define(DurableSchema.Ddl);
        core = new EngineCore(store, time, options, loggers, store.WriteAsync(Numbers.TakeBlock).GetAwaiter().GetResult());
        starter = new Starter(core);
        Client = new LocalDurableTaskClient(core, starter);
    }

    /// <summary>The client. What it is given before the start is stored and run afterwards.</summary>
    public DurableTaskClient Client { get; }

    /// <summary>Its settings.</summary>
    public DurableOptions Options => core.Options;

    /// <summary>Nothing runs and nothing could; what waits for a timer, an event or a retry is idle.</summary>
    public bool IsIdle => core.Idle.IsIdle;

    /// <summary>When the earliest timer is due.</summary>
    public DateTimeOffset? NextWakeUp => core.Store.Read(Reads.NextDue);

    /// <summary>Picks up whatever the file holds, and runs from now on.</summary>
    /// <exception cref="InvalidOperationException">It has been started before.</exception>
    public Task StartAsync(IDurableFunctions functions, CancellationToken ct)
    {
        if (activities is not null) throw new InvalidOperationException("The engine has been started before; make a new one.");
        ct.ThrowIfCancellationRequested();
        runner = new EpisodeRunner(functions, core.Options, core.Time, core.Loggers);
        var dispatcher = new Dispatcher(core, runner);
        activities = new ActivityRunner(core, functions, dispatcher);
        dispatcher.RunActivity = activities.Run;
        var scan = new TimerScan(core, dispatcher, activities);
        core.Alarm = new Alarm(core.Time, scan.Ring);
        // The order matters: from here on new starts run by themselves, so what is read below may include them, harmlessly
        // for messages; activities are read first, because one that is scheduled from now on is run by whoever schedules it.
        var left = core.Store.Read(Reads.Activities);
        starter.Engine = (runner, dispatcher);
        foreach (var activity in left) activities.Run(activity, isFollowUp: false);
        foreach (var execution in core.Store.Read(Reads.ExecutionsWithMessages)) dispatcher.Deliver(execution);
        scan.Ring();
        return Task.CompletedTask;
    }

    /// <summary>
    /// Lets what runs finish, and begins nothing new. Once <paramref name="ct"/> is cancelled, activities are told to give up.
    /// </summary>
    public async Task StopAsync(CancellationToken ct)
    {
        core.Stop();
        core.Alarm?.Dispose();
        try
        {
            await core.Idle.WhenIdleAsync(ct);
        }
        catch (OperationCanceledException)
        {
            activities?.Abort();
        }
    }

    /// <summary>Completes when the engine is idle.</summary>
    public Task WhenIdleAsync(CancellationToken ct) => core.Idle.WhenIdleAsync(ct);

    /// <summary>An instance's history as readable JSON, to be kept and replayed by <see cref="HistoryReplay"/>.</summary>
    /// <exception cref="InvalidOperationException">There is no such instance.</exception>
    public Task<string> ExportHistoryAsync(string instanceId) => Task.FromResult(core.Store.Read(connection =>
    {
        var row = Reads.Instance(connection, instanceId) ?? throw new InvalidOperationException($"There is no instance '{instanceId}'.");
        return HistoryJson.Write(instanceId, Episode.Decode(Reads.Episodes(connection, row.Execution.Number)));
    }));

    /// <summary>An instance's history, event by event; empty if it has none.</summary>
    public IReadOnlyList<P.HistoryEvent> ReadHistory(string instanceId) => core.Store.Read(connection =>
        Reads.Instance(connection, instanceId) is { } row ? Episode.Decode(Reads.Episodes(connection, row.Execution.Number)) : []);

    /// <summary>
    /// Stops at once: activities are told to give up, and run again when the file is opened next; whoever waits for an instance
    /// gets an <see cref="ObjectDisposedException"/>.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, true)) return;
        core.Stop();
        core.Alarm?.Dispose();
        activities?.Abort();
        core.Waiters.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), TimeProvider.System);
        try
        {
            await core.Idle.WhenIdleAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // An activity that doesn't listen is left to itself; its result will find the engine gone.
            return;
        }

        activities?.Dispose();
        runner?.Dispose();
        core.Dispose();
    }
}
