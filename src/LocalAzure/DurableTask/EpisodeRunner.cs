using DurableTask.Core.Exceptions;
using LocalAzure.DurableTask.History;
using LocalAzure.DurableTask.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Abstractions;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace LocalAzure.DurableTask;

/// <summary>Works out what an episode comes to; stores nothing.</summary>
internal sealed class EpisodeRunner(IDurableFunctions functions, DurableOptions options, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger logger = loggers.CreateLogger("LocalAzure.DurableTask");

    /// <summary>Why this process may not run an instance of that version; null: it may.</summary>
    public TaskFailureDetails? VersionMismatch(string version)
    {
        var own = options.DefaultVersion ?? "";
        var order = TaskOrchestrationVersioningUtils.CompareVersions(version, own);
        var reason = options.VersionMatchStrategy switch
        {
            VersionMatchStrategy.Strict when order != 0 => $"The orchestration version '{version}' does not match the worker version '{own}'.",
            VersionMatchStrategy.CurrentOrOlder when order > 0 => $"The orchestration version '{version}' is greater than the worker version '{own}'.",
            _ => null,
        };
        return reason is null ? null : new TaskFailureDetails("VersionMismatch", reason, null, null, null);
    }

    /// <summary>The orchestration at its very beginning.</summary>
    public OrchestrationRun Begin(Execution execution) =>
        new(execution, context => functions.RunOrchestratorAsync(execution.Name, context), options, loggers);

    /// <summary>The orchestration as its history left it.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">It takes another course than the history.</exception>
    public OrchestrationRun Replay(Execution execution, IReadOnlyList<Episode> history)
    {
        var run = Begin(execution);
        foreach (var episode in history) run.Replay(episode);
        return run;
    }

    /// <summary>The failure that an execution has before its first line runs; null: none.</summary>
    public TaskFailureDetails? Hopeless(Execution execution) =>
        options.VersionFailureStrategy == VersionFailureStrategy.Fail && VersionMismatch(execution.Version) is { } mismatch ? mismatch
        : functions.HasOrchestrator(execution.Name) ? null
        : new TaskFailureDetails(Retries.MissingOrchestrator, $"No orchestrator task named '{execution.Name}' was found.", null, null, null);

    /// <summary>Whether the execution has to wait for another process.</summary>
    public bool MustWait(Execution execution) =>
        options.VersionFailureStrategy == VersionFailureStrategy.Reject && VersionMismatch(execution.Version) is not null;

    /// <summary>Takes a step with what has come.</summary>
    public EpisodeCommit Step(OrchestrationRun run, IReadOnlyList<InboxRow> inbox, IReadOnlyList<Mail> mail)
    {
        var incoming = new List<HistoryEvent>(inbox.Count + mail.Count);
        foreach (var row in inbox) incoming.Add(row.Message);
        foreach (var item in mail) incoming.Add(item.Message is TimerFired { TimerId: DurableSchema.StartTimer } ? new ExecutionStarted() : item.Message);
        var before = run.Episodes;
        var result = run.Step(time.GetUtcNow().UtcDateTime, incoming);
        return Commit(run, before, result, inbox, mail);
    }

    /// <summary>The end of an execution that can't be run.</summary>
    public EpisodeCommit Fail(int episodes, TaskFailureDetails failure, IReadOnlyList<InboxRow> inbox, IReadOnlyList<Mail> mail, IEnumerable<TimerFired> timers)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var end = new ExecutionCompleted(-1, OrchestrationRuntimeStatus.Failed, null, failure);
        return new EpisodeCommit
        {
            EpisodesBefore = episodes,
            Episode = new Episode(now, [.. inbox.Select(row => row.Message), .. mail.Select(item => item.Message)], [end]),
            Now = now,
            Status = OrchestrationRuntimeStatus.Failed,
            End = end,
            GoneTimers = [.. timers, .. mail.Select(item => item.Message).OfType<TimerFired>()],
        };
    }

    /// <summary>The end of an execution whose code and history disagree: the history is left as it is.</summary>
    public EpisodeCommit Diverged(InstanceRow row, NonDeterministicOrchestrationException divergence, IReadOnlyList<Episode> history)
    {
        logger.LogError(
            "Orchestration {Name} ({InstanceId}) failed: {Divergence}", row.Execution.Name, row.Execution.InstanceId, divergence.Message);
        return new EpisodeCommit
        {
            EpisodesBefore = row.Episodes,
            Episode = null,
            Now = time.GetUtcNow().UtcDateTime,
            Status = OrchestrationRuntimeStatus.Failed,
            End = new ExecutionCompleted(-1, OrchestrationRuntimeStatus.Failed, null, Failures.Of(divergence) with { StackTrace = null }),
            GoneTimers = [.. history.SelectMany(episode => episode.Actions).OfType<TimerCreated>().Select(timer => new TimerFired(timer.Id, timer.FireAt))],
        };
    }

    private EpisodeCommit Commit(OrchestrationRun run, int before, StepResult result, IReadOnlyList<InboxRow> inbox, IReadOnlyList<Mail> mail)
    {
        List<TimerFired> gone = [.. result.CancelledTimers];
        List<int> completed = [];
        foreach (var item in mail)
        {
            if (item.Message is TimerFired fired) gone.Add(fired);
            else if (Mails.ActivityOf(item.Message) is { } task) completed.Add(task);
        }

        if (run.End is not null) gone.AddRange(run.OpenTimers);
        return new EpisodeCommit
        {
            EpisodesBefore = before,
            Episode = result.Episode,
            Now = result.Episode.At,
            Status = run.ContinuesAsNew is not null ? OrchestrationRuntimeStatus.Running
                : run.End?.Status ?? (run.IsSuspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running),
            CustomStatus = options.Converter.Serialize(run.CustomStatus),
            End = run.End,
            Consumed = inbox,
            CompletedActivities = completed,
            GoneTimers = gone,
            TerminatedChildren = result.Episode.Incoming.OfType<ExecutionTerminated>().Any(end => end.Recursive) ? [.. run.OpenChildren] : [],
            Next = run.ContinuesAsNew is { } next
                ? run.Execution with
                {
                    Number = 0,
                    Input = options.Converter.Serialize(next.NewInput),
                    Version = string.IsNullOrWhiteSpace(next.NewVersion) ? run.Execution.Version : next.NewVersion,
                }
                : null,
            Carried = run.ContinuesAsNew is null ? [] : run.Carried,
        };
    }
}

/// <summary>What messages from memory mean for the tables.</summary>
internal static class Mails
{
    /// <summary>The activity that a message is the result of; null: of none.</summary>
    public static int? ActivityOf(HistoryEvent message) => message switch
    {
        TaskCompleted e => e.TaskId,
        TaskFailed e => e.TaskId,
        _ => null,
    };
}
