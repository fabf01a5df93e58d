using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace VcasFunctions.Notifications;

/// <summary>Waits until the households of one digest have gathered, or until Teams takes requests again, and has it sent.</summary>
public static class DigestOrchestration
{
    // 10 s × (3^4 − 1)/2 ≈ 7 min. The call list shows the cases all the while; the sweep tries again later.
    private static readonly TaskOptions Briefly = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 5, firstRetryInterval: TimeSpan.FromSeconds(10), backoffCoefficient: 3.0));

    /// <summary>One digest; another follows where more have come meanwhile.</summary>
    [Function(nameof(DigestOrchestration))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var plan = context.GetInput<DigestPlan>()!;
        await context.CreateTimer(plan.At.UtcDateTime, CancellationToken.None);
        try
        {
            var batch = new DigestPlan(plan.Key, new DateTimeOffset(context.CurrentUtcDateTime));
            if (await context.CallActivityAsync<DateTimeOffset?>(nameof(SendDigest), batch, Briefly) is { } next)
                context.ContinueAsNew(new DigestPlan(plan.Key, next));
        }
        catch (TaskFailedException)
        {
            // The notices stay in their offers' outboxes, where the sweep finds them.
        }
    }
}
