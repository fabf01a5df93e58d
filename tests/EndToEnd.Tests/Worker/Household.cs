using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask.Protobuf;

namespace EndToEnd.Tests.Worker;

/// <summary>
/// One orchestration of the published app, carried on episode by episode as a host does it: its history goes into the worker, the
/// actions come back, and what they ask for happens at once, timers among it.
/// </summary>
internal sealed class Household(FunctionsHost host, CreateInstanceRequest started, DateTimeOffset now)
{
    private readonly List<HistoryEvent> past = [];
    private readonly string executionId = Guid.NewGuid().ToString("N");

    /// <summary>What it asked for, in order: <c>activity ReadPlan</c>, <c>timer</c>.</summary>
    public List<string> Steps { get; } = [];

    /// <summary>The time of the last timer that rang, UTC.</summary>
    public DateTimeOffset Now { get; private set; } = now;

    /// <summary>Carries it on until it asks for an activity, which is left undone.</summary>
    public async Task UntilAskedForAsync(string activity, CancellationToken cancellation)
    {
        List<HistoryEvent> coming = [new()
        {
            EventId = -1,
            ExecutionStarted = new ExecutionStartedEvent
            {
                Name = started.Name,
                Input = started.Input,
                Version = started.Version,
                OrchestrationInstance = new OrchestrationInstance { InstanceId = started.InstanceId, ExecutionId = executionId },
            },
        }];
        while (true)
        {
            var actions = await EpisodeAsync(coming, cancellation);
            coming = [];
            foreach (var action in actions)
            {
                Steps.Add(NameOf(action));
                if (action.ScheduleTask?.Name == activity) return;
                if (action.ScheduleTask is { } task) coming.Add(await DoAsync(action.Id, task, cancellation));
            }

            // Nothing happens at once: the next thing is a timer.
            if (coming.Count == 0) coming.Add(Ring(actions.Single(action => action.CreateTimer is not null)));
        }
    }

    /// <summary>An action as a step that people can read.</summary>
    public static string NameOf(OrchestratorAction action) => action.OrchestratorActionTypeCase switch
    {
        OrchestratorAction.OrchestratorActionTypeOneofCase.ScheduleTask => $"activity {action.ScheduleTask.Name}",
        OrchestratorAction.OrchestratorActionTypeOneofCase.CreateTimer => "timer",
        var other => other.ToString(),
    };

    private async Task<IReadOnlyList<OrchestratorAction>> EpisodeAsync(IReadOnlyList<HistoryEvent> coming, CancellationToken cancellation)
    {
        var request = new OrchestratorRequest { InstanceId = started.InstanceId, ExecutionId = executionId };
        request.PastEvents.Add(past);
        request.NewEvents.Add(At(new HistoryEvent { EventId = -1, OrchestratorStarted = new OrchestratorStartedEvent() }));
        request.NewEvents.Add(coming.Select(At));
        var answer = await host.InvokeAsync(started.Name, Convert.ToBase64String(request.ToByteArray()), cancellation);
        var actions = OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer!)).Actions;
        past.AddRange(request.NewEvents);
        foreach (var action in actions) past.Add(At(Asked(action)));
        past.Add(At(new HistoryEvent { EventId = -1, OrchestratorCompleted = new OrchestratorCompletedEvent() }));
        return actions;
    }

    private static HistoryEvent Asked(OrchestratorAction action) => action.OrchestratorActionTypeCase switch
    {
        OrchestratorAction.OrchestratorActionTypeOneofCase.ScheduleTask => new HistoryEvent
        {
            EventId = action.Id,
            TaskScheduled = new TaskScheduledEvent { Name = action.ScheduleTask.Name, Input = action.ScheduleTask.Input },
        },
        OrchestratorAction.OrchestratorActionTypeOneofCase.CreateTimer => new HistoryEvent
        {
            EventId = action.Id,
            TimerCreated = new TimerCreatedEvent { FireAt = action.CreateTimer.FireAt },
        },
        var other => throw new InvalidOperationException($"A waiting household asks for {other}."),
    };

    private async Task<HistoryEvent> DoAsync(int id, ScheduleTaskAction task, CancellationToken cancellation)
    {
        // The history keeps an array of one; the function is given the element.
        var input = System.Text.Json.JsonDocument.Parse(task.Input).RootElement[0].GetRawText();
        var result = await host.InvokeAsync(task.Name, input, cancellation);
        return new HistoryEvent { EventId = -1, TaskCompleted = new TaskCompletedEvent { TaskScheduledId = id, Result = result } };
    }

    private HistoryEvent Ring(OrchestratorAction timer)
    {
        Now = timer.CreateTimer.FireAt.ToDateTimeOffset();
        return new HistoryEvent
        {
            EventId = -1,
            TimerFired = new TimerFiredEvent { TimerId = timer.Id, FireAt = timer.CreateTimer.FireAt },
        };
    }

    private HistoryEvent At(HistoryEvent happened)
    {
        happened.Timestamp ??= Timestamp.FromDateTimeOffset(Now);
        return happened;
    }

    /// <summary>Says where it stands.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{started.InstanceId} at {Now:u}: {string.Join(", ", Steps)}");
}
