using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Offers;
using VcasFunctions.Offers;

namespace VcasFunctions.CallBacks;

/// <summary>A hold's review date has come: the case comes back.</summary>
public sealed class EndHold(Casework casework)
{
    /// <summary>Applies it where the offer still asks for it, and gives what comes next.</summary>
    [Function(nameof(EndHold))]
    public Task<Plan> RunAsync([ActivityTrigger] Guid offerId, CancellationToken cancellation) =>
        casework.AdvanceAsync(offerId, (offer, moment) => offer.EndHold(moment), cancellation);
}
