using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Offers;

namespace VcasFunctions.Offers;

/// <summary>Reads what has to be done for a household next.</summary>
public sealed class ReadPlan(Casework casework)
{
    /// <summary>The plan as the offer stands.</summary>
    [Function(nameof(ReadPlan))]
    public async Task<Plan> RunAsync([ActivityTrigger] Guid offerId, CancellationToken cancellation) =>
        Plan.For(await casework.ReadAsync(offerId, cancellation));
}
