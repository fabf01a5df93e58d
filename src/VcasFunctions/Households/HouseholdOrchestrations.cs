using Microsoft.DurableTask.Client;
using Vcas.Domain.Households;

namespace VcasFunctions.Households;

/// <summary>
/// Starts and wakes the orchestration that keeps time for a household. Its id is the offer's. Nothing is lost when one of
/// these calls is: the orchestration looks at its next wake-up, and the sweep repairs what even that leaves.
/// </summary>
public static class HouseholdOrchestrations
{
    /// <summary>The orchestration's name. What it does stands on a floor above this one.</summary>
    public const string Orchestration = "OfferOrchestration";

    /// <summary>
    /// The event that tells an orchestration of a change. Its name carries the revision that the change followed upon, so no
    /// name is ever waited for twice: a cancelled wait can't swallow what was meant for a later one.
    /// </summary>
    public static string ChangeAfter(int revision) => $"changed-after-{revision}";

    /// <summary>Starts keeping time, unless nothing is to be waited for or told, or somebody does already.</summary>
    /// <param name="client">Starts it.</param>
    /// <param name="household">The household.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="plan">What is waited for first, from whoever knows it for certain; null lets the orchestration read it.</param>
    /// <returns>False where somebody keeps time for it already.</returns>
    public static async Task<bool> StartHouseholdAsync(
        this DurableTaskClient client, Household household, CancellationToken cancellation, Plan? plan = null)
    {
        if (Plan.For(household) is { Stage: Stage.Settled, HasNotices: false }) return true;
        return await client.TryStartSingleAsync(
            Orchestration, InstanceIdOf(household.Id), new HouseholdOrchestrationInput(household.Id, [], plan), cancellation);
    }

    /// <summary>Ends whoever keeps time for it, and starts anew where something is to be waited for or told.</summary>
    public static async Task RestartHouseholdAsync(this DurableTaskClient client, Household household)
    {
        if (Plan.For(household) is { Stage: Stage.Settled, HasNotices: false }) return;
        await client.RestartSingleAsync(
            Orchestration, InstanceIdOf(household.Id), new HouseholdOrchestrationInput(household.Id, []));
    }

    /// <summary>Tells the orchestration that the offer has changed; starts one where the offer was settled before.</summary>
    public static async Task WakeHouseholdAsync(
        this DurableTaskClient client, Household before, Household after, CancellationToken cancellation)
    {
        if (Plan.For(before).Stage != Stage.Settled)
            await client.RaiseEventAsync(InstanceIdOf(after.Id), ChangeAfter(before.Revision), null, cancellation);
        // One that is still there may have seen that nothing was left to wait for: then it is about to end, perhaps after minutes in which
        // Teams was out of reach, and doesn't look again.
        else if (!await client.StartHouseholdAsync(after, cancellation))
            await client.RestartHouseholdAsync(after);
    }

    /// <summary>The orchestration's id.</summary>
    public static string InstanceIdOf(Guid offerId) => offerId.ToString("D");
}
