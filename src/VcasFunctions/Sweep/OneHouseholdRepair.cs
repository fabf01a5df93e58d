using Vcas.Domain.Households;
using VcasFunctions.Households;

namespace VcasFunctions.Sweep;

/// <summary>Repairs one household that stands in a list: first where it stands, then what is late, last who keeps its time.</summary>
public sealed class OneHouseholdRepair(
    HouseholdStore store, ListRepair lists, LateStepRepair late, TimekeepingRepair timekeeping, NotificationRepair notifications)
{
    internal async Task RepairAsync(Guid id, IReadOnlyList<SuspectRow> suspects, SweepRun sweep, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is not { } stored)
        {
            await lists.RemoveRemnantsAsync(id, suspects, cancellation);
            return;
        }

        sweep.Open.Add(stored.Household);
        var household = await late.CorrectDatesAsync(stored, sweep, cancellation);
        if (late.IsOfNoTeam(household))
        {
            // What else there is to repair is found an hour later, in the list of a team that is read.
            await late.PassOnAsync(household, sweep, cancellation);
            return;
        }

        await lists.RepairAsync(stored, household, suspects, sweep, cancellation);
        // A message that can't leave must not keep a danger from being known, nor a notice from being sent.
        household = await late.CatchUpAsync(household, HouseholdClocks.BesideTheCourse, sweep, cancellation);
        var plan = Plan.For(household);
        if (plan.HasNotices) await notifications.RetryAsync(id, sweep, cancellation);
        if (plan.Stage == Stage.Settled) return;

        await timekeeping.RepairAsync(household, plan, sweep, cancellation);
        await late.CatchUpAsync(household, HouseholdClocks.OfCourse, sweep, cancellation);
    }
}
