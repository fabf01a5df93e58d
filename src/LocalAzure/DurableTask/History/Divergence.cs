using DurableTask.Core.Exceptions;
using P = Microsoft.DurableTask.Protobuf;
using Kind = Microsoft.DurableTask.Protobuf.HistoryEvent.EventTypeOneofCase;

namespace LocalAzure.DurableTask.History;

/// <summary>Compares what an orchestrator does on replay with what its history says that it did.</summary>
internal static class Divergence
{
    private static readonly HashSet<Kind> Actions =
        [Kind.TaskScheduled, Kind.TimerCreated, Kind.SubOrchestrationInstanceCreated, Kind.EventSent, Kind.ExecutionCompleted];

    /// <summary>Whether an event came from outside.</summary>
    public static bool IsIncoming(P.HistoryEvent item) =>
        item.EventTypeCase is not (Kind.OrchestratorStarted or Kind.OrchestratorCompleted) && !Actions.Contains(item.EventTypeCase);

    /// <summary>Compares the actions of one episode.</summary>
    /// <param name="execution">Whose history it is.</param>
    /// <param name="position">Where the first of the actions is in the whole history, counted from 0.</param>
    /// <param name="recorded">The episode as it was.</param>
    /// <param name="taken">The episode as it would be now.</param>
    /// <exception cref="NonDeterministicOrchestrationException">They differ.</exception>
    public static void Check(Execution execution, int position, IEnumerable<P.HistoryEvent> recorded, IEnumerable<P.HistoryEvent> taken)
    {
        var (expected, came) = (ActionsOf(recorded), ActionsOf(taken));
        for (var i = 0; i < Math.Max(expected.Count, came.Count); i++)
        {
            var then = i < expected.Count ? expected[i] : null;
            var now = i < came.Count ? came[i] : null;
            if (then is not null && now is not null && Same(then, now)) continue;
            throw new NonDeterministicOrchestrationException(
                position + i,
                $"the replay of '{execution.Name}' ({execution.InstanceId}) diverged from its history at event {position + i}: "
                + $"the history expected {Describe(then)}, but the orchestrator came with {Describe(now)}. "
                + "Orchestrators must do the same on every replay: put a changed course behind a new version.");
        }
    }

    private static List<P.HistoryEvent> ActionsOf(IEnumerable<P.HistoryEvent> episode) =>
        [.. episode.Where(item => Actions.Contains(item.EventTypeCase))];

    // Inputs and instants may change from one build to the next without changing the course; kinds, names and targets may not.
    private static bool Same(P.HistoryEvent then, P.HistoryEvent now) =>
        then.EventId == now.EventId
        && then.EventTypeCase == now.EventTypeCase
        && string.Equals(Describe(then), Describe(now), StringComparison.OrdinalIgnoreCase);

    private static string Describe(P.HistoryEvent? action) => action switch
    {
        null => "nothing more in this episode",
        { TaskScheduled: { } call } => $"activity '{call.Name}' (#{action.EventId})",
        { TimerCreated: not null } => $"a timer (#{action.EventId})",
        { SubOrchestrationInstanceCreated: { } call } => $"sub-orchestration '{call.Name}' as '{call.InstanceId}' (#{action.EventId})",
        { EventSent: { } sent } => $"event '{sent.Name}' sent to '{sent.InstanceId}' (#{action.EventId})",
        { ExecutionCompleted: { } end } => $"its end as {end.OrchestrationStatus} (#{action.EventId})",
        _ => action.EventTypeCase.ToString(),
    };
}
