using DurableTask.Core.Exceptions;
using LocalAzure.DurableTask.Tables;
using LocalAzure.Storage;
using Microsoft.DurableTask.Client;

namespace LocalAzure.DurableTask;

/// <summary>
/// Starts orchestrations. The first episode is computed before anything is stored, for an orchestrator touches nothing
/// outside, and goes into the same write as the instance: one flush starts an orchestration and brings it to its first wait.
/// </summary>
internal sealed class Starter(EngineCore core)
{
    /// <summary>Statuses that forbid a start where the caller names none: the genuine host's default.</summary>
    public static readonly IReadOnlySet<OrchestrationRuntimeStatus> DefaultDedupe = new HashSet<OrchestrationRuntimeStatus>
    {
        OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended,
    };

    /// <summary>Set when the engine is started; until then starts are only stored.</summary>
    public (EpisodeRunner Runner, Dispatcher Dispatcher)? Engine { get; set; }

    /// <summary>Stores a new instance; false: one that runs under this id must be terminated first.</summary>
    /// <exception cref="OrchestrationAlreadyExistsException">There is one in a status that forbids it.</exception>
    public async Task<bool> TryStartAsync(
        Execution execution, DateTimeOffset? startAt, string? tags, IReadOnlySet<OrchestrationRuntimeStatus> dedupe, bool idIsNew)
    {
        try
        {
            // A look beforehand spares the orchestrator's run, and its log lines, for a start that is going to be refused.
            if (!idIsNew) Check(core.Store.Read(connection => Reads.Instance(connection, execution.InstanceId)), dedupe);
            var now = core.Time.GetUtcNow();
            if (startAt is { } later && later > now) await StoreAsync(execution, now, later, tags, dedupe);
            else if (Engine is { } engine && !core.Stopping.IsCancellationRequested && CanBegin(engine.Runner, execution))
                await BeginAsync(engine, execution, tags, dedupe);
            else await StoreAsync(execution, now, null, tags, dedupe);
            return true;
        }
        catch (InstanceRunsException)
        {
            return false;
        }
    }

    private static bool CanBegin(EpisodeRunner runner, Execution execution) =>
        !runner.MustWait(execution) && runner.Hopeless(execution) is null;

    private static void Check(InstanceRow? existing, IReadOnlySet<OrchestrationRuntimeStatus> dedupe)
    {
        if (existing is null) return;
        if (dedupe.Contains(existing.Status))
        {
            throw new OrchestrationAlreadyExistsException(
                $"An orchestration with instance ID '{existing.Execution.InstanceId}' and status '{existing.Status}' already exists.");
        }

        if (!existing.IsFinished) throw new InstanceRunsException();
    }

    private static void Claim(Connection connection, string instanceId, IReadOnlySet<OrchestrationRuntimeStatus> dedupe)
    {
        var existing = Reads.Instance(connection, instanceId);
        Check(existing, dedupe);
        if (existing is not null) Writes.DeleteExecution(connection, existing.Execution.Number);
    }

    private async Task BeginAsync(
        (EpisodeRunner Runner, Dispatcher Dispatcher) engine,
        Execution execution,
        string? tags,
        IReadOnlySet<OrchestrationRuntimeStatus> dedupe)
    {
        var progress = new Progress(execution, isSuspended: false, []);
        var commit = engine.Runner.Step(progress, [], [new Mail(History.Happened.Started(), null)])!;
        Execution stored;
        Effects effects;
        try
        {
            (stored, effects) = await core.Store.WriteAsync(connection =>
            {
                Claim(connection, execution.InstanceId, dedupe);
                var numbered = execution with { Number = core.Numbers.NextExecution() };
                return (numbered, commit.WriteWithInstance(connection, core.Numbers, numbered, tags));
            });
        }
        catch
        {
            engine.Runner.Forget(progress);
            throw;
        }

        progress.Execution = stored;
        progress.Add(commit);
        engine.Dispatcher.Adopt(progress, commit.IsLast ? 0 : commit.Activities.Count());
        engine.Dispatcher.Dispatch(stored, commit, effects);
    }

    private async Task StoreAsync(
        Execution execution, DateTimeOffset now, DateTimeOffset? startAt, string? tags, IReadOnlySet<OrchestrationRuntimeStatus> dedupe)
    {
        var stored = await core.Store.WriteAsync(connection =>
        {
            Claim(connection, execution.InstanceId, dedupe);
            var numbered = execution with { Number = core.Numbers.NextExecution() };
            Writes.InsertInstance(
                connection, numbered, OrchestrationRuntimeStatus.Pending, 0, now.UtcDateTime, now.UtcDateTime, null, null, null, tags);
            if (startAt is { } later)
                Writes.InsertTimer(connection, numbered.Number, new History.DueTimer(DurableSchema.StartTimer, later.UtcDateTime));
            else Writes.InsertMessage(connection, core.Numbers, numbered.Number, History.Happened.Started());
            return numbered.Number;
        });
        if (Engine is not { } engine) return;
        if (startAt is { } due) core.Alarm!.RingBy(due);
        else engine.Dispatcher.Deliver(stored);
    }

    private sealed class InstanceRunsException : Exception;
}
