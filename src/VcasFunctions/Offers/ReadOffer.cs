using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VcasFunctions.Access;
using VcasFunctions.Problems;

namespace VcasFunctions.Offers;

/// <summary>One offer with its state, its due instant, its attempts, its referral and its trail.</summary>
public sealed class ReadOffer(OfferStore store, TimeProvider clock)
{
    /// <summary><c>GET /api/offers/{offerId}</c></summary>
    [Function(nameof(ReadOffer))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/offers/{offerId}")] HttpRequest request,
        string offerId,
        CancellationToken cancellation) =>
        await store.FindWithTrailAsync(Id.Of(offerId, nameof(offerId)), cancellation) is { } found && Visit.Of(request).Reaches(found.Stored.Offer)
            ? Reply.With(OfferView.Of(found.Stored.Offer, found.Trail).At(clock.GetUtcNow()))
            : Reply.Refuse(Problem.NotFound("offer"));
}
