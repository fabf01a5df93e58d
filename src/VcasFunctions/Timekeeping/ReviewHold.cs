using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using VcasFunctions.Households;

namespace VcasFunctions.Timekeeping;

/// <summary>A hold's review date has come: the supervisor is told, and the hold goes on.</summary>
public sealed class ReviewHold(HouseholdCommands commands)
{
    /// <summary>Applies it where the offer still asks for it, and gives what comes next.</summary>
    [Function(nameof(ReviewHold))]
    public Task<Plan> RunAsync([ActivityTrigger] Guid offerId, CancellationToken cancellation) =>
        commands.AdvanceAsync(offerId, (household, moment) => household.ReviewHold(moment), cancellation);
}
