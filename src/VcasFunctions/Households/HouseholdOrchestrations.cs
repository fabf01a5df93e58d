using Microsoft.DurableTask;
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

    private static readonly OrchestrationRuntimeStatus[] Living =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

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
    public static async Task StartHouseholdAsync(
        this DurableTaskClient client, Household household, CancellationToken cancellation, Plan? plan = null)
    {
        if (Plan.For(household) is { Stage: Stage.Settled, HasNotices: false }) return;
        var options = new StartOrchestrationOptions(InstanceIdOf(household.Id)).WithDedupeStatuses(Living);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                Orchestration, new HouseholdOrchestrationInput(household.Id, [], plan), options, cancellation);
        }
        catch (DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException)
        {
            // Somebody keeps time for it already: that is what was wanted.
        }
    }

    /// <summary>Tells the orchestration that the offer has changed; starts one where the offer was settled before.</summary>
    public static Task WakeHouseholdAsync(
        this DurableTaskClient client, Household before, Household after, CancellationToken cancellation) =>
        Plan.For(before).Stage == Stage.Settled
            ? client.StartHouseholdAsync(after, cancellation)
            : client.RaiseEventAsync(InstanceIdOf(after.Id), ChangeAfter(before.Revision), null, cancellation);

    /// <summary>The orchestration's id.</summary>
    public static string InstanceIdOf(Guid offerId) => offerId.ToString("D");
}
