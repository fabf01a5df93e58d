using LocalAzure.DurableTask.History;
using LocalAzure.Storage;
using Microsoft.DurableTask.Client;
using P = Microsoft.DurableTask.Protobuf;

namespace LocalAzure.DurableTask.Tables;

/// <summary>What an episode changes, in one write: all of it or nothing.</summary>
internal sealed class EpisodeCommit
{
    /// <summary>How far the execution had got before.</summary>
    public required Progress Progress { get; init; }

    /// <summary>The episode that is stored.</summary>
    public required Episode Episode { get; init; }

    /// <summary>The episode as it is kept; made before the write, because there is one writer.</summary>
    public required byte[] Encoded { get; init; }

    public required OrchestrationRuntimeStatus Status { get; init; }

    /// <summary>Whether it is suspended from now on.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>The status that the orchestrator gave itself, as JSON.</summary>
    public string? CustomStatus { get; init; }

    public EpisodeEnd? End { get; init; }

    public IReadOnlyList<InboxRow> Consumed { get; init; } = [];

    /// <summary>Activities whose results came straight from memory.</summary>
    public IReadOnlyList<int> CompletedActivities { get; init; } = [];

    /// <summary>Timers that fired or were cancelled, and those that the end leaves unneeded.</summary>
    public IReadOnlyList<DueTimer> GoneTimers { get; init; } = [];

    /// <summary>Sub-orchestrations to be ended along with this one.</summary>
    public IReadOnlyList<string> TerminatedChildren { get; init; } = [];

    /// <summary>What the orchestration continues as; its number is given on writing.</summary>
    public Execution? Next { get; init; }

    public IReadOnlyList<P.HistoryEvent> Carried { get; init; } = [];

    /// <summary>The activities that are called.</summary>
    public IEnumerable<P.OrchestratorAction> Activities =>
        Next is null ? Episode.Actions.Where(action => action.ScheduleTask is not null) : [];

    /// <summary>Whether the execution ends with it.</summary>
    public bool IsLast => End is not null || Next is not null;

    private DateTime Now => Episode.At;

    /// <summary>Writes an episode of an execution that is stored already.</summary>
    /// <exception cref="StaleEpisodeException">The instance has moved on meanwhile.</exception>
    public Effects Write(Connection connection, Numbers numbers)
    {
        Writes.UpdateInstance(
            connection, Progress.Execution.Number, Progress.Past.Count, Status, Now, End?.Result, CustomStatus, End?.Failure);
        return WriteRest(connection, numbers, Progress.Execution);
    }

    /// <summary>Writes the first episode together with the instance.</summary>
    public Effects WriteWithInstance(Connection connection, Numbers numbers, Execution execution, string? tags)
    {
        Writes.InsertInstance(connection, execution, Status, 1, Now, Now, End?.Result, CustomStatus, End?.Failure, tags);
        return WriteRest(connection, numbers, execution);
    }

    private Effects WriteRest(Connection connection, Numbers numbers, Execution execution)
    {
        var effects = new Effects();
        if (Next is null) Writes.InsertEpisode(connection, execution.Number, Progress.Past.Count, Encoded);
        foreach (var message in Consumed) Writes.DeleteMessage(connection, execution.Number, message.Id);
        foreach (var task in CompletedActivities) Writes.DeleteActivity(connection, execution.Number, task);
        foreach (var timer in GoneTimers) Writes.DeleteTimer(connection, execution.Number, timer);
        foreach (var action in Episode.Actions) Act(connection, numbers, execution, action, effects);
        foreach (var child in TerminatedChildren)
        {
            if (Writes.SendTo(connection, numbers, child, Happened.Terminated(End?.Result, recursive: true)) is { } reached)
                effects.Awakened.Add(reached);
        }

        if (Next is not null) Continue(connection, numbers, execution, effects);
        else if (End is not null) Conclude(connection, numbers, execution, effects);
        return effects;
    }

    private void Act(Connection connection, Numbers numbers, Execution execution, P.OrchestratorAction action, Effects effects)
    {
        // An activity that nobody awaits runs also when the orchestration ends with it.
        if (action.ScheduleTask is { } activity && Next is null) Writes.InsertActivity(connection, execution.Number, action.Id, activity);
        else if (action.CreateTimer is { } timer && !IsLast) SetTimer(connection, execution, action.Id, timer.FireAt.ToDateTime(), effects);
        else if (action.CreateSubOrchestration is { } child) StartChild(connection, numbers, execution, action.Id, child, effects);
        else if (action.SendEvent is { } sent && !IsUnread(sent, execution)
            && Writes.SendTo(connection, numbers, sent.Instance.InstanceId, Happened.Raised(sent.Name, sent.Data)) is { } target)
        {
            effects.Awakened.Add(target);
        }
    }

