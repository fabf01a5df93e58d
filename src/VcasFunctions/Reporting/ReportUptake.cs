using System.Globalization;
using CsvHelper;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Reporting;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Reporting;

/// <summary>The practice note's table, and beside it what the note could not see.</summary>
public sealed class ReportUptake(Register register, VcasSettings settings)
{
    /// <summary><c>GET /api/reports/uptake?from=&amp;to=&amp;by=total|month|year|team&amp;format=json|csv</c>; CSV also by <c>Accept: text/csv</c>.</summary>
    [Function(nameof(ReportUptake))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/reports/uptake")] HttpRequest request, CancellationToken cancellation)
    {
        var query = new Query(request);
        var from = query.Date("from") ?? CallBackCalendar.DateOf(settings.SchemeStart);
        var to = query.Date("to") ?? CallBackCalendar.DateOf(settings.Moment.Now);
        if (to < from) throw new ProblemException(Problem.WrongQuery("to", "It must not lie before from."));
        var by = query.Word("by", UptakeBy.Total);

        var households = new List<HouseholdRecord>();
        await foreach (var household in register.BetweenAsync(from, to, cancellation)) households.Add(household);
        var lines = UptakeReport.Of(households, by);
        return WantsCsv(request, query)
            ? Csv(lines)
            : Reply.With(new UptakeAnswer(from, to, by, UptakeReport.Of(households, UptakeBy.Total)[0], lines));
    }

    private static bool WantsCsv(HttpRequest request, Query query) =>
        query.Word("format", request.Headers.Accept.ToString().Contains("text/csv", StringComparison.OrdinalIgnoreCase) ? ReportFormat.Csv : ReportFormat.Json)
        == ReportFormat.Csv;

    private static IResult Csv(IReadOnlyList<UptakeLine> lines)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = new CsvWriter(text, new CsvHelper.Configuration.CsvConfiguration(CultureInfo.InvariantCulture)
        {
            NewLine = "\r\n",
            // A team's name that begins like a formula must not become one in a spreadsheet.
            InjectionOptions = CsvHelper.Configuration.InjectionOptions.Escape,
            PrepareHeaderForMatch = header => header.Header,
        }))
        {
            csv.Context.RegisterClassMap<UptakeLineMap>();
            csv.WriteRecords(lines);
        }

        return Reply.Text(text.ToString(), "text/csv; charset=utf-8");
    }
}

/// <summary>How a report is answered.</summary>
public enum ReportFormat
{
    /// <summary>JSON.</summary>
    Json,

    /// <summary>CSV, RFC 4180.</summary>
    Csv,
}

/// <summary>The report.</summary>
/// <param name="From">First day of the offers counted, London.</param>
/// <param name="To">Last day, London.</param>
/// <param name="By">How it is broken down.</param>
/// <param name="Total">Everything in one line.</param>
/// <param name="Lines">The lines.</param>
public sealed record UptakeAnswer(DateOnly From, DateOnly To, UptakeBy By, UptakeLine Total, IReadOnlyList<UptakeLine> Lines);

internal sealed class UptakeLineMap : CsvHelper.Configuration.ClassMap<UptakeLine>
{
    public UptakeLineMap()
    {
        AutoMap(CultureInfo.InvariantCulture);
        foreach (var member in MemberMaps)
        {
            var name = member.Data.Member!.Name;
            member.Name(char.ToLowerInvariant(name[0]) + name[1..]);
        }
    }
}
