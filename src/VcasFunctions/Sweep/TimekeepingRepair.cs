using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Vcas.Domain.Households;
using VcasFunctions.Households;
using VcasFunctions.Settings;
using VcasFunctions.Tables;

namespace VcasFunctions.Sweep;

/// <summary>Repairs who keeps time for a household: an orchestration that never started, has ended too early, or is stuck.</summary>
public sealed class TimekeepingRepair(IOptionsMonitor<SweepOptions> options, VcasSettings settings)
{
    // From one try at sending to the next lies a quarter of an hour at most, and what a try takes.
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(30);

    internal async Task RepairAsync(Household household, Plan plan, SweepRun sweep, CancellationToken cancellation)
    {
        var durable = sweep.Durable;
        var instance = await durable.GetInstanceAsync(
            HouseholdOrchestrations.InstanceIdOf(household.Id), getInputsAndOutputs: true, cancellation);
        if (instance is { IsCompleted: false } && !IsStuck(instance, plan)) return;
        await durable.RestartHouseholdAsync(household);
        sweep.Counts.Restarted();
    }

    private bool IsStuck(OrchestrationMetadata instance, Plan plan)
    {
        var status = string.IsNullOrEmpty(instance.SerializedCustomStatus)
            ? null : instance.ReadCustomStatusAs<HouseholdOrchestrationStatus>();
        var (now, movedAt) = (settings.Moment.Now, instance.LastUpdatedAt);
        var grace = TimeSpan.FromMinutes(options.CurrentValue.GraceMinutes);
        // A change has not reached it: nobody told it, or it rests from another failure than of sending, and no event ends that.
        return (status is not null && status.Revision != plan.Revision && movedAt + grace <= now)
            // It moved last while the clock ran ahead, and may wait for an instant of then.
            || ClockWatch.IsAhead(movedAt, now)
            || (plan.Stage == Stage.AwaitingSend && status?.Stage == Stage.AwaitingSend && movedAt + LongestRest < now)
            // Nor has it ever read what to wait for.
            || (status is null && movedAt + LongestRest < now);
    }
}
