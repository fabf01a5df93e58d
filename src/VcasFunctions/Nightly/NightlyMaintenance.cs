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
    LastNightStore nights,
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
        var startedAt = settings.Moment.Now;
        var ended = startedAt.AddDays(-retention.CurrentValue.TimekeepingDays);
        var mayErase = false;
        string? written = null;
        (NightStep Step, string Name, bool Erases, Func<Task> Run)[] steps =
        [
            (NightStep.Clock, "look at the clock", false, async () => mayErase = await clock.MayEraseTonightAsync(cancellation)),
            (NightStep.Anchoring, "anchoring", false, () => anchors.AnchorAsync(cancellation)),
            (NightStep.Verification, "verification of the audit", false, () => verification.VerifyAsync(cancellation)),
            (NightStep.Erasure, "erasure", true, () => households.EraseDueAsync(durable, cancellation)),
            (NightStep.AuditExpiry, "expiry of the audit", true, () => expiry.ExpireAsync(cancellation)),
            (NightStep.DeadLetters, "erasure of dead letters", true, () => deadLetters.EraseDueAsync(cancellation)),
            (NightStep.PassedNumbers, "erasure of numbers that were passed on", true, () => numbers.EraseDueAsync(cancellation)),
            (NightStep.SeenPeople, "erasure of people who signed in", true, () => people.EraseDueAsync(cancellation)),
            (NightStep.Timekeeping, "purge of ended orchestrations", true,
                () => durable.PurgeAllInstancesAsync(new PurgeInstancesFilter(CreatedTo: ended, Statuses: Ended), cancellation)),
            (NightStep.Seals, "renewal of seals", false, () => seals.RenewAsync(cancellation)),
            (NightStep.OtherSeals, "renewal of other seals", false, () => numbers.RenewSealsAsync(cancellation)),
            (NightStep.NameSeals, "renewal of names' seals", false, () => people.RenewSealsAsync(cancellation)),
            (NightStep.Index, "renewal of the index", false, () => index.RenewAsync(cancellation)),
            // The backup comes last, so that it no longer holds what was erased tonight.
            (NightStep.Backup, "backup", false, async () => written = await backup.WriteAsync(cancellation)),
        ];

        // If one step fails, the others still run, and the night counts as failed.
        var (failures, failed) = (new List<Exception>(), new List<NightStep>());
        foreach (var (step, name, erases, run) in steps)
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
                failed.Add(step);
            }
        }

        await NoteAsync(startedAt, timer, failed, mayErase, written, cancellation);
        if (failures.Count > 0) throw new AggregateException(failures);
    }

    // For the people who look after the service. If the backup was switched off since, or failed, the one before is still the newest.
    private async Task NoteAsync(
        DateTimeOffset startedAt,
        TimerInfo timer,
        IReadOnlyList<NightStep> failed,
        bool mayErase,
        string? backedUp,
        CancellationToken cancellation)
    {
        var now = settings.Moment.Now;
        // The genuine host may still name this night as the next one.
        DateTimeOffset? next = timer.ScheduleStatus is { } status
            && new DateTimeOffset(DateTime.SpecifyKind(status.Next, DateTimeKind.Utc), TimeSpan.Zero) is var at && at > now
            ? at
            : null;
        var before = backedUp is null ? await nights.ReadAsync(cancellation) : null;
        await nights.WriteAsync(
            new LastNight(startedAt, now, next, failed, mayErase, backedUp ?? before?.Backup, backedUp is null ? before?.BackupAt : now),
            cancellation);
    }
}
