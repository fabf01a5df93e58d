using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace VcasFunctions.Tasks;

/// <summary>Has the morning's digests sent, and waits wherever Teams takes no more just now.</summary>
public static class MorningOrchestration
{
    // Of twenty teams and their deputies Teams takes all within a few seconds.
    private const int MostRounds = 60;

    // 10 s × (3^4 − 1)/2 ≈ 7 min. The lists show everything all the while; an hour later it is begun again.
    private static readonly TaskOptions Briefly = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 5, firstRetryInterval: TimeSpan.FromSeconds(10), backoffCoefficient: 3.0));

    /// <summary>One morning.</summary>
    [Function(nameof(MorningOrchestration))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var plan = context.GetInput<MorningPlan>()!;
        try
        {
            for (var round = 0; round < MostRounds; round++)
            {
                if (await context.CallActivityAsync<DateTimeOffset?>(nameof(SendMorningDigests), plan, Briefly) is not { } next) return;
                await context.CreateTimer(next.UtcDateTime, CancellationToken.None);
            }
        }
        catch (TaskFailedException)
        {
            // What was told is noted. The rest is told when the timer begins this again.
        }
    }
}
