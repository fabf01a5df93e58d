using Microsoft.DurableTask;
using Microsoft.DurableTask.Entities;
using Microsoft.Extensions.Logging;

namespace LocalAzure.DurableTask;

/// <summary>
/// The context that a function gets: Microsoft's, with what the Functions extension adds to it in a class that it keeps to
/// itself. The input is read as what the function asks for, and whoever uses the context on another thread than the replay's
/// is told so.
/// </summary>
internal sealed class GuardedContext(TaskOrchestrationContext inner, string? input, DataConverter converter) : TaskOrchestrationContext
{
    private const string ForeignAwait =
        "An orchestrator awaited something that its context did not give, so that no replay could repeat it; "
        + "await nothing but the context's own tasks.";

    /// <summary>Whether the function has asked for anything yet.</summary>
    public bool IsUsed { get; private set; }

    public override TaskName Name => inner.Name;

    public override string InstanceId => inner.InstanceId;

    public override ParentOrchestrationInstance? Parent => inner.Parent;

    public override DateTime CurrentUtcDateTime => inner.CurrentUtcDateTime;

    public override bool IsReplaying => inner.IsReplaying;

    public override string Version => inner.Version;

    public override IReadOnlyDictionary<string, object?> Properties => inner.Properties;

    public override TaskOrchestrationEntityFeature Entities => inner.Entities;

    protected override ILoggerFactory LoggerFactory => inner.ReplaySafeLoggerFactory;

    /// <exception cref="InvalidOperationException">The orchestrator has left the thread of the replay.</exception>
    public static void EnsureReplayThread()
    {
        if (!global::DurableTask.Core.OrchestrationContext.IsOrchestratorThread) throw new InvalidOperationException(ForeignAwait);
    }

    /// <exception cref="InvalidOperationException">The orchestrator waits, and not for the context.</exception>
    public void EnsureUsed()
    {
        if (!IsUsed) throw new InvalidOperationException(ForeignAwait);
    }

    public override T GetInput<T>() => Used().converter.Deserialize<T>(input)!;

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
        Used().inner.CallActivityAsync<TResult>(name, input, options);

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        Used().inner.CallSubOrchestratorAsync<TResult>(orchestratorName, input, options);

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) =>
        Used().inner.CreateTimer(fireAt, cancellationToken);

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        Used().inner.WaitForExternalEvent<T>(eventName, cancellationToken);

    public override void SendEvent(string instanceId, string eventName, object payload) =>
        Used().inner.SendEvent(instanceId, eventName, payload);

    public override void SetCustomStatus(object? customStatus) => Used().inner.SetCustomStatus(customStatus);

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        Used().inner.ContinueAsNew(newInput, preserveUnprocessedEvents);

    public override void ContinueAsNew(ContinueAsNewOptions options) => Used().inner.ContinueAsNew(options);

    public override Guid NewGuid() => Used().inner.NewGuid();

    private (TaskOrchestrationContext inner, DataConverter converter) Used()
    {
        EnsureReplayThread();
        IsUsed = true;
        return (inner, converter);
    }
}

/// <summary>A function as Microsoft's runner calls it.</summary>
internal sealed class Orchestrator(Func<TaskOrchestrationContext, Task<object?>> function, string? input, DataConverter converter)
    : ITaskOrchestrator
{
    // The function asks for its input by its type; nothing is to be made of it before.
    public Type InputType => typeof(object);

    public Type OutputType => typeof(object);

    public async Task<object?> RunAsync(TaskOrchestrationContext context, object? _)
    {
        var guarded = new GuardedContext(context, input, converter);
        var running = function(guarded);
        if (!running.IsCompleted) guarded.EnsureUsed();
        var result = await running;
        GuardedContext.EnsureReplayThread();
        return result;
    }
}
