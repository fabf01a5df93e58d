using LocalAzure.DurableTask.History;
using LocalAzure.DurableTask.Tables;
using Microsoft.Extensions.Logging;
using P = Microsoft.DurableTask.Protobuf;

namespace LocalAzure.DurableTask;

/// <summary>
/// Runs activities and hands their results to their orchestrations. The result is stored with the episode that takes it in;
/// a crash before that runs the activity again, which is what at-least-once means.
/// </summary>
internal sealed class ActivityRunner(EngineCore core, IDurableFunctions functions, Dispatcher dispatcher) : IDisposable
{
    private const string MissingActivity = "ActivityTaskNotFound";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly WorkGate gate = new(core.Options.MaxConcurrentActivities);
    private readonly CancellationTokenSource aborting = new();
    private readonly ILogger logger = core.Loggers.CreateLogger("LocalAzure.DurableTask");

    /// <summary>Runs it when its turn comes.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="isFollowUp">
    /// Whether it is asked for upon another's result: then it lets those pass that are not. When thousands of calls fall due in the same
    /// second, they are put on the list first, and who is told of them is told behind that.
    /// </param>
    public void Run(ActivityRow activity, bool isFollowUp)
    {
        core.Idle.Begin();
        gate.Add(() => RunAsync(activity), isFollowUp);
    }

    /// <summary>
    /// Completes once a quarter as many activities wait for their turn as run at once, or fewer; after a second at the latest, for those
    /// that run may hang, and what is due needn't ask for any.
    /// </summary>
    public Task WhenFewWaitAsync() => Task.WhenAny(
        gate.WhenAtMostAsync(core.Options.MaxConcurrentActivities / 4), Task.Delay(LongestWait, TimeProvider.System, core.Stopping));

    /// <summary>Tells running activities to give up; they run again in the next process.</summary>
    public void Abort() => aborting.Cancel();

    public void Dispose() => aborting.Dispose();

    private async Task RunAsync(ActivityRow activity)
    {
        try
        {
            // Not begun is not lost: the row is still there.
            if (core.Stopping.IsCancellationRequested) return;
            if (await ResultAsync(activity) is { } result) dispatcher.Deliver(activity.Execution, new Mail(result, null));
        }
        finally
        {
            core.Idle.End();
        }
    }

    private async Task<P.HistoryEvent?> ResultAsync(ActivityRow activity)
    {
        try
        {
            if (!functions.HasActivity(activity.Name))
            {
                return Happened.TaskFailed(
                    activity.TaskId, Failures.Final(MissingActivity, $"No activity task named '{activity.Name}' was found."));
            }

            var value = await functions.RunActivityAsync(
                activity.Name, activity.InstanceId, activity.TaskId, activity.Input, aborting.Token);
            return Happened.TaskDone(activity.TaskId, core.Options.Converter.Serialize(value));
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception failure)
        {
            // Whatever an activity throws is its orchestration's to judge. Its text may say anything, so the log has the type alone.
            logger.LogWarning(
                "Activity {Name} (#{TaskId} of {InstanceId}) failed: {ErrorType}",
                activity.Name, activity.TaskId, activity.InstanceId, failure.GetType());
            return Happened.TaskFailed(activity.TaskId, Failures.Of(failure));
        }
    }
}

/// <summary>What an activity is given: an orchestrator's action has it as an array of one.</summary>
internal static class ActivityInput
{
    /// <summary>The only element's JSON; null if it is null.</summary>
    public static string? Of(P.ScheduleTaskAction activity)
    {
        var array = activity.Input.AsSpan().Trim();
        if (array is not ['[', .. var element, ']'])
            throw new FormatException($"The input of activity '{activity.Name}' isn't a JSON array.");
        element = element.Trim();
        return element is "" or "null" ? null : element.ToString();
    }
}
