using DurableTask.Core.Exceptions;
using LocalAzure.DurableTask.History;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalAzure.DurableTask;

/// <summary>
/// Has Microsoft's runner replay exported histories, without an engine or a store: a build that passes can carry on what an
/// older one began. Every episode is taken again upon the history before it, so that a step too many is found as well, which the
/// runner takes for a new one.
/// </summary>
public static class HistoryReplay
{
    /// <summary>Runs today's orchestrator on an exported history; gives the number of events gone through.</summary>
    /// <param name="orchestrator">The orchestrator as it is now.</param>
    /// <param name="exportedJson">What <see cref="DurableEngine.ExportHistoryAsync"/> gave.</param>
    /// <param name="options">The settings it ran with; null: the defaults.</param>
    /// <exception cref="NonDeterministicOrchestrationException">It takes another course than the history.</exception>
    /// <exception cref="FormatException">The text is no exported history.</exception>
    public static int Run(
        Func<TaskOrchestrationContext, Task<object?>> orchestrator, string exportedJson, DurableOptions? options = null) =>
        Run((_, context) => orchestrator(context), exportedJson, options ?? new DurableOptions());

    /// <inheritdoc cref="Run(Func{TaskOrchestrationContext, Task{object}}, string, DurableOptions)"/>
    /// <param name="functions">The application's functions; the history says which orchestrator it is of.</param>
    public static int Run(IDurableFunctions functions, string exportedJson, DurableOptions? options = null) =>
        Run(functions.RunOrchestratorAsync, exportedJson, options ?? new DurableOptions());

    private static int Run(
        Func<string, TaskOrchestrationContext, Task<object?>> functions, string exportedJson, DurableOptions options)
    {
        var history = HistoryJson.Read(exportedJson);
        var start = history.PastEvents.First(item => item.ExecutionStarted is not null).ExecutionStarted;
        var execution = new Execution(0, history.InstanceId, start.Name, start.Version ?? "", start.Input, null);
        using var runner = new Runner(options.ServicesOr(NullLoggerFactory.Instance), options.Converter, options.DefaultVersion);
        var past = new List<byte[]>();
        var position = 0;
        foreach (var recorded in Episode.Cut(history.PastEvents))
        {
            var incoming = recorded.Where(item => Divergence.IsIncoming(item)).ToList();
            var episode = new Episode(recorded[0].Timestamp.ToDateTime(), incoming);
            var answer = runner.Run(context => functions(execution.Name, context), execution, past, episode.Events);
            Divergence.Check(execution, position + 1 + incoming.Count, recorded, episode.With(answer.Actions).Events);
            past.Add(Episode.Encode(recorded));
            position += recorded.Count;
        }

        return position;
    }
}
