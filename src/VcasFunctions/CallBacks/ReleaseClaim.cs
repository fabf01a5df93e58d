using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain;
using Vcas.Domain.Audit;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Http;

namespace VcasFunctions.CallBacks;

/// <summary>Gives a claim back; a supervisor can end anybody's.</summary>
public sealed class ReleaseClaim(Claims claims, ReadLog reads)
{
    /// <summary><c>DELETE /api/call-backs/{offerId}/claim</c></summary>
    [Function(nameof(ReleaseClaim))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/call-backs/{offerId}/claim")] HttpRequest request,
        string offerId,
        CancellationToken cancellation)
    {
        var access = RequestAccess.Of(request);
        var (household, ended) = await claims.GiveBackAsync(Id.Of(offerId, nameof(offerId)), access, cancellation);
        if (ended)
            await reads.RecordOfferAsync(
                household.Id, access.Actor, AuditKind.Alteration, "claimReleased", Word.Of(ReadReason.CallBack), to: null, cancellation);
        return ApiResults.Json(new ReleaseAnswer(household.Id, household.Reference, ended));
    }
}

/// <summary>What happened to giving a call back. It shows nobody.</summary>
/// <param name="OfferId">The offer's id.</param>
/// <param name="Reference">The short reference.</param>
/// <param name="Ended">Whether this ended a claim; false if there was none any more.</param>
public sealed record ReleaseAnswer(Guid OfferId, string Reference, bool Ended);
