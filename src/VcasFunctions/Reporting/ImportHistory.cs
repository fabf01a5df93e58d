using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Audit;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Problems;
using VcasFunctions.Sealing;
using VcasFunctions.Settings;

namespace VcasFunctions.Reporting;

/// <summary>
/// Takes in offers made before the system, so that the figures go back to the start of the scheme. All rows or none; the same
/// file again changes nothing, a corrected one corrects. <c>?preview=true</c> only checks.
/// </summary>
public sealed class ImportHistory(UptakeRegister register, VcasSettings settings, Sealer sealer, ReadLog reads)
{
    /// <summary>The largest file, bytes.</summary>
    public const int Largest = 8 * 1024 * 1024;

    /// <summary>How long it may take to arrive.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary><c>POST /api/history</c>, <c>text/csv</c> with a header line; the columns are in <see cref="HistoryFile"/>.</summary>
    [Function(nameof(ImportHistory))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/history")] HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) != true)
            throw new ProblemException(Problem.WrongContentType("text/csv, with a header line"));
        if (request.ContentLength > Largest) throw new ProblemException(Problem.TooLarge);

        var preview = new Query(request).Flag("preview");
        await using var bounded = new BoundedStream(request.Body, Largest, Patience);
        var (households, errors) = await HistoryFile.ReadAsync(bounded, settings, sealer, cancellation);
        if (errors.Count > 0) throw new ProblemException(Problem.WrongRows(errors));
        var actor = RequestAccess.Of(request).Actor;
        if (!preview) await reads.RecordListAsync(actor, AuditKind.Collection, "historyImported", new { }, households.Count, cancellation);
        var imported = await register.ImportAsync(households, preview, cancellation);
        return ApiResults.Json(new HistoryAnswer(households.Count, preview, imported.Added, imported.Corrected, imported.Unchanged));
    }
}

/// <summary>What happened to an imported file.</summary>
/// <param name="Households">Rows read.</param>
/// <param name="Preview">True if nothing was stored.</param>
/// <param name="Added">Households that were not there before.</param>
/// <param name="Corrected">Households that were there and are different now.</param>
/// <param name="Unchanged">Households that were there already and are the same.</param>
public sealed record HistoryAnswer(int Households, bool Preview, int Added, int Corrected, int Unchanged);
