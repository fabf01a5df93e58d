using LocalAzure.DurableTask.History;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalAzure.DurableTask;

/// <summary>Replays exported histories without an engine or a store: a build that passes can carry on what an older one began.</summary>
public static class HistoryReplay
{
    /// <summary>Runs today's orchestrator on an exported history; gives the number of events gone through.</summary>
    /// <param name="orchestrator">The orchestrator as it is now.</param>
    /// <param name="exportedJson">What <see cref="DurableEngine.ExportHistoryAsync"/> gave.</param>
    /// <param name="options">The settings it ran with (the JSON options and the timer interval matter); null: the defaults.</param>
    /// <exception cref="global::DurableTask.Core.Exceptions.NonDeterministicOrchestrationException">It takes another course than the history.</exception>
    /// <exception cref="FormatException">The text is no exported history.</exception>
    public static int Run(Func<TaskOrchestrationContext, Task<object?>> orchestrator, string exportedJson, DurableOptions? options = null)
    {
        var (execution, episodes) = HistoryJson.Read(exportedJson);
        var run = new OrchestrationRun(execution, orchestrator, options ?? new DurableOptions(), NullLoggerFactory.Instance);
        foreach (var episode in episodes) run.Replay(episode);
        return episodes.Sum(episode => episode.EventCount);
    }

    /// <inheritdoc cref="Run(Func{TaskOrchestrationContext, Task{object}}, string, DurableOptions)"/>
    /// <param name="functions">The application's functions; the history says which orchestrator it is of.</param>
    public static int Run(IDurableFunctions functions, string exportedJson, DurableOptions? options = null)
    {
        var (execution, _) = HistoryJson.Read(exportedJson);
        return Run(context => functions.RunOrchestratorAsync(execution.Name, context), exportedJson, options);
    }
}
