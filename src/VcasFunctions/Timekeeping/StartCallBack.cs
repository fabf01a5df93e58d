using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Households;
using VcasFunctions.Households;

namespace VcasFunctions.Timekeeping;

/// <summary>The time of a call has come: it goes on the list of those to be made now.</summary>
public sealed class StartCallBack(CallGuard guard)
{
    /// <summary>Applies it where the offer still asks for it, and gives what comes next.</summary>
    [Function(nameof(StartCallBack))]
    public Task<Plan> RunAsync([ActivityTrigger] Guid offerId, CancellationToken cancellation) =>
        guard.StartCallBackAsync(offerId, cancellation);
}
