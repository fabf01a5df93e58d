using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Vcas.Domain;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Offers;

/// <summary>One offer with its state, its due instant, its attempts, its referral and its trail.</summary>
public sealed class ReadOffer(
    HouseholdStore store, CallGuard guard, Claims claims, ReadLog reads, RefusalLog refusals,
    IOptionsMonitor<LawOptions> law, VcasSettings settings)
{
    /// <summary>
    /// <c>GET /api/offers/{offerId}?reason=</c>: anyone who opens a household says why, and is written down before they see it.
    /// </summary>
    [Function(nameof(ReadOffer))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/offers/{offerId}")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var why = Word.Of(new Query(request).Reason());
        if (await store.FindWithTrailAsync(id, cancellation) is not { } found) return ApiResults.Refusal(Problem.NotFound("offer"));

        // A household of another team is answered as not found. The audit still records who asked.
        var access = RequestAccess.Of(request);
        if (!access.Reaches(found.Stored.Household))
        {
            await refusals.RecordRefusedReadAsync(id, access.Actor, nameof(ReadOffer), why, cancellation);
            return ApiResults.Refusal(Problem.NotFound("offer"));
        }

        await reads.RecordOfferAsync(id, access.Actor, "offerRead", why, cancellation);
        // From the moment when somebody asks that a number never be called, nobody sees it, whatever else has happened.
        if (await guard.HoldIfBarredAsync(durable, found.Stored.Household, cancellation))
            found = await store.FindWithTrailAsync(id, cancellation) ?? found;
        var moment = settings.Moment;
        var trail = access.Supervises(found.Stored.Household) ? found.Trail : OfferView.RedactTrail(found.Trail);
        var claim = await claims.OfAsync(found.Stored.Household, cancellation);
        var known = access.RedactForCalling(found.Stored.Household, claim, moment.Now);
        var view = OfferView.Of(known, trail).At(moment);
        return ApiResults.Json(view with { Claim = ClaimView.Of(claim, access), Law = view.Law.With(law.CurrentValue) });
    }
}
