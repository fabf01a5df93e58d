using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Households;
using Vcas.Domain.Referrals;
using VcasFunctions.Households;

namespace VcasFunctions.Timekeeping;

/// <summary>VCAS has not answered in time: the supervisor is told.</summary>
public sealed class ChaseAnswer(HouseholdCommands commands)
{
    /// <summary>Applies it where the offer still asks for it, and gives what comes next.</summary>
    [Function(nameof(ChaseAnswer))]
    public Task<Plan> RunAsync([ActivityTrigger] Guid offerId, CancellationToken cancellation) =>
        commands.AdvanceAsync(offerId, (household, moment) => household.ChaseAnswer(moment), cancellation);
}
