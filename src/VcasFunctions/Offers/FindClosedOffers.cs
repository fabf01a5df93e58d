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

/// <summary>The closed households of a supervisor's teams, by reason, the newest offers first. Nobody's name or number is in it.</summary>
public sealed class FindClosedOffers(ClosedOffers offers, ReadLog reads, VcasSettings settings)
{
    private const int DefaultPage = 20;
    private const int LargestPage = 50;

    /// <summary><c>GET /api/offers/closed?closingReason=&amp;after=&amp;limit=</c></summary>
    // As FindMyOffers: by its name it is asked for its route before ReadOffer.
    [Function(nameof(FindClosedOffers))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/offers/closed")] HttpRequest request, CancellationToken cancellation)
    {
        var query = new Query(request);
        ClosingReason? reason = query.Text("closingReason") is null ? null : query.Word("closingReason", ClosingReason.NotReached);
        var (after, limit) = (OwnOffersPlace.Of(query.Text("after")), query.Number("limit", DefaultPage, LargestPage));
        var access = RequestAccess.Of(request);
        var (page, next) = await offers.ReadAsync(
            reason, team => access.Supervises(team, settings.Teams.Find(team)?.CallBackTeam, null), after, limit, cancellation);
        var asked = new { closingReason = reason, after = after?.ToText(), limit };
        await reads.RecordListAsync(access.Actor, AuditKind.Consultation, "closedOffersListed", asked, page.Count, cancellation);
        return ApiResults.Json(new ClosedOffersPage([.. page.Select(ClosedOffer.Of)], next?.ToText()));
    }
}

/// <summary>A page of closed households.</summary>
/// <param name="Offers">The newest offers first.</param>
/// <param name="Next">Send it as <c>after</c> for the next page; absent on the last.</param>
public sealed record ClosedOffersPage(IReadOnlyList<ClosedOffer> Offers, string? Next);

/// <summary>One closed household.</summary>
/// <param name="OfferId">The offer's id.</param>
/// <param name="Reference">The short reference.</param>
/// <param name="Team">The team that made the offer.</param>
/// <param name="OfferedAt">When it was offered, UTC.</param>
/// <param name="ClosedAt">When it was closed, UTC.</param>
/// <param name="ClosingReason">Why it is closed.</param>
/// <param name="Attempts">Calls, visits and letters of the force.</param>
/// <param name="RealOffers">How often support was really offered.</param>
public sealed record ClosedOffer(
    Guid OfferId,
    string Reference,
    string Team,
    DateTimeOffset OfferedAt,
    DateTimeOffset ClosedAt,
    ClosingReason ClosingReason,
    int Attempts,
    int RealOffers)
{
    internal static ClosedOffer Of(Household household) => new(
        household.Id,
        household.Reference,
        household.Details.Team,
        household.Details.OfferedAt,
        household.Closing!.At,
        household.Closing.Reason,
        household.CallBackAttempts.Count(),
        household.RealOffers);
}
