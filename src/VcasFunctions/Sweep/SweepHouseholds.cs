using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace VcasFunctions.Sweep;

/// <summary>Every hour: compares the database with the orchestrations and repairs what was left behind.</summary>
public sealed class SweepHouseholds(HouseholdRepair repair)
{
    /// <summary>On the schedule of <c>Vcas:Sweep:Schedule</c>.</summary>
    [Function(nameof(SweepHouseholds))]
    public Task RunAsync(
        [TimerTrigger("%Vcas:Sweep:Schedule%")] TimerInfo timer,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation) =>
        repair.RepairAllAsync(durable, cancellation);
}
