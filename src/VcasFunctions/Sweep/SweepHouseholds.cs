using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace VcasFunctions.Sweep;

/// <summary>Every hour: compares the database with the orchestrations and mends what was left behind.</summary>
public sealed class SweepHouseholds(Mender mender)
{
    /// <summary>On the schedule of <c>Vcas:Sweep:Schedule</c>.</summary>
    [Function(nameof(SweepHouseholds))]
    public Task RunAsync(
        [TimerTrigger("%Vcas:Sweep:Schedule%")] TimerInfo timer, [DurableClient] DurableTaskClient time, CancellationToken cancellation) =>
        mender.MendAllAsync(time, cancellation);
}
