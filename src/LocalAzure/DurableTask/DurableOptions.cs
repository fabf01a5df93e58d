using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LocalAzure.DurableTask;

/// <summary>Which instances this process may run, by their version against <see cref="DurableOptions.DefaultVersion"/>.</summary>
public enum VersionMatchStrategy
{
    /// <summary>All instances, whatever their version.</summary>
    None = 0,

    /// <summary>Those of exactly this version.</summary>
    Strict = 1,

    /// <summary>Those of this version and of older ones.</summary>
    CurrentOrOlder = 2,
}

/// <summary>What happens to an instance that this process may not run.</summary>
public enum VersionFailureStrategy
{
    /// <summary>It waits as it is until a process comes that may.</summary>
    Reject = 0,

    /// <summary>An instance of another version fails.</summary>
    Fail = 1,
}

/// <summary>The engine's settings; the host fills them from host.json, <c>extensions.durableTask</c>.</summary>
public sealed class DurableOptions
{
    /// <summary>Activities that run at once; more than the genuine host's ten a core, for what they store shares one flush.</summary>
    public int MaxConcurrentActivities { get; set; } = Math.Max(64, 10 * Environment.ProcessorCount);

    /// <summary>Orchestrations that take a step at once, the commit included; many, because they share one flush.</summary>
    public int MaxConcurrentOrchestrations { get; set; } = 1_000;

    /// <summary>The version of new instances that ask for none, and this process's own; null: unversioned.</summary>
    public string? DefaultVersion { get; set; }

    /// <summary>Which instances may run here.</summary>
    public VersionMatchStrategy VersionMatchStrategy { get; set; } = VersionMatchStrategy.None;

    /// <summary>What happens to the others.</summary>
    public VersionFailureStrategy VersionFailureStrategy { get; set; } = VersionFailureStrategy.Reject;

    /// <summary>
    /// Orchestrations kept alive while activities of theirs run, with their histories; those beyond are read from the file and
    /// replayed at every step, and with 0 all are.
    /// </summary>
    public int HeldHistories { get; set; } = 2_000;

    /// <summary>The app's services, which say how its data become JSON and how long one timer may be; null: Microsoft's defaults.</summary>
    internal IServiceProvider? Services { get; set; }

    /// <summary>How inputs, outputs and events become JSON.</summary>
    internal DataConverter Converter =>
        field ??= Services?.GetService<IOptions<DurableTaskWorkerOptions>>()?.Value.DataConverter ?? JsonDataConverter.Default;

    /// <summary>What Microsoft's runner looks for its own services in.</summary>
    internal IServiceProvider ServicesOr(ILoggerFactory loggers) =>
        Services ?? new ServiceCollection().AddSingleton(new DurableTaskShimFactory(null, loggers)).BuildServiceProvider();
}

/// <summary>The application's orchestrators and activities, as the engine calls them.</summary>
public interface IDurableFunctions
{
    /// <summary>Whether there is an orchestrator of that name.</summary>
    bool HasOrchestrator(string name);

    /// <summary>Whether there is an activity of that name.</summary>
    bool HasActivity(string name);

    /// <summary>Runs an orchestrator. Called on the replaying thread: it awaits nothing but the context's own tasks.</summary>
    Task<object?> RunOrchestratorAsync(string name, TaskOrchestrationContext context);

    /// <summary>Runs an activity, anywhere. What it throws becomes its failure.</summary>
    Task<object?> RunActivityAsync(string name, string instanceId, int taskId, string? inputJson, CancellationToken cancellation);
}
