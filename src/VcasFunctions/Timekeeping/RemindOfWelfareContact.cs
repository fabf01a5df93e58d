using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Households;

namespace VcasFunctions.Timekeeping;

/// <summary>Some days after a danger nobody has asked yet how they are: the supervisor is told.</summary>
public sealed class RemindOfWelfareContact(HouseholdCommands commands)
{
    /// <summary>Applies it where the offer still asks for it, and gives what comes next.</summary>
    [Function(nameof(RemindOfWelfareContact))]
    public Task<Plan> RunAsync([ActivityTrigger] Guid offerId, CancellationToken cancellation) =>
        commands.AdvanceAsync(offerId, (household, moment) => household.RemindOfWelfareContact(moment), cancellation);
}
