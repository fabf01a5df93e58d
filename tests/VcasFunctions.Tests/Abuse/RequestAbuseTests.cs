using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Shared;
using Vcas.Domain.Audit;
using VcasFunctions.Audit;

namespace VcasFunctions.Tests.Abuse;

/// <summary>Requests that were made to break something: each is refused, shows nothing and leaves nothing behind.</summary>
public sealed class RequestAbuseTests(SharedApp shared)
{
    private const string Someones = "9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> DoubleMeanings =>
    [
        """{"answer":"declined","answer":"doNotContact","contact":{"phone":"07700 900123"}}""",
        """{"answer":"declined","Answer":"doNotContact","contact":{"phone":"07700 900123"}}""",
        """{"answer":"declined","\u0061nswer":"doNotContact","contact":{"phone":"07700 900123"}}""",
        """{"answer":"declined","contact":{"phone":"07700 900123","phone":"07700 900456"}}""",
        """{"answer":"declined","contact":{"phone":"07700 900123"},"contact":null}""",
    ];

    [Theory]
    [MemberData(nameof(DoubleMeanings))]
    public async Task What_says_a_thing_twice_is_refused_and_not_guessed_at(string body)
    {
        var id = Guid.NewGuid();
        var answer = await shared.Api.SendAsync("PUT", $"offers/{id}", body);
        Assert.Equal(400, answer.Status);
        answer.MustBeAProblem();
        Assert.DoesNotContain("900123", answer.Text, StringComparison.Ordinal);
        Assert.False(await shared.KnowsAsync(id));
    }

    [Theory]
    [InlineData("""{"contact":""", 10_000)]
    [InlineData("[", 60_000)]
    public async Task Json_nested_without_end_is_malformed(string beginning, int times) =>
        (await shared.Api.SendAsync("PUT", $"offers/{Guid.NewGuid()}", string.Concat(Enumerable.Repeat(beginning, times))[..Math.Min(60_000, beginning.Length * times)]))
            .Must(400);

    [Fact]
    public async Task A_body_larger_than_any_offer_is_turned_away() =>
        (await shared.Api.SendAsync("PUT", $"offers/{Guid.NewGuid()}", "\"" + new string('x', 70_000) + "\"")).MustRefuse(413, 1008);

    [Theory]
    [InlineData($"api/offers/{Someones}/")]
    [InlineData($"api/offers/{Someones}/../{Someones}")]
    [InlineData($"api/offers/%2e%2e/offers/{Someones}")]
    [InlineData($"api/health/..%2foffers%2f{Someones}")]
    [InlineData($"api/health/%2e%2e/offers/{Someones}")]
    [InlineData($"api/health;/offers/{Someones}")]
    [InlineData($"api//offers/{Someones}")]
    [InlineData($"API/OFFERS/{Someones}")]
    [InlineData($"api/offers/{Someones}%00")]
    [InlineData($"api/offers/{Someones}.json")]
    [InlineData($"api/offers/{{{Someones}}}")]
    [InlineData($"api/offers/%39b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001")]
    [InlineData("api\\call-backs")]
    [InlineData("api/call-backs?/api/health")]
    [InlineData("api/call-backs%3f")]
    public async Task No_trick_of_the_path_gets_past_the_door(string path)
    {
        using var stranger = shared.App.As(null);
        using var answer = await stranger.GetAsync(path, Cancellation);
        Assert.Contains((int)answer.StatusCode, new[] { 400, 401, 404 });
        Assert.DoesNotContain("contact", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_formula_in_somebodys_name_is_none_in_the_exported_audit()
    {
        string[] formulas = ["=HYPERLINK(\"http://example.invalid\")", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"];
        using var file = new MemoryStream();
        await AuditExport.WriteAsync(
            formulas.Select(formula => new AuditLine(Given.Monday, AuditKind.Consultation, formula, formula, formula, formula, formula, null, "r1", formula)).ToAsyncEnumerable(),
            AuditFormat.Csv, file, Cancellation);

        using var csv = new CsvReader(new StringReader(Encoding.UTF8.GetString(file.ToArray())), new CsvConfiguration(CultureInfo.InvariantCulture));
        var cells = new List<string>();
        while (await csv.ReadAsync()) cells.AddRange(csv.Parser.Record!);
        Assert.Equal(formulas.Length, cells.Count(cell => cell.EndsWith("example.invalid\")", StringComparison.Ordinal)));
        Assert.All(cells, cell => Assert.False(cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal), $"A spreadsheet would run: {cell}"));
    }

    [Fact]
    public async Task A_formula_in_a_teams_name_is_none_in_the_exported_report()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var file = new StringBuilder("reference,offeredAt,answer,team\n");
        string[] formulas = ["=HYPERLINK(\"\"http://example.invalid\"\")", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "=1+1"];
        for (var i = 0; i < formulas.Length; i++) file.Append(CultureInfo.InvariantCulture, $"R{i},2023-03-04,declined,\"{formulas[i]}\"\n");
        (await api.SendAsync("POST", "history", file.ToString(), "text/csv")).Must(200);

        var report = (await api.GetAsync("reports/uptake?by=team&format=csv")).Must(200);
        using var csv = new CsvReader(new StringReader(report.Text), new CsvConfiguration(CultureInfo.InvariantCulture) { HasHeaderRecord = false });
        var cells = new List<string>();
        while (await csv.ReadAsync()) cells.AddRange(csv.Parser.Record!);
        Assert.Contains("hyperlink", report.Text, StringComparison.Ordinal);
        Assert.All(cells, cell => Assert.False(cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal), $"A spreadsheet would run: {cell}"));
    }
}
