using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain;
using Vcas.Domain.Audit;
using Vcas.Domain.Households;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Offers;

/// <summary>
/// Finds the household of somebody who got in touch, in every state. What is looked for comes in the body: addresses are kept by logs and
/// proxies. The audit keeps its keyed hash, also where nothing is found.
/// </summary>
public sealed class SearchOffers(HouseholdSearch search, ReadLog reads, VcasSettings settings)
{
    private static readonly Role[] WhoWorkWithIt = [Role.Officer, Role.Caller, Role.Supervisor];

    /// <summary><c>POST /api/offers/search</c></summary>
    [Function(nameof(SearchOffers))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/offers/search")] HttpRequest request,
        CancellationToken cancellation)
    {
        var (key, reason) = SearchReader.Read(await Body.ReadAsync<SearchRequest>(request, cancellation));
        var access = RequestAccess.Of(request);
        // An administrator looks for somebody's data on their behalf, and for nothing else.
        var isForThem = reason == ReadReason.DataSubjectRequest && access.HasAnyRole(Role.Administrator);
        if (!isForThem && !access.HasAnyRole(WhoWorkWithIt)) throw new ProblemException(Problem.RoleMissing);

        var found = await search.FindAsync(key, household => isForThem || IsTheirs(household), cancellation);
        var asked = new { By = Word.Of(key.By), Hash = search.HashOf(key), Reason = Word.Of(reason) };
        await reads.RecordListAsync(
            access.Actor, AuditKind.Consultation, "offersSearched", asked, found.Households.Count, cancellation);
        await Task.WhenAll(found.Households.Select(household =>
            reads.RecordOfferAsync(household.Id, access.Actor, "offerFound", Word.Of(reason), cancellation)));

        var now = settings.Moment.Now;
        return ApiResults.Json(new SearchAnswer(
            found.Households.Count,
            found.IsMore,
            [.. found.Households.Select(household =>
                IsTheirs(household) ? FoundHousehold.Of(household, access, now) : FoundHousehold.PlaceOf(household))]));

        bool IsTheirs(Household household) => access.Reaches(WhoWorkWithIt, household);
    }
}
