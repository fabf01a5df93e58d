using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Offers;
using VcasFunctions.Households;

namespace VcasFunctions.Timekeeping;

/// <summary>Nobody has acknowledged a danger in time: the next recipient is told.</summary>
public sealed class EscalateDanger(Casework casework)
{
    /// <summary>Applies it where the offer still asks for it, and gives what comes next.</summary>
    [Function(nameof(EscalateDanger))]
    public Task<Plan> RunAsync([ActivityTrigger] Guid offerId, CancellationToken cancellation) =>
        casework.AdvanceAsync(offerId, (offer, moment) => offer.EscalateDanger(moment), cancellation);
}
