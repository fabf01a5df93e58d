using LocalAzure.DurableTask;
using LocalAzure.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using P = Microsoft.DurableTask.Protobuf;

namespace LocalAzure.Tests.DurableTask;

/// <summary>An engine on a file of its own and a clock that the test owns; it can be crashed and opened again.</summary>
internal sealed class Harness : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2022, 1, 10, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string folder = Path.Combine(Path.GetTempPath(), "durable-" + Guid.NewGuid().ToString("N"));

    private Harness(TestFunctions functions, DurableOptions options, ILoggerFactory loggers) =>
        (Functions, Options, Loggers) = (functions, options, loggers);

    public TestFunctions Functions { get; set; }

    public DurableOptions Options { get; set; }

    public ILoggerFactory Loggers { get; }

    public FakeTimeProvider Time { get; } = new(Start);

    public LocalStore Store { get; private set; } = null!;

    public DurableEngine Engine { get; private set; } = null!;

    public DurableTaskClient Client => Engine.Client;

    public static async Task<Harness> StartAsync(
        TestFunctions functions, DurableOptions? options = null, ILoggerFactory? loggers = null, Action<LocalStore>? onOpened = null)
    {
        var harness = new Harness(functions, options ?? new DurableOptions(), loggers ?? NullLoggerFactory.Instance)
        {
            OnOpened = onOpened,
        };
        await harness.OpenAsync();
        return harness;
    }

    /// <summary>Called with every store that is opened, before anything runs on it.</summary>
    public Action<LocalStore>? OnOpened { get; set; }

    public async Task OpenAsync(bool start = true)
    {
        Store = LocalStore.Open(Path.Combine(folder, "local.db"), Durability.Process);
        OnOpened?.Invoke(Store);
        Engine = new DurableEngine(Store, Time, Options, Loggers);
        if (start) await Engine.StartAsync(Functions, TestContext.Current.CancellationToken);
    }

    /// <summary>Breaks the store as a killed process would.</summary>
    public async Task CrashAsync()
    {
        await Store.CrashAsync();
        await Engine.DisposeAsync();
    }

    public async Task ReopenAsync()
    {
        await CrashAsync();
        await OpenAsync();
    }

    public async Task IdleAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await Engine.WhenIdleAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The engine did not become idle within {Patience.TotalSeconds} s.");
        }
    }

    /// <summary>Moves the clock from wake-up to wake-up, each time until the engine is idle.</summary>
    public async Task AdvanceAsync(TimeSpan span)
    {
        var target = Time.GetUtcNow() + span;
        await IdleAsync();
        while (Engine.NextWakeUp is { } next && next <= target)
        {
            if (Store.IsClosed) await ReopenAsync();
            if (next > Time.GetUtcNow()) Time.SetUtcNow(next);
            await IdleAsync();
        }

        if (target > Time.GetUtcNow()) Time.SetUtcNow(target);
        await IdleAsync();
    }

    public Task StartAsync(string orchestrator, string instanceId, object? input = null) => Client.ScheduleNewOrchestrationInstanceAsync(
        orchestrator, input, new StartOrchestrationOptions(instanceId), TestContext.Current.CancellationToken);

    public Task RaiseAsync(string instanceId, string name, object? payload = null) =>
        Client.RaiseEventAsync(instanceId, name, payload, TestContext.Current.CancellationToken);

    public async Task<OrchestrationMetadata> GetAsync(string instanceId) =>
        await Client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, TestContext.Current.CancellationToken)
        ?? throw new InvalidOperationException($"There is no instance '{instanceId}'.");

    public async Task<string?> OutputAsync(string instanceId)
    {
        await IdleAsync();
        var found = await GetAsync(instanceId);
        Assert.True(
            found.RuntimeStatus == OrchestrationRuntimeStatus.Completed,
            $"'{instanceId}' is {found.RuntimeStatus}: {found.FailureDetails}");
        return found.SerializedOutput;
    }

    /// <summary>A history in short lines, to be asserted as a whole.</summary>
    public List<string> History(string instanceId) => Engine.ReadHistory(instanceId).Select(Line).ToList();

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string Line(P.HistoryEvent item) => item switch
    {
        { OrchestratorStarted: not null } => $"episode at {item.Timestamp.ToDateTime():yyyy-MM-dd HH:mm}",
        { OrchestratorCompleted: not null } => "end of episode",
        { ExecutionStarted: not null } => "started",
        { TaskScheduled: { } e } => $"{item.EventId}: call {e.Name}({e.Input})",
        { TaskCompleted: { } e } => $"{e.TaskScheduledId} gave {e.Result}",
        { TaskFailed: { } e } => $"{e.TaskScheduledId} failed: {e.FailureDetails.ErrorMessage}",
        { TimerCreated: { } e } => $"{item.EventId}: timer for {e.FireAt.ToDateTime():yyyy-MM-dd HH:mm}",
        { TimerFired: { } e } => $"{e.TimerId} fired",
        { EventRaised: { } e } => $"event {e.Name}({e.Input})",
        { EventSent: { } e } => $"{item.EventId}: send {e.Name} to {e.InstanceId}",
        { SubOrchestrationInstanceCreated: { } e } => $"{item.EventId}: sub-orchestration {e.Name}({e.Input})",
        { SubOrchestrationInstanceCompleted: { } e } => $"{e.TaskScheduledId} gave {e.Result}",
        { SubOrchestrationInstanceFailed: { } e } => $"{e.TaskScheduledId} failed: {e.FailureDetails.ErrorMessage}",
        { ExecutionSuspended: not null } => "suspended",
        { ExecutionResumed: not null } => "resumed",
        { ExecutionTerminated: not null } => "terminate",
        { ExecutionCompleted: { } e } =>
            $"{item.EventId}: {e.OrchestrationStatus} {(e.FailureDetails is null ? e.Result : null)}".TrimEnd(),
        _ => item.EventTypeCase.ToString(),
    };
}
