using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using P = Microsoft.DurableTask.Protobuf;

namespace LocalAzure.DurableTask.History;

/// <summary>
/// One episode: what came in, what the orchestrator did, and both as the history keeps them. In the file an episode is the past
/// events of an <see cref="P.OrchestratorRequest"/>; protobuf reads portions that stand one behind the other as one message, so
/// a whole history, as it is kept, is the first part of the next request.
/// </summary>
internal sealed class Episode
{
    private readonly List<P.HistoryEvent> events;

    /// <param name="at">The orchestration's time, UTC, until the next episode.</param>
    /// <param name="incoming">What came in.</param>
    public Episode(DateTime at, IReadOnlyList<P.HistoryEvent> incoming)
    {
        (At, Incoming) = (at, incoming);
        events = [Happened.EpisodeBegan(), .. incoming];
        var stamp = Instants.Of(at);
        foreach (var item in events) item.Timestamp = stamp;
    }

    public DateTime At { get; }

    public IReadOnlyList<P.HistoryEvent> Incoming { get; }

    public IReadOnlyList<P.OrchestratorAction> Actions { get; private set; } = [];

    /// <summary>Its events as far as they have got.</summary>
    public IReadOnlyList<P.HistoryEvent> Events => events;

    /// <summary>Ends it with what the orchestrator did.</summary>
    public Episode With(IReadOnlyList<P.OrchestratorAction> actions)
    {
        Actions = actions;
        var stamp = events[0].Timestamp;
        events.EnsureCapacity(events.Count + actions.Count + 1);
        foreach (var action in actions) events.Add(Record(action, stamp));
        var end = Happened.EpisodeEnded();
        end.Timestamp = stamp;
        events.Add(end);
        return this;
    }

    /// <summary>The bytes that are stored.</summary>
    public byte[] Encode() => Encode(Events);

    /// <summary>Events of an episode as they are kept.</summary>
    public static byte[] Encode(IEnumerable<P.HistoryEvent> events) => new P.OrchestratorRequest { PastEvents = { events } }.ToByteArray();

    /// <summary>The events of kept episodes.</summary>
    public static IReadOnlyList<P.HistoryEvent> Decode(IEnumerable<byte[]> episodes) =>
        [.. episodes.SelectMany(episode => P.OrchestratorRequest.Parser.ParseFrom(episode).PastEvents)];

    /// <summary>Cuts a flat history back into its episodes; each begins with the event that gives it its time.</summary>
    /// <exception cref="FormatException">The events don't come in episodes.</exception>
    public static List<List<P.HistoryEvent>> Cut(IEnumerable<P.HistoryEvent> history)
    {
        var episodes = new List<List<P.HistoryEvent>>();
        foreach (var item in history)
        {
            if (item.OrchestratorStarted is not null) episodes.Add([]);
            if (episodes.Count == 0) throw new FormatException($"The history begins with {item.EventTypeCase}, outside an episode.");
            episodes[^1].Add(item);
        }

        return episodes;
    }

    /// <summary>The event that says of an action that it was taken; it bears the action's number.</summary>
    private static P.HistoryEvent Record(P.OrchestratorAction action, Timestamp stamp)
    {
        var recorded = new P.HistoryEvent { EventId = action.Id, Timestamp = stamp };
        switch (action.OrchestratorActionTypeCase)
        {
            case P.OrchestratorAction.OrchestratorActionTypeOneofCase.ScheduleTask:
                recorded.TaskScheduled = new P.TaskScheduledEvent
                {
                    Name = action.ScheduleTask.Name,
                    Version = action.ScheduleTask.Version,
                    Input = action.ScheduleTask.Input,
                    Tags = { action.ScheduleTask.Tags },
                };
                break;
            case P.OrchestratorAction.OrchestratorActionTypeOneofCase.CreateTimer:
                recorded.TimerCreated = new P.TimerCreatedEvent { FireAt = action.CreateTimer.FireAt };
                break;
            case P.OrchestratorAction.OrchestratorActionTypeOneofCase.CreateSubOrchestration:
                var child = action.CreateSubOrchestration;
                recorded.SubOrchestrationInstanceCreated = new P.SubOrchestrationInstanceCreatedEvent
                {
                    InstanceId = child.InstanceId,
                    Name = child.Name,
                    Version = child.Version,
                    Input = child.Input,
                    Tags = { child.Tags },
                };
                break;
            case P.OrchestratorAction.OrchestratorActionTypeOneofCase.SendEvent:
                recorded.EventSent = new P.EventSentEvent
                {
                    InstanceId = action.SendEvent.Instance.InstanceId,
                    Name = action.SendEvent.Name,
                    Input = action.SendEvent.Data,
                };
                break;
            case P.OrchestratorAction.OrchestratorActionTypeOneofCase.CompleteOrchestration:
                var end = action.CompleteOrchestration;
                recorded.ExecutionCompleted = new P.ExecutionCompletedEvent
                {
                    OrchestrationStatus = end.OrchestrationStatus,
                    Result = end.Result,
                    FailureDetails = end.FailureDetails,
                };
                break;
            default:
                throw new NotSupportedException($"An orchestrator asked for {action.OrchestratorActionTypeCase}, which isn't here.");
        }

        return recorded;
    }
}
