using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Audit;
using VcasFunctions.Access;
using VcasFunctions.Http;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Audit;

/// <summary>Exports the audit for the people responsible for it: who did what with whose data, when, why, and who received it.</summary>
public sealed class ExportAudit(AuditExport export, ReadLog reads, VcasSettings settings)
{
    private const int MostDays = 366;
    private const int UsualDays = 31;

    /// <summary><c>GET /api/audit?from=&amp;to=&amp;offerId=&amp;actor=&amp;format=csv|ndjson</c></summary>
    [Function(nameof(ExportAudit))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/audit")] HttpRequest request, CancellationToken cancellation)
    {
        var query = new Query(request);
        var (from, to) = query.Days(AuditDayIndex.DayOf(settings.Moment.Now), UsualDays, MostDays);
        var offerId = query.Text("offerId") is { } id ? Id.Of(id, "offerId") : (Guid?)null;
        var (actor, format) = (Actor(query), query.Word("format", AuditFormat.Csv));

        // Recorded before it is read: an export up to now ends with its own entry.
        await reads.RecordListAsync(
            RequestAccess.Of(request).Actor, AuditKind.Consultation, "auditExported", new { from, to, offerId, actor }, 0, cancellation);
        var lines = export.LinesAsync(from, to, offerId, actor, request.HttpContext.RequestAborted);
        return ApiResults.Stream(
            stream => AuditExport.WriteAsync(lines, format, stream, request.HttpContext.RequestAborted),
            format == AuditFormat.Csv ? "text/csv; charset=utf-8" : "application/x-ndjson");
    }

    // The request is in the audit for years, so no free text may get into it.
    private static string? Actor(Query query) => query.Text("actor") switch
    {
        null => null,
        var id when DirectoryId.Is(id) => id,
        var role when Access.Actor.Roles.Contains(role) => role,
        _ => throw new ProblemException(
            Problem.WrongQuery("actor", $"It takes a directory id or one of: {string.Join(", ", Access.Actor.Roles)}.")),
    };
}
