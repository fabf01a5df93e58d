using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Audit;
using VcasFunctions.Access;
using VcasFunctions.Http;
using VcasFunctions.Settings;

namespace VcasFunctions.Audit;

/// <summary>Whether the audit is whole: an altered, a missing or a cut-off entry is named.</summary>
public sealed class VerifyAudit(AuditCheck check, ReadLog reads, VcasSettings settings)
{
    private const int MostDays = 92;
    private const int UsualDays = 7;

    /// <summary><c>GET /api/audit/verification?from=&amp;to=</c>, or <c>?offerId=</c> for one household.</summary>
    [Function(nameof(VerifyAudit))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/audit/verification")] HttpRequest request,
        CancellationToken cancellation)
    {
        var query = new Query(request);
        var today = AuditDayIndex.DayOf(settings.Moment.Now);
        var (from, to) = query.Days(today, UsualDays, MostDays);
        var offerId = query.Text("offerId") is { } id ? Id.Of(id, "offerId") : (Guid?)null;
        await reads.RecordListAsync(
            RequestAccess.Of(request).Actor, AuditKind.Consultation, "auditVerified", new { from, to, offerId }, 0, cancellation);
        if (offerId is null) return ApiResults.Json(await check.CheckDaysAsync(from, to, cancellation));
        var (entries, findings) = await check.CheckOfferAsync(offerId.Value, cancellation);
        return ApiResults.Json(new AuditVerification(from, to, 1, entries, findings.Count == 0, findings));
    }
}
