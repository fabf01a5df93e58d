using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.CallBacks;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;

namespace VcasFunctions.CallBacks;

/// <summary>Releases a hold, because a call is safe again.</summary>
public sealed class ReleaseHold(HouseholdCommands commands)
{
    /// <summary><c>DELETE /api/call-backs/{offerId}/hold</c></summary>
    [Function(nameof(ReleaseHold))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/call-backs/{offerId}/hold")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var access = RequestAccess.Of(request);
        return ApiResults.Json(OfferView.Of(await commands.ApplyAsync(
            durable,
            Id.Of(offerId, nameof(offerId)),
            (household, moment) => household.ReleaseHold(moment, access.Supervises(household)),
            access,
            cancellation)));
    }
}
