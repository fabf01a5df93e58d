using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Tables;

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
        (await shared.Api.SendAsync(
            "PUT",
            $"offers/{Guid.NewGuid()}",
            string.Concat(Enumerable.Repeat(beginning, times))[..Math.Min(60_000, beginning.Length * times)]))
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
    public async Task A_formula_in_a_teams_name_is_none_in_the_exported_report()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var file = new StringBuilder("reference,offeredAt,answer,team\n");
        string[] formulas = ["=HYPERLINK(\"\"http://example.invalid\"\")", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "=1+1"];
        for (var i = 0; i < formulas.Length; i++)
            file.Append(CultureInfo.InvariantCulture, $"R{i},2023-03-04,declined,\"{formulas[i]}\"\n");
        (await api.SendAsync("POST", "history", file.ToString(), "text/csv")).Must(200);

        var report = (await api.GetAsync("reports/uptake?by=team&format=csv&publish=false")).Must(200);
        Assert.Contains("hyperlink", report.Text, StringComparison.Ordinal);
        await Spreadsheet.MustRunNothingAsync(report.Text);
    }

    [Theory]
    [MemberData(nameof(Spreadsheet.Formulas), MemberType = typeof(Spreadsheet))]
    public async Task A_formula_that_came_into_the_audit_is_none_in_its_export(string formula)
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined());
        // No request of ours can bring one there; whoever can write to the table could, and the supervisor's spreadsheet would run it.
        var offers = app.Services.GetRequiredService<VcasTables>().Offers;
        await foreach (var row in offers.QueryAsync<TableEntity>(
            $"PartitionKey eq '{id}' and RowKey ge 'event-' and RowKey lt 'event.'", cancellationToken: Cancellation))
        {
            foreach (var column in new[] { "By", "ById", "Why", "To" }) row[column] = formula;
            await offers.UpdateEntityAsync(row, Azure.ETag.All, TableUpdateMode.Replace, Cancellation);
        }

        var export = (await api.GetAsync("audit?format=csv")).Must(200);
        Assert.Contains(formula.Replace("\"", "\"\"", StringComparison.Ordinal), export.Text, StringComparison.Ordinal);
        await Spreadsheet.MustRunNothingAsync(export.Text);
    }
}
