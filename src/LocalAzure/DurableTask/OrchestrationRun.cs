using DurableTask.Core.Exceptions;
using LocalAzure.DurableTask.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace LocalAzure.DurableTask;

/// <summary>
/// An orchestration come to life: the orchestrator's code as far as it has got, and what it waits for. It is fed episode by
/// episode, first those of the history (<see cref="Replay"/>), then the new one (<see cref="Step"/>).
/// </summary>
internal sealed class OrchestrationRun
{
    private readonly Func<TaskOrchestrationContext, Task<object?>> orchestrator;
    private readonly DurableOptions options;
    private readonly ILogger logger;
    private readonly ReplayScheduler scheduler;
    private readonly Dictionary<int, IOpenTask> open = [];
    private readonly Dictionary<int, string> openChildren = [];
    private readonly List<HistoryEvent> held = [];
    private readonly List<TimerFired> cancelledTimers = [];
    private List<ActionEvent> actions = [];
    private Task<object?>? running;
    private ContinueAsNewOptions? next;
    private List<HistoryEvent>? carried;
    private int nextId;
    private int position;

    public OrchestrationRun(
        Execution execution, Func<TaskOrchestrationContext, Task<object?>> orchestrator, DurableOptions options, ILoggerFactory loggers)
    {
        Execution = execution;
        this.orchestrator = orchestrator;
        this.options = options;
        Loggers = loggers;
        logger = loggers.CreateLogger("LocalAzure.DurableTask");
        Events = new ExternalEvents(options.Converter);
        scheduler = new ReplayScheduler(OnForeignThread);
        Context = new ReplayContext(this);
    }

    /// <summary>What it was begun with; its number is given when it is first stored.</summary>
    public Execution Execution { get; set; }

    public ILoggerFactory Loggers { get; }

    public DurableOptions Options => options;

    public DateTime Now { get; private set; }

    public bool IsReplaying { get; private set; } = true;

    public bool IsSuspended { get; private set; }

    public ExternalEvents Events { get; }

    public ReplayContext Context { get; }

    public object? CustomStatus { get; set; }

    /// <summary>The end, once it is reached; the last of the actions.</summary>
    public ExecutionCompleted? End { get; private set; }

    /// <summary>Episodes fed so far.</summary>
    public int Episodes { get; private set; }

    /// <summary>The next execution, if the orchestrator ended by asking for one.</summary>
    public ContinueAsNewOptions? ContinuesAsNew => End?.Status == OrchestrationRuntimeStatus.Completed ? next : null;

    /// <summary>Messages that this execution has no more use for, for the next one.</summary>
    public IReadOnlyList<HistoryEvent> Carried => carried ?? [];

    /// <summary>The timers that are set and neither fired nor cancelled.</summary>
    public IEnumerable<TimerFired> OpenTimers =>
        open.Where(pair => pair.Value.FireAt is not null).Select(pair => new TimerFired(pair.Key, pair.Value.FireAt!.Value));

    /// <summary>The sub-orchestrations that are called and have not answered.</summary>
    public IEnumerable<string> OpenChildren => openChildren.Where(pair => open.ContainsKey(pair.Key)).Select(pair => pair.Value);

    /// <summary>Goes through a recorded episode again and compares what the orchestrator does with what it did.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">It did something else.</exception>
    public void Replay(Episode episode)
    {
        IsReplaying = true;
        var done = Feed(episode.At, episode.Incoming);
        Divergence.Check(Execution, position + 1 + episode.Incoming.Count, episode.Actions, done);
        foreach (var timer in episode.Actions.OfType<TimerCreated>())
        {
            // The instant that was recorded is the one that is stored, whatever the code would compute today.
            if (open.TryGetValue(timer.Id, out var task)) task.FireAt = timer.FireAt;
        }

        cancelledTimers.Clear();
        position += episode.EventCount;
    }

    /// <summary>Takes in new messages and gives what the orchestrator did thereupon.</summary>
    public StepResult Step(DateTime now, IReadOnlyList<HistoryEvent> incoming)
    {
        IsReplaying = false;
        var done = Feed(now, incoming);
        var episode = new Episode(now, incoming, done);
        position += episode.EventCount;
        var result = new StepResult(episode, [.. cancelledTimers]);
        cancelledTimers.Clear();
        return result;
    }

    public void EnsureCurrent()
    {
        if (!scheduler.IsCurrent)
            throw new InvalidOperationException("An orchestration's context was used outside the orchestrator's own thread; await nothing but what the context gives.");
    }

    public Task<T> ScheduleActivity<T>(string name, string? version, string? input)
    {
        var id = nextId++;
        actions.Add(new TaskScheduled(id, name, version, input));
        var call = new OpenCall<T>(name, id);
        open[id] = call;
        return call.Task;
    }

    public Task<T> ScheduleChild<T>(string name, string instanceId, string? version, string? input)
    {
        var id = nextId++;
        actions.Add(new SubOrchestrationInstanceCreated(id, name, instanceId, version, input));
        var call = new OpenCall<T>(name, id);
        open[id] = call;
        openChildren[id] = instanceId;
        return call.Task;
    }

