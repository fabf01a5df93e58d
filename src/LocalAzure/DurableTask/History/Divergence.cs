using DurableTask.Core.Exceptions;

namespace LocalAzure.DurableTask.History;

/// <summary>Compares what an orchestrator did on replay with what its history says that it did.</summary>
internal static class Divergence
{
    /// <summary>Compares the actions of one episode.</summary>
    /// <param name="execution">Whose history it is.</param>
    /// <param name="position">Where the first of the actions stands in the whole history, counted from 0.</param>
    /// <param name="expected">What the history says.</param>
    /// <param name="came">What the orchestrator did.</param>
    /// <exception cref="NonDeterministicOrchestrationException">They differ.</exception>
    public static void Check(Execution execution, int position, IReadOnlyList<ActionEvent> expected, IReadOnlyList<ActionEvent> came)
    {
        for (var i = 0; i < Math.Max(expected.Count, came.Count); i++)
        {
            var then = i < expected.Count ? expected[i] : null;
            var now = i < came.Count ? came[i] : null;
            if (then is not null && now is not null && Same(then, now)) continue;
            throw new NonDeterministicOrchestrationException(
                $"The replay of '{execution.Name}' ({execution.InstanceId}) diverged from its history at event {position + i}: "
                + $"the history expected {Describe(then)}, but the orchestrator came with {Describe(now)}. "
                + "Orchestrators must do the same on every replay: put a changed course behind a new version.");
        }
    }

    // Inputs and instants may change from one build to the next without changing the course; kinds, names and targets may not.
    private static bool Same(ActionEvent then, ActionEvent now) => then.Id == now.Id && (then, now) switch
    {
        (TaskScheduled a, TaskScheduled b) => SameName(a.Name, b.Name),
        (TimerCreated, TimerCreated) => true,
        (SubOrchestrationInstanceCreated a, SubOrchestrationInstanceCreated b) => SameName(a.Name, b.Name) && a.InstanceId == b.InstanceId,
        (EventSent a, EventSent b) => SameName(a.Name, b.Name) && a.InstanceId == b.InstanceId,
        (ExecutionCompleted a, ExecutionCompleted b) => a.Status == b.Status,
        _ => false,
    };

    private static bool SameName(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static string Describe(ActionEvent? action) => action switch
    {
        null => "nothing more in this episode",
        TaskScheduled e => $"activity '{e.Name}' (#{e.Id})",
        TimerCreated e => $"a timer (#{e.Id})",
        SubOrchestrationInstanceCreated e => $"sub-orchestration '{e.Name}' as '{e.InstanceId}' (#{e.Id})",
        EventSent e => $"event '{e.Name}' sent to '{e.InstanceId}' (#{e.Id})",
        ExecutionCompleted e => $"its end as {e.Status} (#{e.Id})",
        _ => action.GetType().Name,
    };
}
