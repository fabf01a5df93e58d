using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;

namespace VcasFunctions.Retention;

/// <summary>Releases a disclosure hold: from now on the household is erased like any other.</summary>
public sealed class ReleaseDisclosureHold(HouseholdCommands commands)
{
    /// <summary><c>DELETE /api/offers/{offerId}/disclosure-hold</c></summary>
    [Function(nameof(ReleaseDisclosureHold))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/offers/{offerId}/disclosure-hold")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var wasErasureAsked = false;
        var released = await commands.ApplyAsync(
            durable,
            Id.Of(offerId, nameof(offerId)),
            (household, _) =>
            {
                wasErasureAsked = household.DisclosureHold?.ErasureAskedAt is not null;
                return household.ReleaseDisclosureHold();
            },
            RequestAccess.Of(request),
            cancellation);
        return ApiResults.Json(DisclosureHoldAnswer.Of(released) with { Remark = wasErasureAsked ? ErasureWasAsked : null });
    }

    private const string ErasureWasAsked =
        "While this was held, somebody asked for the erasure of the data about themselves. Tell an administrator that it can be done now.";
}
