using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Households;
using VcasFunctions.Households;

namespace VcasFunctions.Timekeeping;

/// <summary>Reads what has to be done for a household next.</summary>
public sealed class ReadPlan(CallGuard guard)
{
    /// <summary>The plan as the offer stands, after a look at what was said of its number meanwhile.</summary>
    [Function(nameof(ReadPlan))]
    public Task<Plan> RunAsync([ActivityTrigger] Guid offerId, CancellationToken cancellation) => guard.PlanAsync(offerId, cancellation);
}
