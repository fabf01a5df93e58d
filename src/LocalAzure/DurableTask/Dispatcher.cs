using System.Collections.Concurrent;
using LocalAzure.DurableTask.History;
using LocalAzure.DurableTask.Tables;
using LocalAzure.Storage;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace LocalAzure.DurableTask;

/// <summary>
/// Sees to it that every execution with news takes its steps: one at a time for each execution, many executions at once, each
/// step one write, and nothing done outside before that write is committed.
/// </summary>
internal sealed class Dispatcher(EngineCore core, EpisodeRunner runner)
{
    private static readonly TimeSpan PauseAfterStoreFailure = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, Session> sessions = new();
    private readonly WorkGate gate = new(core.Options.MaxConcurrentOrchestrations);
    private readonly ILogger logger = core.Loggers.CreateLogger("LocalAzure.DurableTask");
    private int held;

    /// <summary>Set once; what runs the activities, and is told of each whether it follows from another.</summary>
    public Action<ActivityRow, bool>? RunActivity { get; set; }

    /// <summary>Tells an execution that there is something in its inbox, or hands it a message from memory.</summary>
    public void Deliver(long execution, Mail? mail = null)
    {
        while (true)
        {
            var session = sessions.GetOrAdd(execution, static number => new Session(number));
            if (!session.TryAdd(mail, out var schedule))
            {
                sessions.TryRemove(new KeyValuePair<long, Session>(execution, session));
                continue;
            }

            if (schedule)
            {
                core.Idle.Begin();
                gate.Add(() => RunAsync(session));
            }

            return;
        }
    }

    /// <summary>Looks after what a commit brought about.</summary>
    public void Dispatch(Execution execution, EpisodeCommit commit, Effects effects)
    {
        foreach (var action in commit.Activities)
        {
            var input = ActivityInput.Of(action.ScheduleTask);
            RunActivity!(
                new ActivityRow(execution.Number, execution.InstanceId, action.Id, action.ScheduleTask.Name, input),
                commit.CompletedActivities.Count > 0);
        }

        foreach (var awakened in effects.Awakened) Deliver(awakened);
        if (effects.EarliestDue is { } due) core.Alarm!.RingBy(new DateTimeOffset(due, TimeSpan.Zero));
        core.Waiters.Changed(execution.InstanceId);
    }

    /// <summary>Holds a newly started orchestration's history for the results of its first activities.</summary>
    public void Adopt(Progress progress, int activities)
    {
        if (activities > 0 && MayHold())
        {
            var session = new Session(progress.Execution.Number) { Held = progress, ActivitiesInFlight = activities };
            if (sessions.TryAdd(progress.Execution.Number, session)) return;
            Interlocked.Decrement(ref held);
        }

        runner.Forget(progress);
    }

    private async Task RunAsync(Session session)
    {
        List<Mail> mail = [];
        try
        {
            while (true)
            {
                var mayRest = session.Held is not null && session.ActivitiesInFlight > 0;
                if (!session.TryTake(mayRest, out mail, out var inbox))
                {
                    // A session at rest may be woken by now and belongs to its next runner; one that is over is ours alone.
                    if (!mayRest) Remove(session);
                    return;
                }

                // On stopping, what came is kept for the next process: activities' results as messages, timers as they are.
                if (core.Stopping.IsCancellationRequested) await LayAsideAsync(session.Execution, mail);
                else await StepAsync(session, mail, inbox);
            }
        }
        catch (Exception failure)
        {
            // A store that is closed is no news: what the file holds is picked up when it is opened again.
            if (failure is not (StorageException or ObjectDisposedException))
                logger.LogError(failure, "Execution {Execution} can't be run by this process", session.Execution);
            foreach (var lost in mail.Concat(session.Retire())) lost.Settled?.Invoke();
            Remove(session);
        }
        finally
        {
            core.Idle.End();
        }
    }

    private void Remove(Session session)
    {
        sessions.TryRemove(new KeyValuePair<long, Session>(session.Execution, session));
        Drop(session);
    }

    private async Task StepAsync(Session session, List<Mail> mail, bool inbox)
    {
        try
        {
            await StepOnceAsync(session, mail, inbox);
        }
        catch (StaleEpisodeException)
        {
            Drop(session);
            session.PutBack(mail);
            return;
        }
        catch (StorageException failure) when (!core.Stopping.IsCancellationRequested && !core.Store.IsClosed)
        {
            logger.LogError(failure, "A step of execution {Execution} could not be stored; it is tried again", session.Execution);
            Drop(session);
            session.PutBack(mail);
            await Task.Delay(PauseAfterStoreFailure, core.Time, core.Stopping).ContinueWith(static _ => { }, TaskScheduler.Default);
            return;
        }

        foreach (var item in mail) item.Settled?.Invoke();
    }

