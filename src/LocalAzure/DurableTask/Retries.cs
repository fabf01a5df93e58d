using System.Runtime.ExceptionServices;
using Microsoft.DurableTask;

namespace LocalAzure.DurableTask;

/// <summary>Retries of activities and sub-orchestrations, in the genuine worker's order of events and with its arithmetic.</summary>
internal static class Retries
{
    /// <summary>Failures that no retry could mend: nobody of that name.</summary>
    private static readonly HashSet<string> Final = [MissingActivity, MissingOrchestrator];

    public const string MissingActivity = "ActivityTaskNotFound";

    public const string MissingOrchestrator = "OrchestratorTaskNotFound";

    public static Task<T> InvokeAsync<T>(TaskOrchestrationContext context, OrchestrationRun run, TaskOptions? options, Func<Task<T>> call) =>
        options?.Retry switch
        {
            { Policy: { } policy } => ByPolicyAsync(context, run, policy, call),
            { Handler: { } handler } => ByHandlerAsync(context, handler, call),
            _ => call(),
        };

    private static async Task<T> ByPolicyAsync<T>(TaskOrchestrationContext context, OrchestrationRun run, RetryPolicy policy, Func<Task<T>> call)
    {
        var first = context.CurrentUtcDateTime;
        for (var attempt = 0; ; attempt++)
        {
            ExceptionDispatchInfo failure;
            try
            {
                return await call();
            }
            catch (TaskFailedException failed) when (!Final.Contains(failed.FailureDetails.ErrorType))
            {
                failure = ExceptionDispatchInfo.Capture(failed);
            }

            if (attempt + 1 >= policy.MaxNumberOfAttempts)
            {
                // The genuine engine sets one last timer that is due at once, which old histories contain; so do ours.
                await run.ScheduleTimer(context.CurrentUtcDateTime, CancellationToken.None);
                failure.Throw();
            }

            var wait = NextWait(policy, attempt, context.CurrentUtcDateTime - first, failure.SourceException);
            if (wait == TimeSpan.Zero) failure.Throw();
            await run.ScheduleTimer(context.CurrentUtcDateTime + wait, CancellationToken.None);
        }
    }

    /// <summary>FirstRetryInterval × BackoffCoefficient^attempt, at most MaxRetryInterval; zero: give up.</summary>
    internal static TimeSpan NextWait(RetryPolicy policy, int attempt, TimeSpan elapsed, Exception failure)
    {
        if (!policy.Handle(failure)) return TimeSpan.Zero;
        if (policy.RetryTimeout != Timeout.InfiniteTimeSpan && elapsed >= policy.RetryTimeout) return TimeSpan.Zero;
        var milliseconds = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempt);
        return policy.MaxRetryInterval == Timeout.InfiniteTimeSpan || milliseconds < policy.MaxRetryInterval.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : policy.MaxRetryInterval;
    }

    private static async Task<T> ByHandlerAsync<T>(TaskOrchestrationContext context, AsyncRetryHandler handler, Func<Task<T>> call)
    {
        var first = context.CurrentUtcDateTime;
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException failed) when (!Final.Contains(failed.FailureDetails.ErrorType))
            {
                var retry = new RetryContext(context, attempts, failed.FailureDetails, context.CurrentUtcDateTime - first, CancellationToken.None);
                if (!await handler(retry)) throw;
            }
        }
    }
}
