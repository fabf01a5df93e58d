using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Households;

namespace VcasFunctions.Timekeeping;

/// <summary>A danger is acknowledged, and nobody has said in time what was done: the supervisor is reminded.</summary>
public sealed class RemindOfMeasure(HouseholdCommands commands)
{
    /// <summary>Applies it where the offer still asks for it, and gives what comes next.</summary>
    [Function(nameof(RemindOfMeasure))]
    public Task<Plan> RunAsync([ActivityTrigger] Guid offerId, CancellationToken cancellation) =>
        commands.AdvanceAsync(offerId, (household, moment) => household.RemindOfMeasure(moment), cancellation);
}