    private async Task StepOnceAsync(Session session, List<Mail> mail, bool inbox)
    {
        List<InboxRow> messages = [];
        var progress = session.Held;
        if (progress is not null)
        {
            if (inbox) messages = core.Store.Read(connection => Reads.Inbox(connection, session.Execution));
        }
        else
        {
            var (row, history) = core.Store.Read(connection =>
            {
                messages = Reads.Inbox(connection, session.Execution);
                return (Reads.Instance(connection, session.Execution), Reads.Episodes(connection, session.Execution));
            });
            if (row is null or { IsFinished: true })
            {
                await ForgetAsync(session.Execution, mail);
                return;
            }

            progress = new Progress(row.Execution, row.Status == OrchestrationRuntimeStatus.Suspended, history);
        }

        if (messages.Count == 0 && mail.Count == 0) return;
        var execution = progress.Execution;
        if (runner.MustWait(execution))
        {
            logger.LogWarning(
                "Execution {Execution} has version '{Version}', which this process may not run: it waits",
                execution.Number,
                execution.Version);
            await LayAsideAsync(session.Execution, mail);
            return;
        }

        if (runner.Step(progress, messages, mail) is not { } commit)
        {
            await LayAsideAsync(session.Execution, mail);
            return;
        }

        Effects effects;
        try
        {
            effects = await core.Store.WriteAsync(connection => commit.Write(connection, core.Numbers));
        }
        catch
        {
            // It lives on from an episode that never was.
            runner.Forget(progress);
            throw;
        }

        progress.Add(commit);
        session.ActivitiesInFlight = Math.Max(0, session.ActivitiesInFlight - commit.CompletedActivities.Count) + commit.Activities.Count();
        if (commit.IsLast || (commit.CompletedActivities.Count > 0 && AreManyHeld)) Drop(session);
        else if (session.Held is null && session.ActivitiesInFlight > 0 && MayHold()) session.Held = progress;
        if (session.Held is null) runner.Forget(progress);
        Dispatch(execution, commit, effects);
    }

    // What follows from an activity lets others pass. If those who wait for it were all kept alive, nobody else could be.
    private bool AreManyHeld => Volatile.Read(ref held) > core.Options.HeldHistories / 2;

    private bool MayHold()
    {
        if (Interlocked.Increment(ref held) <= core.Options.HeldHistories) return true;
        Interlocked.Decrement(ref held);
        return false;
    }

    private void Drop(Session session)
    {
        if (session.Held is null) return;
        runner.Forget(session.Held);
        session.Held = null;
        Interlocked.Decrement(ref held);
    }

    /// <summary>Makes messages from memory into stored ones, for anyone who runs this execution next.</summary>
    private Task LayAsideAsync(long execution, List<Mail> mail) => WriteAndSettleAsync(mail, connection =>
    {
        foreach (var item in mail)
        {
            if (item.Message.TimerFired is { } timer)
            {
                if (core.Stopping.IsCancellationRequested) continue;
                Writes.DeleteTimer(connection, execution, DueTimer.Of(timer));
            }
            else if (Happened.ActivityOf(item.Message) is { } task)
            {
                Writes.DeleteActivity(connection, execution, task);
            }

            var isStart = item.Message.TimerFired is { TimerId: DurableSchema.StartTimer };
            Writes.SendTo(connection, core.Numbers, execution, isStart ? Happened.Started() : item.Message);
        }
    });

    /// <summary>Drops messages for an execution that is over.</summary>
    private Task ForgetAsync(long execution, List<Mail> mail) => WriteAndSettleAsync(mail, connection =>
    {
        Writes.ClearInbox(connection, execution);
        foreach (var item in mail)
        {
            if (item.Message.TimerFired is { } timer) Writes.DeleteTimer(connection, execution, DueTimer.Of(timer));
            else if (Happened.ActivityOf(item.Message) is { } task) Writes.DeleteActivity(connection, execution, task);
        }
    });

    private async Task WriteAndSettleAsync(List<Mail> mail, Action<Connection> write)
    {
        await core.Store.WriteAsync(write);
        foreach (var item in mail) item.Settled?.Invoke();
    }
}
