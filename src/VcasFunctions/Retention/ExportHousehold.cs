using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Vcas.Domain;
using Vcas.Domain.Audit;
using Vcas.Domain.Households;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;
using VcasFunctions.Problems;

namespace VcasFunctions.Retention;

/// <summary>
/// Everything that is kept of one household, machine-readable, with who has looked at it: for somebody who asks for
/// the data about themselves.
/// </summary>
public sealed class ExportHousehold(
    HouseholdStore store, AuditExport audit, ReadLog reads, TimeProvider clock, ILogger<ExportHousehold> log)
{
    /// <summary><c>GET /api/offers/{offerId}/export?reason=</c></summary>
    [Function(nameof(ExportHousehold))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/offers/{offerId}/export")] HttpRequest request,
        string offerId,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var why = new Query(request).Reason();
        var access = RequestAccess.Of(request);
        if (await store.FindWithTrailAsync(id, cancellation) is not { } found || !access.Reaches(found.Stored.Household))
            return ApiResults.Refusal(Problem.NotFound("offer"));

        var isForThem = why == ReadReason.DataSubjectRequest;
        await reads.RecordOfferAsync(
            id,
            access.Actor,
            isForThem ? AuditKind.Disclosure : AuditKind.Consultation,
            "householdExported",
            Word.Of(why),
            isForThem ? "dataSubject" : null,
            cancellation);
        // A person who may export can take away everything that is known of a household, so an alert tells somebody else each time.
        log.LogWarning("{Reference} was exported as a whole, for {Reason}", Household.ReferenceOf(id), Word.Of(why));
        var entries = new List<AuditLine>();
        await foreach (var line in audit.LinesAsync(DateOnly.MinValue, DateOnly.MaxValue, new AuditFilter([id]), cancellation))
            entries.Add(line);
        // The number is theirs; whoever exports for another reason has no call to make.
        var household = isForThem ? found.Stored.Household : access.Redact(found.Stored.Household, clock.GetUtcNow());
        return ApiResults.Json(new HouseholdExport(OfferView.Of(household, found.Trail), entries));
    }
}

/// <summary>All that is kept of a household.</summary>
/// <param name="Offer">What was recorded, and its present state.</param>
/// <param name="Audit">What was done with it, by whom and why; this export is its last entry.</param>
public sealed record HouseholdExport(OfferView Offer, IReadOnlyList<AuditLine> Audit);
