using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Vcas.Domain.Households;
using VcasFunctions.Households;
using VcasFunctions.Settings;
using VcasFunctions.Tables;
using VcasFunctions.Telemetry;

namespace VcasFunctions.Sweep;

/// <summary>
/// Looks through the lists, in which every offer stands until nothing more follows from it, and repairs: an offer listed
/// wrongly, an orchestration that never started or has ended too early, one that missed a change, a time that passed unnoticed,
/// a notification that could not be sent, a call that no team of today's would make. What is late is done here and now, whatever has
/// become of its timer.
/// </summary>
public sealed class HouseholdRepair(
    HouseholdLists lists,
    OneHouseholdRepair one,
    LastSweepStore last,
    ClockWatch clock,
    VcasSettings settings,
    ILogger<HouseholdRepair> log)
{
    private const int AtOnce = 8;

    /// <summary>Repairs everything, and says how much there was to repair.</summary>
    public async Task<RepairResult> RepairAllAsync(DurableTaskClient durable, CancellationToken cancellation)
    {
        var suspects = await SuspectsAsync(cancellation);
        var sweep = new SweepRun(durable, new RepairCounts(), new OpenHouseholdsCount(settings.Moment.Now));
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(suspects, options, async (suspect, token) =>
        {
            try
            {
                await one.RepairAsync(suspect.Key, suspect.Value, sweep, token);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // One household that can't be repaired now must not keep the others from it.
                sweep.Counts.Failed(suspect.Key);
                log.LogError("{Reference} could not be repaired: {Failure}", Household.ReferenceOf(suspect.Key), failure.GetType().Name);
            }
        });

        sweep.Open.Record();
        var repaired = sweep.Counts.Sum(suspects.Count);
        await clock.CheckAsync(cancellation);
        await last.WriteAsync(repaired, sweep.Counts.Unrepaired, sweep.Counts.DatedAhead, settings.Moment.Now, cancellation);
        if (repaired.Any) log.LogWarning("The sweep repaired {Repaired}", repaired);
        else log.LogInformation("The sweep looked at {Households} households and found nothing to repair", repaired.Households);
        return repaired;
    }

    private async Task<Dictionary<Guid, List<SuspectRow>>> SuspectsAsync(CancellationToken cancellation)
    {
        var suspects = new Dictionary<Guid, List<SuspectRow>>();
        await foreach (var (offerId, writtenAt, row) in lists.SweptRowsAsync(cancellation))
        {
            if (!suspects.TryGetValue(offerId, out var rows)) suspects[offerId] = rows = new List<SuspectRow>(1);
            rows.Add(new SuspectRow(row, writtenAt));
        }

        return suspects;
    }
}
