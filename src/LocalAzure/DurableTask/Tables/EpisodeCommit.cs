using LocalAzure.DurableTask.History;
using LocalAzure.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalAzure.DurableTask.Tables;

/// <summary>What an episode changes, in one write: all of it or nothing.</summary>
internal sealed class EpisodeCommit
{
    /// <summary>Episodes recorded before this one.</summary>
    public required int EpisodesBefore { get; init; }

    /// <summary>What is recorded; null: the history is left as it is (a replay that diverged).</summary>
    public required Episode? Episode { get; init; }

    public required DateTime Now { get; init; }

    public required OrchestrationRuntimeStatus Status { get; init; }

    public string? CustomStatus { get; init; }

    public ExecutionCompleted? End { get; init; }

    public IReadOnlyList<InboxRow> Consumed { get; init; } = [];

    /// <summary>Activities whose results came straight from memory.</summary>
    public IReadOnlyList<int> CompletedActivities { get; init; } = [];

    /// <summary>Timers that fired or were cancelled, and those that the end leaves unneeded.</summary>
    public IReadOnlyList<TimerFired> GoneTimers { get; init; } = [];

    /// <summary>Sub-orchestrations to be ended along with this one.</summary>
    public IReadOnlyList<string> TerminatedChildren { get; init; } = [];

    /// <summary>What the orchestration continues as; its number is given on writing.</summary>
    public Execution? Next { get; init; }

    public IReadOnlyList<HistoryEvent> Carried { get; init; } = [];

    /// <summary>Writes an episode of an execution that is stored already.</summary>
    /// <exception cref="StaleEpisodeException">The instance has moved on meanwhile.</exception>
    public Effects Write(Connection connection, Numbers numbers, Execution execution)
    {
        Writes.UpdateInstance(
            connection, execution.Number, EpisodesBefore, Episode is null ? EpisodesBefore : EpisodesBefore + 1, Status, Now,
            End?.Result, CustomStatus, End?.Failure);
        return WriteRest(connection, numbers, execution);
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
        if (Episode is not null && Next is null) Writes.InsertEpisode(connection, execution.Number, EpisodesBefore, Episode);
        foreach (var message in Consumed) Writes.DeleteMessage(connection, execution.Number, message.Id);
        foreach (var task in CompletedActivities) Writes.DeleteActivity(connection, execution.Number, task);
        foreach (var timer in GoneTimers) Writes.DeleteTimer(connection, execution.Number, timer);
        foreach (var action in Episode?.Actions ?? []) Act(connection, numbers, execution, action, effects);
        foreach (var child in TerminatedChildren)
        {
            if (Writes.SendTo(connection, numbers, child, new ExecutionTerminated(End?.Result, Recursive: true)) is { } reached)
                effects.Awakened.Add(reached);
        }

        if (Next is not null) Continue(connection, numbers, execution, effects);
        else if (End is not null) Conclude(connection, numbers, execution, effects);
        return effects;
    }

    private void Act(Connection connection, Numbers numbers, Execution execution, ActionEvent action, Effects effects)
    {
        switch (action)
        {
            case TaskScheduled e when Next is null:
                // Also when the orchestration ends with it: an activity that nobody awaits runs all the same.
                Writes.InsertActivity(connection, execution.Number, e);
                break;
            case TimerCreated e when End is null && !GoneTimers.Any(timer => timer.TimerId == e.Id):
                Writes.InsertTimer(connection, execution.Number, e.Id, e.FireAt);
                if (effects.EarliestDue is not { } earliest || e.FireAt < earliest) effects.EarliestDue = e.FireAt;
                break;
            case EventSent e:
                if (Writes.SendTo(connection, numbers, e.InstanceId, new EventRaised(e.Name, e.Input)) is { } target) effects.Awakened.Add(target);
                break;
            case SubOrchestrationInstanceCreated e:
                StartChild(connection, numbers, execution, e, effects);
                break;
        }
    }

    private void StartChild(Connection connection, Numbers numbers, Execution parent, SubOrchestrationInstanceCreated call, Effects effects)
    {
        var existing = Reads.Instance(connection, call.InstanceId);
        if (existing is { IsFinished: false })
        {
            var failure = new TaskFailureDetails(
                typeof(global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException).FullName!,
                $"An orchestration with the instance id '{call.InstanceId}' already exists.", null, null, null);
            Writes.InsertMessage(connection, numbers, parent.Number, new SubOrchestrationInstanceFailed(call.Id, failure));
            effects.Awakened.Add(parent.Number);
            return;
        }

        if (existing is not null) Writes.DeleteExecution(connection, existing.Execution.Number);
        var child = new Execution(
            numbers.NextExecution(), call.InstanceId, call.Name, call.Version ?? "", call.Input,
            new ParentLink(parent.Number, call.Id, parent.Name, parent.InstanceId));
        Writes.InsertInstance(connection, child, OrchestrationRuntimeStatus.Pending, 0, Now, Now, null, null, null, null);
        Writes.InsertMessage(connection, numbers, child.Number, new ExecutionStarted());
        effects.Awakened.Add(child.Number);
    }

    private void Conclude(Connection connection, Numbers numbers, Execution execution, Effects effects)
    {
        Writes.ClearInbox(connection, execution.Number);
        if (execution.Parent is not { } parent) return;
        HistoryEvent answer = End!.Status == OrchestrationRuntimeStatus.Completed
            ? new SubOrchestrationInstanceCompleted(parent.TaskId, End.Result)
            : new SubOrchestrationInstanceFailed(parent.TaskId, End.Failure ?? new TaskFailureDetails(
                "Terminated", $"The sub-orchestration '{execution.InstanceId}' was terminated.", null, null, null));
        if (Writes.SendTo(connection, numbers, parent.Execution, answer)) effects.Awakened.Add(parent.Execution);
    }

    private void Continue(Connection connection, Numbers numbers, Execution execution, Effects effects)
    {
        // Messages that came too late for this execution belong to the next one, behind what it carries along.
        var late = Reads.Inbox(connection, execution.Number).Select(row => row.Message)
            .Where(message => message is EventRaised or ExecutionSuspended or ExecutionResumed or ExecutionTerminated).ToList();
        var row = connection.Prepare("SELECT created, tags FROM durable_instances WHERE execution = ?").Bind(1, execution.Number);
        row.Step();
        var (created, tags) = (new DateTime(row.GetInt64(0), DateTimeKind.Utc), row.GetStringOrNull(1));
        row.Dispose();
        Writes.DeleteExecution(connection, execution.Number);
        var next = Next! with { Number = numbers.NextExecution() };
        Writes.InsertInstance(connection, next, OrchestrationRuntimeStatus.Running, 0, created, Now, null, CustomStatus, null, tags);
        Writes.InsertMessage(connection, numbers, next.Number, new ExecutionStarted());
        foreach (var message in Carried.Concat(late)) Writes.InsertMessage(connection, numbers, next.Number, message);
        effects.Awakened.Add(next.Number);
    }
}

/// <summary>What has to be looked after once a commit is through.</summary>
internal sealed class Effects
{
    /// <summary>Executions with something new in their inbox.</summary>
    public List<long> Awakened { get; } = [];

    /// <summary>The earliest instant among the timers set.</summary>
    public DateTime? EarliestDue { get; set; }
}
