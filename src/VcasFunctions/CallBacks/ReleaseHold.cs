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
public sealed class ReleaseHold(Casework casework)
{
    /// <summary><c>DELETE /api/call-backs/{offerId}/hold</c></summary>
    [Function(nameof(ReleaseHold))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/call-backs/{offerId}/hold")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient time,
        CancellationToken cancellation)
    {
        var visit = Visit.Of(request);
        return Reply.With(OfferView.Of(await casework.ApplyAsync(
            time,
            Id.Of(offerId, nameof(offerId)),
            (offer, moment) => offer.ReleaseHold(moment, visit.Watches(offer)),
            visit,
            cancellation)));
    }
}
