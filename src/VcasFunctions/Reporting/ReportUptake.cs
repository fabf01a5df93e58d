using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Calendar;
using Vcas.Domain.Offers;
using Vcas.Domain.Reporting;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Reporting;

/// <summary>
/// The practice note's table, and beside it what the note could not see. A file leaves the service: without a word it is the table as it
/// may be published, in the finest cut that can be.
/// </summary>
public sealed class ReportUptake(UptakeRegister register, VcasSettings settings)
{
    /// <summary>
    /// <c>GET /api/reports/uptake?from=&amp;to=&amp;by=&amp;publish=true|false&amp;format=json|csv</c>; CSV also by
    /// <c>Accept: text/csv</c>.
    /// </summary>
    [Function(nameof(ReportUptake))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/reports/uptake")] HttpRequest request,
        CancellationToken cancellation)
    {
        var query = new Query(request);
        var from = query.Date("from") ?? CallBackCalendar.DateOf(settings.SchemeStart);
        var to = query.Date("to") ?? CallBackCalendar.DateOf(settings.Moment.Now);
        if (to < from) throw new ProblemException(Problem.WrongQuery("to", "It must not lie before from."));
        var isCsv = WantsCsv(request, query);
        var isPublished = query.Text("publish") is null ? isCsv : query.Flag("publish");
        var by = query.Word("by", isPublished ? UptakeBy.Finest : UptakeBy.Total);
        if (by == UptakeBy.Finest && !isPublished) throw new ProblemException(Problem.WrongQuery("by", "finest needs publish=true."));

        var households = new List<HouseholdRecord>();
        await foreach (var household in register.BetweenAsync(from, to, cancellation)) households.Add(household);
        if (isPublished)
        {
            var (cut, table) = Published(households, by);
            if (isCsv) return UptakeCsv.Of(table);
            return ApiResults.Json(
                new UptakeAnswer(from, to, by)
                {
                    Published = new PublishedUptake(
                        cut.By, cut.AndTeam, table.Total, table.Lines, table.HiddenFigures, Cut.Choices(households)),
                });
        }

        var lines = UptakeReport.Of(households, by);
        if (isCsv) return UptakeCsv.Of(lines);
        return ApiResults.Json(new UptakeAnswer(from, to, by) { Total = UptakeReport.Of(households, UptakeBy.Total)[0], Lines = lines });
    }

    private static (Cut Cut, PublishedTable Table) Published(IReadOnlyList<HouseholdRecord> households, UptakeBy by)
    {
        if (by == UptakeBy.Finest) return Cut.Finest(households);
        var lines = by == UptakeBy.Total ? [] : UptakeReport.Of(households, by);
        return (new Cut(by, false), Publication.Of(lines, UptakeReport.Of(households, UptakeBy.Total)[0]));
    }

    private static bool WantsCsv(HttpRequest request, Query query) =>
        query.Word("format", request.Headers.Accept.ToString().Contains("text/csv", StringComparison.OrdinalIgnoreCase)
            ? ReportFormat.Csv : ReportFormat.Json)
        == ReportFormat.Csv;
}

/// <summary>How a report is answered.</summary>
public enum ReportFormat
{
    /// <summary>JSON, for programs.</summary>
    Json,

    /// <summary>CSV, RFC 4180.</summary>
    Csv,
}

/// <summary>The report: whole, or as it may be published.</summary>
/// <param name="From">First day of the offers counted, London.</param>
/// <param name="To">Last day, London.</param>
/// <param name="By">How it was asked to be broken down.</param>
public sealed record UptakeAnswer(DateOnly From, DateOnly To, UptakeBy By)
{
    /// <summary>Everything in one line. Absent if the report is asked for publication.</summary>
    public UptakeLine? Total { get; init; }

    /// <summary>The lines. Absent if the report is asked for publication.</summary>
    public IReadOnlyList<UptakeLine>? Lines { get; init; }

    /// <summary>The figures for publication, if they were asked for.</summary>
    public PublishedUptake? Published { get; init; }
}

/// <summary>Figures that may be published: they hold no small counts, and nothing that would give them away.</summary>
/// <param name="By">How it is broken down.</param>
/// <param name="AndTeam">Whether each span of time is broken down by team as well.</param>
/// <param name="Total">Everything in one line.</param>
/// <param name="Lines">The lines; empty if only the total is published.</param>
/// <param name="Hidden">How many figures are hidden.</param>
/// <param name="Choices">What other ways to break it down would show.</param>
public sealed record PublishedUptake(
    UptakeBy By,
    bool AndTeam,
    PublishedLine Total,
    IReadOnlyList<PublishedLine> Lines,
    int Hidden,
    IReadOnlyList<CutChoice> Choices);
