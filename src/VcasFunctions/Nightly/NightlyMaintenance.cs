using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VcasFunctions.Audit;
using VcasFunctions.Backup;
using VcasFunctions.People;
using VcasFunctions.Referrals;
using VcasFunctions.Retention;
using VcasFunctions.Settings;
using VcasFunctions.Tables;
using VcasFunctions.Tasks;

namespace VcasFunctions.Nightly;

/// <summary>
/// Every night: what has to be done to all records. Each step finds by itself what is left to do, so a night that was cut short is made
/// up the next.
/// </summary>
public sealed class NightlyMaintenance(
    SealRenewal seals,
    IndexRenewal index,
    AuditAnchors anchors,
    NightlyVerification verification,
    HouseholdEraser households,
    AuditExpiry expiry,
    DeadLetterExpiry deadLetters,
    PassedNumbers numbers,
    SeenPeople people,
    ClockWatch clock,
    TablesBackup backup,
    IOptionsMonitor<RetentionOptions> retention,
    VcasSettings settings,
    ILogger<NightlyMaintenance> log)
{
    private static readonly OrchestrationRuntimeStatus[] Ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>On the schedule of <c>Vcas:Nightly:Schedule</c>.</summary>
    [Function(nameof(NightlyMaintenance))]
    public async Task RunAsync(
        [TimerTrigger("%Vcas:Nightly:Schedule%")] TimerInfo timer,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var ended = settings.Moment.Now.AddDays(-retention.CurrentValue.TimekeepingDays);
        var mayErase = false;
        (string Name, bool Erases, Func<Task> Run)[] steps =
        [
            ("look at the clock", false, async () => mayErase = await clock.MayEraseTonightAsync(cancellation)),
            ("anchoring", false, () => anchors.AnchorAsync(cancellation)),
            ("verification of the audit", false, () => verification.VerifyAsync(cancellation)),
            ("erasure", true, () => households.EraseDueAsync(durable, cancellation)),
            ("expiry of the audit", true, () => expiry.ExpireAsync(cancellation)),
            ("erasure of dead letters", true, () => deadLetters.EraseDueAsync(cancellation)),
            ("erasure of numbers that were passed on", true, () => numbers.EraseDueAsync(cancellation)),
            ("erasure of people who signed in", true, () => people.EraseDueAsync(cancellation)),
            ("purge of ended orchestrations", true,
                () => durable.PurgeAllInstancesAsync(new PurgeInstancesFilter(CreatedTo: ended, Statuses: Ended), cancellation)),
            ("renewal of seals", false, () => seals.RenewAsync(cancellation)),
            ("renewal of other seals", false, () => numbers.RenewSealsAsync(cancellation)),
            ("renewal of names' seals", false, () => people.RenewSealsAsync(cancellation)),
            ("renewal of the index", false, () => index.RenewAsync(cancellation)),
            // The backup comes last, so that it no longer holds what was erased tonight.
            ("backup", false, () => backup.WriteAsync(cancellation)),
        ];

        // If one step fails, the others still run, and the night counts as failed.
        var failures = new List<Exception>();
        foreach (var (name, erases, run) in steps)
        {
            if (erases && !mayErase) continue;
            try
            {
                await run();
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogError("The night's {Step} failed: {Failure}", name, failure.GetType().Name);
                failures.Add(failure);
            }
        }

        if (failures.Count > 0) throw new AggregateException(failures);
    }
}