    // What an execution that starts again sends to itself are the events that it didn't read: they belong to the next one.
    private bool IsUnread(P.SendEventAction sent, Execution execution) =>
        Next is not null && sent.Instance.InstanceId == execution.InstanceId;

    private static void SetTimer(Connection connection, Execution execution, int id, DateTime due, Effects effects)
    {
        Writes.InsertTimer(connection, execution.Number, new DueTimer(id, due));
        if (effects.EarliestDue is not { } earliest || due < earliest) effects.EarliestDue = due;
    }

    private void StartChild(
        Connection connection, Numbers numbers, Execution parent, int task, P.CreateSubOrchestrationAction call, Effects effects)
    {
        var existing = Reads.Instance(connection, call.InstanceId);
        if (existing is { IsFinished: false })
        {
            var failure = new P.TaskFailureDetails
            {
                ErrorType = typeof(global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException).FullName!,
                ErrorMessage = $"An orchestration with the instance id '{call.InstanceId}' already exists.",
            };
            Writes.InsertMessage(connection, numbers, parent.Number, Happened.ChildFailed(task, failure));
            effects.Awakened.Add(parent.Number);
            return;
        }

        if (existing is not null) Writes.DeleteExecution(connection, existing.Execution.Number);
        var child = new Execution(
            numbers.NextExecution(), call.InstanceId, call.Name, call.Version ?? "", call.Input,
            new ParentLink(parent.Number, task, parent.Name, parent.InstanceId));
        Writes.InsertInstance(connection, child, OrchestrationRuntimeStatus.Pending, 0, Now, Now, null, null, null, null);
        Writes.InsertMessage(connection, numbers, child.Number, Happened.Started());
        effects.Awakened.Add(child.Number);
    }

    private void Conclude(Connection connection, Numbers numbers, Execution execution, Effects effects)
    {
        Writes.ClearInbox(connection, execution.Number);
        if (execution.Parent is not { } parent) return;
        var answer = End!.Status == OrchestrationRuntimeStatus.Completed
            ? Happened.ChildDone(parent.TaskId, End.Result)
            : Happened.ChildFailed(parent.TaskId, End.Failure ?? new P.TaskFailureDetails
            {
                ErrorType = "Terminated",
                ErrorMessage = $"The sub-orchestration '{execution.InstanceId}' was terminated.",
            });
        if (Writes.SendTo(connection, numbers, parent.Execution, answer)) effects.Awakened.Add(parent.Execution);
    }

    private void Continue(Connection connection, Numbers numbers, Execution execution, Effects effects)
    {
        // In the order of their coming: what was not read, what came behind the end, and what came too late for this execution.
        var unread = Episode.Actions.Where(action => action.SendEvent is { } sent && IsUnread(sent, execution))
            .Select(action => Happened.Raised(action.SendEvent.Name, action.SendEvent.Data));
        var late = Reads.Inbox(connection, execution.Number).Select(row => row.Message).Where(IsForTheInstance);
        List<P.HistoryEvent> carried = [.. unread, .. Carried, .. late];
        var row = connection.Prepare("SELECT created, tags FROM durable_instances WHERE execution = ?").Bind(1, execution.Number);
        row.Step();
        var (created, tags) = (new DateTime(row.GetInt64(0), DateTimeKind.Utc), row.GetStringOrNull(1));
        row.Dispose();
        Writes.DeleteExecution(connection, execution.Number);
        var next = Next! with { Number = numbers.NextExecution() };
        Writes.InsertInstance(connection, next, OrchestrationRuntimeStatus.Running, 0, created, Now, null, CustomStatus, null, tags);
        Writes.InsertMessage(connection, numbers, next.Number, Happened.Started());
        foreach (var message in carried) Writes.InsertMessage(connection, numbers, next.Number, message);
        effects.Awakened.Add(next.Number);
    }

    /// <summary>Whether a message concerns the instance, whichever of its executions it meets.</summary>
    public static bool IsForTheInstance(P.HistoryEvent message) =>
        message is { EventRaised: not null } or { ExecutionSuspended: not null } or { ExecutionResumed: not null }
            or { ExecutionTerminated: not null };
}

/// <summary>How an execution ended.</summary>
internal sealed record EpisodeEnd(OrchestrationRuntimeStatus Status, string? Result, P.TaskFailureDetails? Failure);

/// <summary>What has to be looked after once a commit is through.</summary>
internal sealed class Effects
{
    /// <summary>Executions with something new in their inbox.</summary>
    public List<long> Awakened { get; } = [];

    /// <summary>The earliest instant among the timers set.</summary>
    public DateTime? EarliestDue { get; set; }
}