    public Task ScheduleTimer(DateTime fireAt, CancellationToken cancellation)
    {
        var id = nextId++;
        actions.Add(new TimerCreated(id, fireAt));
        var timer = new OpenTimer { FireAt = fireAt };
        open[id] = timer;
        if (cancellation.CanBeCanceled)
        {
            cancellation.Register(() =>
            {
                if (!scheduler.IsCurrent)
                {
                    // CancelAsync does that: the cancellation would come at a moment that no replay could repeat.
                    OnForeignThread();
                    return;
                }

                if (open.Remove(id)) cancelledTimers.Add(new TimerFired(id, timer.FireAt!.Value));
                timer.TrySetCanceled(CancellationToken.None);
            });
        }

        return timer.Task;
    }

    public void SendEvent(string instanceId, string name, string? input) => actions.Add(new EventSent(nextId++, instanceId, name, input));

    public void ContinueAsNew(ContinueAsNewOptions asNew)
    {
        next = asNew;
        carried = [];
        if (asNew.PreserveUnprocessedEvents) carried.AddRange(Events.TakeEarly().Select(early => new EventRaised(early.Name, early.Payload)));
    }

    private List<ActionEvent> Feed(DateTime now, IReadOnlyList<HistoryEvent> incoming)
    {
        Now = now;
        Episodes++;
        scheduler.Run(() =>
        {
            foreach (var item in incoming)
            {
                Apply(item);
                scheduler.Drain();
                if (running is { IsCompleted: true } && End is null) Finish();
            }
        });
        if (running is { IsCompleted: false } && End is null && open.Count == 0 && !Events.AnyWaiter && !IsSuspended)
        {
            CompleteWith(OrchestrationRuntimeStatus.Failed, null, Failures.Of(new InvalidOperationException(
                "The orchestrator awaits something that its context did not give, so that no message could ever let it go on.")));
        }

        var done = actions;
        actions = [];
        return done;
    }

    private void Apply(HistoryEvent item)
    {
        if (End is not null)
        {
            // What comes behind the end in one episode is for the next execution, if there is one.
            var wanted = item is ExecutionSuspended or ExecutionResumed or ExecutionTerminated || (item is EventRaised && next is { PreserveUnprocessedEvents: true });
            if (ContinuesAsNew is not null && wanted) carried!.Add(item);
            return;
        }

        if (IsSuspended && item is not (ExecutionResumed or ExecutionTerminated))
        {
            held.Add(item);
            return;
        }

        switch (item)
        {
            case ExecutionStarted:
                running = Start();
                break;
            case TaskCompleted e: Take(e.TaskId)?.Complete(e.Result, options.Converter); break;
            case TaskFailed e: Take(e.TaskId)?.Fail(e.Failure); break;
            case TimerFired e: Take(e.TimerId)?.Complete(null, options.Converter); break;
            case SubOrchestrationInstanceCompleted e: Take(e.TaskId)?.Complete(e.Result, options.Converter); break;
            case SubOrchestrationInstanceFailed e: Take(e.TaskId)?.Fail(e.Failure); break;
            case EventRaised e when next is { PreserveUnprocessedEvents: true }: carried!.Add(e); break;
            case EventRaised e: Events.Raise(e.Name, e.Input); break;
            case ExecutionSuspended: IsSuspended = true; break;
            case ExecutionResumed: Resume(); break;
            case ExecutionTerminated e: CompleteWith(OrchestrationRuntimeStatus.Terminated, e.Output, null); break;
            default: throw new InvalidOperationException($"{item.GetType().Name} is no message.");
        }
    }

    private async Task<object?> Start() => await orchestrator(Context);

    private IOpenTask? Take(int id) => open.Remove(id, out var task) ? task : null;

    private void Resume()
    {
        IsSuspended = false;
        var waiting = held.ToArray();
        held.Clear();
        foreach (var item in waiting)
        {
            Apply(item);
            scheduler.Drain();
            if (running is { IsCompleted: true } && End is null) Finish();
        }
    }

    private void Finish()
    {
        if (running!.IsCompletedSuccessfully)
        {
            try
            {
                CompleteWith(OrchestrationRuntimeStatus.Completed, options.Converter.Serialize(running.Result), null);
                return;
            }
            catch (Exception unwritable) when (unwritable is System.Text.Json.JsonException or NotSupportedException)
            {
                CompleteWith(OrchestrationRuntimeStatus.Failed, null, Failures.Of(unwritable));
                return;
            }
        }

        var failure = running.Exception?.InnerException ?? new TaskCanceledException(running);
        if (!IsReplaying) logger.LogWarning("Orchestration {Name} ({InstanceId}) failed: {ErrorType}", Execution.Name, Execution.InstanceId, failure.GetType());
        next = null;
        CompleteWith(OrchestrationRuntimeStatus.Failed, null, Failures.Of(failure));
    }

    private void CompleteWith(OrchestrationRuntimeStatus status, string? result, TaskFailureDetails? failure)
    {
        End = new ExecutionCompleted(nextId++, status, result, failure);
        actions.Add(End);
    }

    private void OnForeignThread() => logger.LogError(
        "Orchestration {Name} ({InstanceId}) awaited or cancelled something outside its own thread; it can't go on from there",
        Execution.Name,
        Execution.InstanceId);
}

/// <summary>What a step came to: the episode to be recorded, and the timers that are no longer wanted.</summary>
internal sealed record StepResult(Episode Episode, IReadOnlyList<TimerFired> CancelledTimers);
