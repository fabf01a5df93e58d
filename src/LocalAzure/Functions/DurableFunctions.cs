using LocalAzure.DurableTask;
using LocalAzure.Hosting;
using Microsoft.DurableTask;
using Microsoft.Extensions.Configuration;

namespace LocalAzure.Functions;

/// <summary>The orchestrators and activities of the app, for the engine to call.</summary>
internal sealed class DurableFunctions(FunctionCatalogue catalogue, FunctionRunner runner) : IDurableFunctions
{
    public bool HasOrchestrator(string name) => catalogue.Find(name, TriggerKind.OrchestrationTrigger) is not null;

    public bool HasActivity(string name) => catalogue.Find(name, TriggerKind.ActivityTrigger) is not null;

    public Task<object?> RunOrchestratorAsync(string name, TaskOrchestrationContext context) =>
        runner.RunAsync(Get(name, TriggerKind.OrchestrationTrigger), context, null, CancellationToken.None);

    public Task<object?> RunActivityAsync(string name, string instanceId, int taskId, string? inputJson, CancellationToken cancellation) =>
        runner.RunAsync(Get(name, TriggerKind.ActivityTrigger), inputJson, instanceId, cancellation);

    /// <summary>The engine's settings: those of host.json under the genuine names, and over them <c>LocalAzure:DurableTask</c>.</summary>
    public static DurableOptions ReadOptions(HostJson host, IConfiguration configuration)
    {
        var options = new DurableOptions();
        options.MaxConcurrentActivities = host.DurableTask.GetValue("maxConcurrentActivityFunctions", options.MaxConcurrentActivities);
        options.MaxConcurrentOrchestrations = host.DurableTask.GetValue(
            "maxConcurrentOrchestratorFunctions", options.MaxConcurrentOrchestrations);
        options.DefaultVersion = host.DurableTask["defaultVersion"];

        // The defaults that the extension's documentation gives.
        options.VersionMatchStrategy = host.DurableTask.GetValue("versionMatchStrategy", VersionMatchStrategy.CurrentOrOlder);
        options.VersionFailureStrategy = host.DurableTask.GetValue("versionFailureStrategy", VersionFailureStrategy.Reject);
        configuration.GetSection("LocalAzure:DurableTask").Bind(options);
        return options;
    }

    private Function Get(string name, TriggerKind kind) =>
        catalogue.Find(name, kind) ?? throw new FunctionException(name, $"isn't there as a {kind}.");
}
