using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Households;
using VcasFunctions.Households;

namespace VcasFunctions.Timekeeping;

/// <summary>Nobody has called: the caller is reminded and, once it is overdue, the supervisor told.</summary>
public sealed class RemindCaller(CallGuard guard)
{
    /// <summary>Applies it where the offer still asks for it, and gives what comes next.</summary>
    [Function(nameof(RemindCaller))]
    public Task<Plan> RunAsync([ActivityTrigger] Guid offerId, CancellationToken cancellation) =>
        guard.RemindAsync(offerId, cancellation);
}
