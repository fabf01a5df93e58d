using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain;
using Vcas.Domain.Audit;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Tasks;

/// <summary>
/// Somebody of the call-back team opens a number that was passed on, with the households that they find by it. A number that is never to be
/// called is shown to a supervisor alone.
/// </summary>
public sealed class OpenPassedNumber(
    PassedNumbers numbers, HouseholdSearch search, DoNotCallRegister never, ReadLog reads, VcasSettings settings)
{
    /// <summary><c>GET /api/passed-numbers/{numberId}</c></summary>
    [Function(nameof(OpenPassedNumber))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/passed-numbers/{numberId}")] HttpRequest request,
        string numberId,
        CancellationToken cancellation)
    {
        var (id, access) = (Id.Of(numberId, nameof(numberId)), RequestAccess.Of(request));
        var number = await numbers.FindAsync(id, cancellation);
        if (number is null || !access.Reaches(number.Team, number.CallBackTeam, null))
            throw new ProblemException(Problem.NotFound("number that was passed on"));
        var key = new SearchKey(SearchBy.Phone, number.Phone);
        var found = (await search.FindAsync(key, access.Reaches, cancellation)).Households;
        var isBarred = (await never.FindAsync(number.Phone, cancellation)).Count > 0;
        var asked = new { Id = id, Hash = search.HashOf(key) };
        await reads.RecordListAsync(
            access.Actor, AuditKind.Consultation, "passedNumberOpened", asked, found.Count, cancellation);
        await Task.WhenAll(found.Select(household =>
            reads.RecordOfferAsync(household.Id, access.Actor, "offerFound", Word.Of(ReadReason.TheyGotInTouch), cancellation)));
        var now = settings.Moment.Now;
        return ApiResults.Json(PassedNumberView.Of(
            number,
            !isBarred || access.Supervises(number.Team, number.CallBackTeam, null),
            [.. found.Select(household => FoundHousehold.Of(household, access, now))]));
    }
}
