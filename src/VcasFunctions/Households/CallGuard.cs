using Microsoft.DurableTask.Client;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using VcasFunctions.Access;

namespace VcasFunctions.Households;

/// <summary>
/// Stands before every call: nobody is shown a number, is told to call or is reminded of a call before it was asked what was said of the
/// number under other offers. A household that must not be called is held for its supervisor.
/// </summary>
public sealed class CallGuard(CallBarriers barriers, HouseholdStore store, HouseholdChanges changes, HouseholdCommands commands)
{
    /// <summary>
    /// Asks what was said of a household's number under other offers, before it is shown or called, and holds the household for its
    /// supervisor where it must not be. True where it was held now.
    /// </summary>
    public async Task<bool> HoldIfBarredAsync(DurableTaskClient durable, Household household, CancellationToken cancellation) =>
        (await LookAsync(durable, household, cancellation)).Barrier is not null;

    /// <summary>The same, and the other households that have its number. Where there is a barrier, it was held now.</summary>
    public async Task<NumberLook> LookAsync(DurableTaskClient durable, Household household, CancellationToken cancellation)
    {
        var look = await barriers.LookAsync(household, cancellation);
        if (look.Barrier is { } barrier) await changes.ChangeAndWakeAsync(durable, household.Id, barrier.Apply, cancellation);
        return look;
    }

    /// <summary>The same for a household that somebody of the force is about to command.</summary>
    public async Task HoldIfBarredAsync(DurableTaskClient durable, Guid id, RequestAccess access, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is not { Household: var household } || !access.Reaches(household)) return;
        if (await barriers.DoNotCallAsync(household, cancellation) is { } barrier)
            await changes.ChangeAndWakeAsync(durable, id, barrier.Apply, cancellation);
    }

    /// <summary>
    /// The time of a call has come: unless somebody asked meanwhile, under whatever offer, that the number never be called, or accepted
    /// support there. Then the household is held for its supervisor instead.
    /// </summary>
    public async Task<Plan> StartCallBackAsync(Guid id, CancellationToken cancellation)
    {
        var stored = await store.MustFindAsync(id, cancellation);
        var barrier = await barriers.OfAsync(stored.Household, cancellation);
        return await AdvanceAsync(stored, barrier, (household, moment) => household.StartCallBack(moment), cancellation);
    }

    /// <summary>Nobody has called so far.</summary>
    public async Task<Plan> RemindAsync(Guid id, CancellationToken cancellation)
    {
        var stored = await store.MustFindAsync(id, cancellation);
        var barrier = await barriers.DoNotCallAsync(stored.Household, cancellation);
        return await AdvanceAsync(stored, barrier, (household, moment) => household.Remind(moment), cancellation);
    }

    /// <summary>What a household waits for, after a look at what was said of its number while it was being stored.</summary>
    public async Task<Plan> PlanAsync(Guid id, CancellationToken cancellation)
    {
        var stored = await store.MustFindAsync(id, cancellation);
        return await barriers.DoNotCallAsync(stored.Household, cancellation) is { } barrier
            ? await AdvanceAsync(stored, barrier, (now, _) => new Transition(now, []), cancellation)
            : Plan.For(stored.Household);
    }

    private Task<Plan> AdvanceAsync(
        StoredHousehold stored, CallBarrier? barrier, Func<Household, Moment, Transition> command, CancellationToken cancellation)
    {
        return commands.AdvanceAsync(stored.Household.Id, HoldOrGoOn, stored, cancellation);

        Transition HoldOrGoOn(Household household, Moment moment) =>
            barrier?.Apply(household, moment) is { IsChange: true } held ? held : command(household, moment);
    }
}
