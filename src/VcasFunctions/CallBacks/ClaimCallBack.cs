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
public sealed class ClaimCallBack(Claims claims, Investigations investigations, ReadLog reads, VcasSettings settings)
{
    /// <summary><c>PUT /api/call-backs/{offerId}/claim</c></summary>
    [Function(nameof(ClaimCallBack))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/call-backs/{offerId}/claim")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        // A claim needs no body. With one, it says what the caller has looked at.
        var hasBody = request.ContentType is not null && request.ContentLength != 0;
        var sent = hasBody ? await Body.ReadAsync<ClaimRequest>(request, cancellation) : new ClaimRequest();
        var access = RequestAccess.Of(request);
        var (household, claim) = await claims.TakeAsync(id, sent.SameNumberChecked ?? false, access, durable, cancellation);
        // It shows the number, so the audit records it before anybody sees it.
        await reads.RecordOfferAsync(household.Id, access.Actor, "callClaimed", Word.Of(ReadReason.CallBack), cancellation);
        var moment = settings.Moment;
        return ApiResults.Json(
            OfferView.Of(access.RedactForCalling(household, claim, moment.Now)).At(moment) with
            {
                Claim = ClaimView.Of(claim, access),
                Case = await investigations.OfAsync(household, cancellation),
            });
    }
}

/// <summary>What a caller says who claims a call. The body can be left out.</summary>
public sealed record ClaimRequest
{
    /// <summary>The caller knows that the number was called lately under another household.</summary>
    public bool? SameNumberChecked { get; init; }
}
