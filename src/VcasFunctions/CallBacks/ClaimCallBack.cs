using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain;
using Vcas.Domain.Audit;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;
using VcasFunctions.Settings;

namespace VcasFunctions.CallBacks;

/// <summary>A caller says "I am calling": the way to the number. Nobody else may claim the call until it ends.</summary>
public sealed class ClaimCallBack(Claims claims, ReadLog reads, VcasSettings settings)
{
    /// <summary><c>PUT /api/call-backs/{offerId}/claim</c></summary>
    [Function(nameof(ClaimCallBack))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/call-backs/{offerId}/claim")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var access = RequestAccess.Of(request);
        var (household, claim) = await claims.TakeAsync(Id.Of(offerId, nameof(offerId)), access, durable, cancellation);
        // It shows the number, so the audit records it before anybody sees it.
        await reads.RecordOfferAsync(household.Id, access.Actor, "callClaimed", Word.Of(ReadReason.CallBack), cancellation);
        var moment = settings.Moment;
        return ApiResults.Json(
            OfferView.Of(access.RedactForCalling(household, claim, moment.Now)).At(moment) with { Claim = ClaimView.Of(claim, access) });
    }
}
