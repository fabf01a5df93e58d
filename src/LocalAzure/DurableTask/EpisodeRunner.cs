using DurableTask.Core.Exceptions;
using LocalAzure.DurableTask.History;
using LocalAzure.DurableTask.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Abstractions;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using P = Microsoft.DurableTask.Protobuf;

namespace LocalAzure.DurableTask;

/// <summary>Works out what an episode comes to; stores nothing.</summary>
internal sealed class EpisodeRunner(IDurableFunctions functions, DurableOptions options, TimeProvider time, ILoggerFactory loggers)
    : IDisposable
{
    private const string MissingOrchestrator = "OrchestratorTaskNotFound";

    private static readonly string Diverged = typeof(NonDeterministicOrchestrationException).FullName!;

    private readonly Runner runner = new(options.ServicesOr(loggers), options.Converter, options.DefaultVersion);
    private readonly ILogger logger = loggers.CreateLogger("LocalAzure.DurableTask");

    /// <summary>The failure that an execution has before its first line runs; null: none.</summary>
    public P.TaskFailureDetails? Hopeless(Execution execution) =>
        options.VersionFailureStrategy == VersionFailureStrategy.Fail && VersionMismatch(execution.Version) is { } mismatch
            ? Failures.Final("VersionMismatch", mismatch)
        : functions.HasOrchestrator(execution.Name) ? null
        : Failures.Final(MissingOrchestrator, $"No orchestrator task named '{execution.Name}' was found.");

    /// <summary>Whether the execution has to wait for another process.</summary>
    public bool MustWait(Execution execution) =>
        options.VersionFailureStrategy == VersionFailureStrategy.Reject && VersionMismatch(execution.Version) is not null;

    /// <summary>Lets go of an orchestration for which nothing is under way any more.</summary>
    public void Forget(Progress progress) => runner.Forget(progress);

    /// <summary>Takes a step with what has come; null: the execution has not begun, so the messages wait.</summary>
    public EpisodeCommit? Step(Progress progress, IReadOnlyList<InboxRow> inbox, IReadOnlyList<Mail> mail)
    {
        var execution = progress.Execution;
        var incoming = Incoming(execution, inbox, mail);
        if (progress.Past.Count == 0 && incoming[0].ExecutionStarted is null)
        {
            return incoming.Select(item => item.ExecutionTerminated).FirstOrDefault(end => end is not null) is { } end
                ? End(progress, OrchestrationRuntimeStatus.Terminated, end.Input, null, inbox, mail)
                : null;
        }

        if (Hopeless(execution) is { } hopeless) return End(progress, OrchestrationRuntimeStatus.Failed, null, hopeless, inbox, mail);
        var episode = new Episode(time.GetUtcNow().UtcDateTime, incoming);
        P.OrchestratorResponse response;
        try
        {
            Task<object?> Function(TaskOrchestrationContext context) => functions.RunOrchestratorAsync(execution.Name, context);
            response = options.HeldHistories > 0
                ? runner.RunAlive(Function, progress, episode.Events)
                : runner.Run(Function, execution, progress.Past, episode.Events);
        }
        catch (Exception failure) when (failure is not ObjectDisposedException)
        {
            // An event that can't be read as what is waited for, say: the genuine host fails the orchestration then. Its text
            // may say anything, so the log has the type alone.
            logger.LogWarning(
                "Orchestration {Name} ({InstanceId}) can't go on: {ErrorType}", execution.Name, execution.InstanceId, failure.GetType());
            return End(progress, OrchestrationRuntimeStatus.Failed, null, Failures.Of(failure), inbox, mail);
        }

        return Commit(progress, episode.With(Wanted(response.Actions)), response.CustomStatus, inbox, mail);
    }

    // An orchestration that took another course than its history is over, and what it wanted on that course isn't done.
    private static IReadOnlyList<P.OrchestratorAction> Wanted(IReadOnlyList<P.OrchestratorAction> actions)
    {
        var refused = actions.FirstOrDefault(action => action.CompleteOrchestration?.FailureDetails?.ErrorType == Diverged);
        return refused is null ? actions : [refused];
    }

    public void Dispose() => runner.Dispose();

    // The start comes first, even if an event or a suspension was quicker.
    private static List<P.HistoryEvent> Incoming(Execution execution, IReadOnlyList<InboxRow> inbox, IReadOnlyList<Mail> mail)
    {
        var incoming = new List<P.HistoryEvent>(inbox.Count + mail.Count);
        foreach (var message in inbox.Select(row => row.Message).Concat(mail.Select(item => item.Message)))
        {
            if (message.ExecutionStarted is not null || message.TimerFired is { TimerId: DurableSchema.StartTimer })
                incoming.Insert(0, Happened.Started(execution));
            else incoming.Add(message);
        }

        return incoming;
    }

    private static EpisodeCommit Commit(
        Progress progress, Episode episode, string? customStatus, IReadOnlyList<InboxRow> inbox, IReadOnlyList<Mail> mail)
    {
        var execution = progress.Execution;
        var complete = episode.Actions.Select(action => action.CompleteOrchestration).FirstOrDefault(action => action is not null);
        var asNew = complete is { OrchestrationStatus: P.OrchestrationStatus.ContinuedAsNew };
        var suspended = progress.IsSuspendedAfter(episode.Incoming);
        var end = complete is null || asNew
            ? null
            : new EpisodeEnd((OrchestrationRuntimeStatus)complete.OrchestrationStatus, complete.Result, complete.FailureDetails);
        return new EpisodeCommit
        {
            Progress = progress,
            Episode = episode,
            Encoded = asNew ? [] : episode.Encode(),
            Status = end?.Status ?? (suspended && !asNew ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running),
            IsSuspended = suspended,
            CustomStatus = customStatus,
            End = end,
            Consumed = inbox,
            CompletedActivities = Completed(mail),
            GoneTimers = Gone(progress, mail, all: complete is not null),
            TerminatedChildren = episode.Incoming.Any(item => item.ExecutionTerminated is { Recurse: true })
                ? [.. OpenWork.Children([.. Episode.Decode(progress.Past), .. episode.Events])]
                : [],
            Next = !asNew ? null : execution with
            {
                Number = 0,
                Input = complete!.Result,
                Version = string.IsNullOrWhiteSpace(complete.NewVersion) ? execution.Version : complete.NewVersion,
            },
            Carried = asNew ? complete!.CarryoverEvents : [],
        };
    }

    /// <summary>The end of an execution that no orchestrator is asked about.</summary>
    private EpisodeCommit End(
        Progress progress,
        OrchestrationRuntimeStatus status,
        string? output,
        P.TaskFailureDetails? failure,
        IReadOnlyList<InboxRow> inbox,
        IReadOnlyList<Mail> mail)
    {
        var end = new P.OrchestratorAction
        {
            Id = -1,
            CompleteOrchestration = new P.CompleteOrchestrationAction
            {
                OrchestrationStatus = (P.OrchestrationStatus)status,
                Result = output,
                FailureDetails = failure,
            },
        };
        var episode = new Episode(time.GetUtcNow().UtcDateTime, Incoming(progress.Execution, inbox, mail));
        return Commit(progress, episode.With([end]), null, inbox, mail);
    }

    private static List<int> Completed(IReadOnlyList<Mail> mail)
    {
        List<int> completed = [];
        foreach (var item in mail)
        {
            if (Happened.ActivityOf(item.Message) is { } task) completed.Add(task);
        }

        return completed;
    }

    private static List<DueTimer> Gone(Progress progress, IReadOnlyList<Mail> mail, bool all)
    {
        List<DueTimer> gone = [];
        foreach (var item in mail)
        {
            if (item.Message.TimerFired is { } fired) gone.Add(DueTimer.Of(fired));
        }

        if (all) gone.AddRange(OpenWork.Timers(Episode.Decode(progress.Past)));
        return gone;
    }

    private string? VersionMismatch(string version)
    {
        var own = options.DefaultVersion ?? "";
        if (options.VersionMatchStrategy == VersionMatchStrategy.None || version == own) return null;
        var order = TaskOrchestrationVersioningUtils.CompareVersions(version, own);
        return options.VersionMatchStrategy switch
        {
            VersionMatchStrategy.Strict when order != 0 =>
                $"The orchestration version '{version}' does not match the worker version '{own}'.",
            VersionMatchStrategy.CurrentOrOlder when order > 0 =>
                $"The orchestration version '{version}' is greater than the worker version '{own}'.",
            _ => null,
        };
    }
}
