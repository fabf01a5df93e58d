using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Households;

namespace VcasFunctions.Timekeeping;

/// <summary>Nobody has acknowledged a danger in time: the next recipient is told.</summary>
public sealed class EscalateDanger(HouseholdCommands commands)
{
    /// <summary>Applies it where the offer still asks for it, and gives what comes next.</summary>
    [Function(nameof(EscalateDanger))]
    public Task<Plan> RunAsync([ActivityTrigger] Guid offerId, CancellationToken cancellation) =>
        commands.AdvanceAsync(offerId, (household, moment) => household.EscalateDanger(moment), cancellation);
}
