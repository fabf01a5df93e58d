using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Audit;
using VcasFunctions.Access;
using VcasFunctions.Http;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Audit;

/// <summary>Exports the audit for the people responsible for it: who did what with whose data, when, why, and who received it.</summary>
public sealed partial class ExportAudit(AuditExport export, ReadLog reads, VcasSettings settings)
{
    private const int MostDays = 366;
    private const int UsualDays = 31;
    private const int Century = 36_525;
    private const string Prefix = "CB-";

    /// <summary><c>GET /api/audit?from=&amp;to=&amp;offerId=&amp;reference=&amp;actor=&amp;kind=&amp;format=csv|ndjson</c></summary>
    [Function(nameof(ExportAudit))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/audit")] HttpRequest request, CancellationToken cancellation)
    {
        var query = new Query(request);
        var offerId = query.Text("offerId") is { } id ? Id.Of(id, "offerId") : (Guid?)null;
        var reference = Reference(query);
        // What was done with one household is in one place, however long ago it was.
        var most = offerId is null && reference is null ? MostDays : Century;
        var (from, to) = query.Days(AuditDayIndex.DayOf(settings.Moment.Now), UsualDays, most);
        var (actor, format) = (Actor(query), query.Word("format", AuditFormat.Csv));
        AuditKind? kind = query.Text("kind") is null ? null : query.Word("kind", AuditKind.Collection);

        // Recorded before it is read: an export up to now ends with its own entry.
        await reads.RecordListAsync(
            RequestAccess.Of(request).Actor,
            AuditKind.Consultation,
            "auditExported",
            new { from, to, offerId, reference, actor, kind },
            0,
            cancellation);
        IReadOnlyCollection<Guid>? households = offerId is { } one ? [one]
            : reference is null ? null : await export.HouseholdsOfAsync(reference[Prefix.Length..].ToLowerInvariant(), cancellation);
        var lines = export.LinesAsync(from, to, new AuditFilter(households, actor, kind), request.HttpContext.RequestAborted);
        return ApiResults.Stream(
            stream => AuditExport.WriteAsync(lines, format, stream, request.HttpContext.RequestAborted),
            format == AuditFormat.Csv ? "text/csv; charset=utf-8" : "application/x-ndjson");
    }

    private static string? Reference(Query query) => query.Text("reference") switch
    {
        null => null,
        var text when Short().IsMatch(text) => text.ToUpperInvariant(),
        _ => throw new ProblemException(
            Problem.WrongQuery("reference", "It takes CB- and six characters of 0 to 9 and A to F, such as CB-7F3A1C.")),
    };

    // The request is in the audit for years, so no free text may get into it.
    private static string? Actor(Query query) => query.Text("actor") switch
    {
        null => null,
        var id when DirectoryId.Is(id) => id,
        var role when Access.Actor.Roles.Contains(role) => role,
        _ => throw new ProblemException(
            Problem.WrongQuery("actor", $"It takes a directory id or one of: {string.Join(", ", Access.Actor.Roles)}.")),
    };

    [GeneratedRegex(@"^CB-[0-9A-F]{6}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Short();
}
