using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace VcasFunctions.Households;

/// <summary>Orchestrations of which one at a time is to run under an id.</summary>
public static class SingleInstances
{
    private static readonly OrchestrationRuntimeStatus[] Living =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    // It can't take long: what it does is the service's own affair, and no code of the orchestration runs.
    private static readonly TimeSpan LongestEnding = TimeSpan.FromSeconds(30);

    /// <summary>Starts one; false where one is there, though it may be about to end.</summary>
    public static async Task<bool> TryStartSingleAsync(
        this DurableTaskClient client, string orchestration, string id, object input, CancellationToken cancellation)
    {
        try
        {
            var options = new StartOrchestrationOptions(id).WithDedupeStatuses(Living);
            await client.ScheduleNewOrchestrationInstanceAsync(orchestration, input, options, cancellation);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }

    /// <summary>
    /// Ends the one that is there, and starts another. Whoever asks may go away meanwhile: what was begun is brought to its end, for the
    /// one that was there would be missing. Where the service doesn't end it in half a minute, it stays.
    /// </summary>
    public static async Task RestartSingleAsync(this DurableTaskClient client, string orchestration, string id, object input)
    {
        if (await client.GetInstanceAsync(id, CancellationToken.None) is { IsCompleted: false })
        {
            try
            {
                await client.TerminateInstanceAsync(id, CancellationToken.None);
            }
            catch (Exception)
            {
                // The genuine service refuses to end one that has ended by itself meanwhile.
                if (await client.GetInstanceAsync(id, CancellationToken.None) is { IsCompleted: false }) throw;
            }

            using var patience = new CancellationTokenSource(LongestEnding, TimeProvider.System);
            try
            {
                await client.WaitForInstanceCompletionAsync(id, patience.Token);
            }
            catch (OperationCanceledException)
            {
                // The start is refused then, and the sweep comes back to it.
            }
        }

        await client.TryStartSingleAsync(orchestration, id, input, CancellationToken.None);
    }
}
