using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalAzure.DurableTask.History;

/// <summary>
/// One thing that happened to an orchestration. An episode is recorded as <see cref="OrchestratorStarted"/>, the messages that
/// it took in, the actions that the orchestrator took thereupon, and <see cref="OrchestratorCompleted"/>; the names are those of
/// the genuine history.
/// </summary>
public abstract record HistoryEvent
{
    private protected HistoryEvent()
    {
    }
}

/// <summary>An episode begins; this is the orchestration's time (UTC) until the next one.</summary>
public sealed record OrchestratorStarted(DateTime Timestamp) : HistoryEvent;

/// <summary>An episode has ended.</summary>
public sealed record OrchestratorCompleted : HistoryEvent;

/// <summary>The orchestrator is called. Its name, version and input belong to the execution and are kept with it.</summary>
public sealed record ExecutionStarted : HistoryEvent;

/// <summary>Something that the orchestrator did; it has a number.</summary>
public abstract record ActionEvent(int Id) : HistoryEvent;

/// <summary>An activity was called.</summary>
public sealed record TaskScheduled(int Id, string Name, string? Version, string? Input) : ActionEvent(Id);

/// <summary>A timer was set.</summary>
public sealed record TimerCreated(int Id, DateTime FireAt) : ActionEvent(Id);

/// <summary>A sub-orchestration was called.</summary>
public sealed record SubOrchestrationInstanceCreated(int Id, string Name, string InstanceId, string? Version, string? Input) : ActionEvent(Id);

/// <summary>An event was raised at another instance.</summary>
public sealed record EventSent(int Id, string InstanceId, string Name, string? Input) : ActionEvent(Id);

/// <summary>The orchestration came to its end.</summary>
public sealed record ExecutionCompleted(int Id, OrchestrationRuntimeStatus Status, string? Result, TaskFailureDetails? Failure) : ActionEvent(Id);

/// <summary>An activity's result arrived.</summary>
public sealed record TaskCompleted(int TaskId, string? Result) : HistoryEvent;

/// <summary>An activity's failure arrived.</summary>
public sealed record TaskFailed(int TaskId, TaskFailureDetails Failure) : HistoryEvent;

/// <summary>A timer's instant came.</summary>
public sealed record TimerFired(int TimerId, DateTime FireAt) : HistoryEvent;

/// <summary>A sub-orchestration's result arrived.</summary>
public sealed record SubOrchestrationInstanceCompleted(int TaskId, string? Result) : HistoryEvent;

/// <summary>A sub-orchestration's failure arrived.</summary>
public sealed record SubOrchestrationInstanceFailed(int TaskId, TaskFailureDetails Failure) : HistoryEvent;

/// <summary>An external event arrived.</summary>
public sealed record EventRaised(string Name, string? Input) : HistoryEvent;

/// <summary>The instance is held.</summary>
public sealed record ExecutionSuspended(string? Reason) : HistoryEvent;

/// <summary>The instance goes on.</summary>
public sealed record ExecutionResumed(string? Reason) : HistoryEvent;

/// <summary>The instance is ended from outside.</summary>
public sealed record ExecutionTerminated(string? Output, bool Recursive) : HistoryEvent;

/// <summary>One episode: when, what came in, what was done.</summary>
internal sealed record Episode(DateTime At, IReadOnlyList<HistoryEvent> Incoming, IReadOnlyList<ActionEvent> Actions)
{
    /// <summary>Its events as they stand in a history.</summary>
    public IEnumerable<HistoryEvent> Events => [new OrchestratorStarted(At), .. Incoming, .. Actions, new OrchestratorCompleted()];

    public int EventCount => Incoming.Count + Actions.Count + 2;

    /// <summary>Cuts a flat history back into its episodes.</summary>
    /// <exception cref="FormatException">The events don't come in episodes.</exception>
    public static List<Episode> Cut(IEnumerable<HistoryEvent> history)
    {
        var episodes = new List<Episode>();
        OrchestratorStarted? start = null;
        List<HistoryEvent> incoming = [];
        List<ActionEvent> actions = [];
        foreach (var item in history)
        {
            switch (item)
            {
                case OrchestratorStarted started when start is null:
                    (start, incoming, actions) = (started, [], []);
                    break;
                case OrchestratorCompleted when start is not null:
                    episodes.Add(new Episode(start.Timestamp, incoming, actions));
                    start = null;
                    break;
                case ActionEvent action when start is not null:
                    actions.Add(action);
                    break;
                case not (OrchestratorStarted or OrchestratorCompleted) when start is not null && actions.Count == 0:
                    incoming.Add(item);
                    break;
                default:
                    throw new FormatException($"{item.GetType().Name} stands where an episode can't have it.");
            }
        }

        return start is null ? episodes : throw new FormatException("The history ends within an episode.");
    }
}
