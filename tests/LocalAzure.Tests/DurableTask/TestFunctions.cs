using System.Collections.Concurrent;
using System.Text.Json;
using LocalAzure.DurableTask;
using Microsoft.DurableTask;

namespace LocalAzure.Tests.DurableTask;

/// <summary>Orchestrators and activities written in a test, and how often each activity ran.</summary>
internal sealed class TestFunctions : IDurableFunctions
{
    private readonly ConcurrentDictionary<string, Func<TaskOrchestrationContext, Task<object?>>> orchestrators = new(
        StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Func<string?, CancellationToken, Task<object?>>> activities = new(
        StringComparer.OrdinalIgnoreCase);

    public ConcurrentDictionary<string, int> Runs { get; } = new();

    public TestFunctions Orchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> code)
    {
        orchestrators[name] = code;
        return this;
    }

    public TestFunctions Activity<TIn>(string name, Func<TIn?, object?> code) =>
        Activity<TIn>(name, (input, _) => Task.FromResult(code(input)));

    public TestFunctions Activity<TIn>(string name, Func<TIn?, CancellationToken, Task<object?>> code)
    {
        activities[name] = (json, cancellation) => code(json is null ? default : JsonSerializer.Deserialize<TIn>(json), cancellation);
        return this;
    }

    /// <summary>An activity that gets its input's JSON as it comes.</summary>
    public TestFunctions Raw(string name, Action<string?> code)
    {
        activities[name] = (json, _) =>
        {
            code(json);
            return Task.FromResult<object?>(null);
        };
        return this;
    }

    public bool HasOrchestrator(string name) => orchestrators.ContainsKey(name);

    public bool HasActivity(string name) => activities.ContainsKey(name);

    public Task<object?> RunOrchestratorAsync(string name, TaskOrchestrationContext context) => orchestrators[name](context);

    public Task<object?> RunActivityAsync(string name, string instanceId, int taskId, string? inputJson, CancellationToken cancellation)
    {
        Runs.AddOrUpdate(name, 1, (_, count) => count + 1);
        return activities[name](inputJson, cancellation);
    }
}
