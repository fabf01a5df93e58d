using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using VcasFunctions.Audit;
using VcasFunctions.Retention;
using VcasFunctions.Sealing;
using VcasFunctions.Settings;

namespace VcasFunctions.Nightly;

/// <summary>Every night: what has to be done to all records. Each step finds by itself what is left to do, so a night that was cut short is made up the next.</summary>
public sealed class TendRecords(SealRenewal seals, AuditAnchors anchors, HouseholdEraser households, AuditExpiry expiry, DeadLetters deadLetters, VcasSettings settings)
{
    private static readonly OrchestrationRuntimeStatus[] Ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>On the schedule of <c>Vcas:Nightly:Schedule</c>.</summary>
    [Function(nameof(TendRecords))]
    public async Task RunAsync([TimerTrigger("%Vcas:Nightly:Schedule%")] TimerInfo timer, [DurableClient] DurableTaskClient time, CancellationToken cancellation)
    {
        var ended = settings.Moment.Now.AddDays(-settings.Options.Retention.TimekeepingDays);
        Func<Task>[] steps =
        [
            () => anchors.AnchorAsync(cancellation),
            () => households.EraseDueAsync(time, cancellation),
            () => expiry.ExpireAsync(cancellation),
            () => deadLetters.EraseDueAsync(cancellation),
            () => time.PurgeAllInstancesAsync(new PurgeInstancesFilter(CreatedTo: ended, Statuses: Ended), cancellation),
            () => seals.RenewAsync(cancellation),
        ];

        // One step that fails keeps no other from its work; the night has failed all the same.
        var failures = new List<Exception>();
        foreach (var step in steps)
        {
            try
            {
                await step();
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failures.Add(failure);
            }
        }

        if (failures.Count > 0) throw new AggregateException(failures);
    }
}
