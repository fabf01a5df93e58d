using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Microsoft.DurableTask;
using P = Microsoft.DurableTask.Protobuf;

namespace LocalAzure.DurableTask.History;

/// <summary>
/// What arrives at an orchestration, as Microsoft's events. They get their instant from the episode that takes them in; what
/// arrives has no number of its own, unlike what an orchestrator does.
/// </summary>
internal static class Happened
{
    private const int Unnumbered = -1;

    public static P.HistoryEvent EpisodeBegan() => new() { EventId = Unnumbered, OrchestratorStarted = new P.OrchestratorStartedEvent() };

    public static P.HistoryEvent EpisodeEnded() => new()
    {
        EventId = Unnumbered,
        OrchestratorCompleted = new P.OrchestratorCompletedEvent(),
    };

    /// <summary>The start, without what the execution's row knows anyway.</summary>
    public static P.HistoryEvent Started() => new() { EventId = Unnumbered, ExecutionStarted = new P.ExecutionStartedEvent() };

    /// <summary>The start, as an orchestration is given it.</summary>
    public static P.HistoryEvent Started(Execution execution) => new()
    {
        EventId = Unnumbered,
        ExecutionStarted = new P.ExecutionStartedEvent
        {
            Name = execution.Name,
            Version = execution.Version,
            Input = execution.Input,
            OrchestrationInstance = new P.OrchestrationInstance { InstanceId = execution.InstanceId },
            ParentInstance = execution.Parent is not { } parent ? null : new P.ParentInstanceInfo
            {
                TaskScheduledId = parent.TaskId,
                Name = parent.Name,
                OrchestrationInstance = new P.OrchestrationInstance { InstanceId = parent.InstanceId },
            },
        },
    };

    public static P.HistoryEvent TaskDone(int task, string? result) => new()
    {
        EventId = Unnumbered,
        TaskCompleted = new P.TaskCompletedEvent { TaskScheduledId = task, Result = result },
    };

    public static P.HistoryEvent TaskFailed(int task, P.TaskFailureDetails failure) => new()
    {
        EventId = Unnumbered,
        TaskFailed = new P.TaskFailedEvent { TaskScheduledId = task, FailureDetails = failure },
    };

    public static P.HistoryEvent TimerFired(int timer, DateTime due) => new()
    {
        EventId = Unnumbered,
        TimerFired = new P.TimerFiredEvent { TimerId = timer, FireAt = Instants.Of(due) },
    };

    public static P.HistoryEvent ChildDone(int task, string? result) => new()
    {
        EventId = Unnumbered,
        SubOrchestrationInstanceCompleted = new P.SubOrchestrationInstanceCompletedEvent { TaskScheduledId = task, Result = result },
    };

    public static P.HistoryEvent ChildFailed(int task, P.TaskFailureDetails failure) => new()
    {
        EventId = Unnumbered,
        SubOrchestrationInstanceFailed = new P.SubOrchestrationInstanceFailedEvent { TaskScheduledId = task, FailureDetails = failure },
    };

    public static P.HistoryEvent Raised(string name, string? payload) => new()
    {
        EventId = Unnumbered,
        EventRaised = new P.EventRaisedEvent { Name = name, Input = payload },
    };

    public static P.HistoryEvent Suspended(string? reason) => new()
    {
        EventId = Unnumbered,
        ExecutionSuspended = new P.ExecutionSuspendedEvent { Input = reason },
    };

    public static P.HistoryEvent Resumed(string? reason) => new()
    {
        EventId = Unnumbered,
        ExecutionResumed = new P.ExecutionResumedEvent { Input = reason },
    };

    public static P.HistoryEvent Terminated(string? output, bool recursive) => new()
    {
        EventId = Unnumbered,
        ExecutionTerminated = new P.ExecutionTerminatedEvent { Input = output, Recurse = recursive },
    };

    /// <summary>The activity that a message is the outcome of; null: of none.</summary>
    public static int? ActivityOf(P.HistoryEvent message) => message.TaskCompleted?.TaskScheduledId ?? message.TaskFailed?.TaskScheduledId;
}

/// <summary>Failures as they are kept, and as the client shows them.</summary>
internal static class Failures
{
    // Messages within messages can be read a hundred deep; what was written deeper would be lost with the whole history.
    private const int Deepest = 20;

    public static P.TaskFailureDetails Of(Exception exception) => Of(exception, 0);

    /// <summary>A failure that no retry could repair.</summary>
    public static P.TaskFailureDetails Final(string type, string message) => new()
    {
        ErrorType = type,
        ErrorMessage = message,
        IsNonRetriable = true,
    };

    [return: NotNullIfNotNull(nameof(kept))]
    public static TaskFailureDetails? Shown(P.TaskFailureDetails? kept) =>
        kept is null ? null : new TaskFailureDetails(kept.ErrorType, kept.ErrorMessage, kept.StackTrace, Shown(kept.InnerFailure), null);

    private static P.TaskFailureDetails Of(Exception exception, int depth) => new()
    {
        ErrorType = exception.GetType().ToString(),
        ErrorMessage = exception.Message,
        StackTrace = exception.StackTrace,
        InnerFailure = exception.InnerException is { } inner && depth < Deepest ? Of(inner, depth + 1) : null,
    };

    public static TaskFailureDetails Decode(ReadOnlySpan<byte> bytes) => Shown(P.TaskFailureDetails.Parser.ParseFrom(bytes));
}

/// <summary>Instants as protobuf writes them.</summary>
internal static class Instants
{
    public static Google.Protobuf.WellKnownTypes.Timestamp Of(DateTime utc) =>
        Google.Protobuf.WellKnownTypes.Timestamp.FromDateTime(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
}
