using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Households;

namespace VcasFunctions.Timekeeping;

/// <summary>No safe route to a household is known: who recorded it and its supervisor are told.</summary>
public sealed class RemindOfSafeRoute(HouseholdCommands commands)
{
    /// <summary>Applies it where the offer still asks for it, and gives what comes next.</summary>
    [Function(nameof(RemindOfSafeRoute))]
    public Task<Plan> RunAsync([ActivityTrigger] Guid offerId, CancellationToken cancellation) =>
        commands.AdvanceAsync(offerId, (household, moment) => household.RemindOfSafeRoute(moment), cancellation);
}
