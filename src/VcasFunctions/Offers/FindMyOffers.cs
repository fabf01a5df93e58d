using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Audit;
using Vcas.Domain.Households;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Settings;

namespace VcasFunctions.Offers;

/// <summary>What somebody recorded and what became of it, newest first. No person is in it, and nobody else's work.</summary>
public sealed class FindMyOffers(OwnOffers offers, ReadLog reads, VcasSettings settings)
{
    private const int DefaultPage = 20;
    private const int LargestPage = 50;

    /// <summary><c>GET /api/offers/mine?after=&amp;limit=</c></summary>
    // "mine" fits the place of an offer's id as well. Azure's host asks the functions for their routes in the order of their names, and
    // this one comes before ReadOffer.
    [Function(nameof(FindMyOffers))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/offers/mine")] HttpRequest request, CancellationToken cancellation)
    {
        var query = new Query(request);
        var (after, limit) = (OwnOffersPlace.Of(query.Text("after")), query.Number("limit", DefaultPage, LargestPage));
        var access = RequestAccess.Of(request);
        var now = settings.Moment.Now;
        var (page, next) = await offers.ReadAsync(access.Person.Id, after, limit, cancellation);
        // Whoever has left a team has left its households.
        var theirs = page.Where(access.Reaches).ToList();
        await reads.RecordListAsync(
            access.Actor, AuditKind.Consultation, "ownOffersListed", new { After = after?.ToText(), limit },
            theirs.Count, cancellation);
        return ApiResults.Json(new MyOffersPage(
            [.. theirs.Select(household => MyOffer.Of(FoundHousehold.KnownOf(household, access, now)))],
            next?.ToText()));
    }
}

/// <summary>A page of somebody's own offers.</summary>
/// <param name="Offers">Newest first.</param>
/// <param name="Next">Send it as <c>after</c> for the next page; absent on the last.</param>
public sealed record MyOffersPage(IReadOnlyList<MyOffer> Offers, string? Next);

/// <summary>One offer that somebody recorded, and what became of it.</summary>
/// <param name="OfferId">The offer's id.</param>
/// <param name="Reference">The short reference.</param>
/// <param name="OfferedAt">When it was offered, UTC.</param>
/// <param name="Answer">What the household said at the door.</param>
/// <param name="State">Where the household stands.</param>
/// <param name="Became">What became of the offer.</param>
/// <param name="NeedsSafeRoute">Whether a call lies ahead and no safe number is known.</param>
public sealed record MyOffer(
    Guid OfferId, string Reference, DateTimeOffset OfferedAt, OfferAnswer Answer, HouseholdState State, Became Became, bool NeedsSafeRoute)
{
    internal static MyOffer Of(Household known) => new(
        known.Id,
        known.Reference,
        known.Details.OfferedAt,
        known.Details.Answer,
        known.State,
        BecameOf.Of(known),
        known.NeedsSafeRoute);
}
