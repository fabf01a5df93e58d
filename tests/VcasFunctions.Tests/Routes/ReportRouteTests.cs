using System.Text;
using System.Text.Json;
using Shared;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Routes;

/// <summary>Figures from offers and from imported history, as JSON and as CSV.</summary>
public sealed class ReportRouteTests
{
    private const string Header = "reference,offeredAt,team,answer,callBack,calledAt\n";

    private const string History = Header
        + "H1,2022-03-04,north,accepted,,\n"
        + "H2,2022-03-05T10:00:00Z,North,declined,accepted,2022-03-29\n"
        + "H3,2023-07-01,south,declined,noAnswer,2023-07-24\n"
        + "\"H,4\",2023-07-02,,declined,,\n"
        + "H5,2023-12-31,\"=2+5+cmd|' /C calc'!A0\",notAsked,,\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_history_is_checked_first_then_imported_once_and_stands_in_the_figures_beside_new_offers()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);

        var preview = (await ImportAsync(api, History, "?preview=true")).Must(200);
        Assert.Equal(("5", "true"), (preview["households"], preview["preview"]));
        Assert.Equal(0, await TotalAsync(api, "offers"));

        for (var time = 0; time < 2; time++) Assert.Equal("false", (await ImportAsync(api, History)).Must(200)["preview"]);
        Assert.Equal(5, await TotalAsync(api, "offers"));

        await api.RecordAsync(Given.Accepted().With("team", "north"));
        await api.RecordAsync(Given.Declined().With("team", "north"));
        await app.WhenIdleAsync(Cancellation);
        Assert.Equal(7, await TotalAsync(api, "offers"));
        Assert.Equal(3, await TotalAsync(api, "accepted"));
        Assert.Equal(2, await TotalAsync(api, "acceptedAtOffer"));
        Assert.Equal(1, await TotalAsync(api, "acceptedAtCallBack"));
        Assert.Equal(43, await TotalAsync(api, "uptake"));
        Assert.Equal(2, await TotalAsync(api, "attempted"));
        Assert.Equal(2, await TotalAsync(api, "notRecorded"));
        Assert.Equal(1, await TotalAsync(api, "open"));
    }

    [Theory]
    [InlineData("total", "total")]
    [InlineData("year", "2022,2023")]
    [InlineData("month", "2022-03,2023-07,2023-12")]
    [InlineData("team", "=2+5+cmd|' /c calc'!a0,north,south,unassigned")]
    public async Task The_figures_are_broken_down_and_every_line_adds_up(string by, string groups)
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        (await ImportAsync(api, History)).Must(200);

        var report = (await api.GetAsync($"reports/uptake?by={by}")).Must(200);
        var lines = report.Json.GetProperty("lines").EnumerateArray().ToList();
        Assert.Equal(groups, string.Join(',', lines.Select(line => line.GetProperty("group").GetString())));
        foreach (var column in new[]
        {
            "offers", "accepted", "acceptedAtOffer", "acceptedAtCallBack", "callBacksDue", "attempted", "reached", "notRecorded",
        })
            Assert.Equal(
                report.Json.GetProperty("total").GetProperty(column).GetInt32(), lines.Sum(line => line.GetProperty(column).GetInt32()));
    }

    [Theory]
    [InlineData("from=2022-03-04&to=2022-03-04", 1)]
    [InlineData("from=2022-03-05&to=2023-07-01", 2)]
    [InlineData("from=2023-07-03", 1)]
    [InlineData("to=2021-12-31", 0)]
    public async Task Both_ends_of_a_period_count_in(string period, int offers)
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        (await ImportAsync(api, History)).Must(200);
        if (period == "to=2021-12-31") (await api.GetAsync($"reports/uptake?{period}")).MustRefuse(400, 1010);
        else
            Assert.Equal(
                offers,
                (await api.GetAsync($"reports/uptake?{period}")).Must(200).Json.GetProperty("total").GetProperty("offers").GetInt32());
    }

    [Fact]
    public async Task A_CSV_has_the_same_figures_and_no_cell_that_a_spreadsheet_would_run()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        (await ImportAsync(api, History)).Must(200);

        var csv = (await api.GetAsync("reports/uptake?by=team&format=csv&publish=false")).Must(200);
        Assert.Equal("text/csv", csv.ContentType);
        var rows = csv.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, rows.Length);
        Assert.StartsWith(
            "group,offers,acceptedAtOffer,acceptedAtCallBack,acceptedOtherwise,accepted,referredUnasked,uptake,asked,"
            + "neverAsked,uptakeOfAsked,",
            rows[0],
            StringComparison.Ordinal);
        Assert.StartsWith("north,2,1,1,0,2,0,100,2,0,100,", rows[2], StringComparison.Ordinal);
        foreach (var row in rows) Assert.DoesNotContain(row.TrimStart('"')[0], "=+-@\t");
    }

    [Fact]
    public async Task Wrong_rows_are_named_each_and_nothing_is_imported()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var answer = (await ImportAsync(api, Header
            + "H1,2022-03-04,north,accepted,,\n"
            + ",2022-03-04,north,accepted,,\n"
            + "H2,Zzyzx,north,Zzyzx,,\n"
            + "H3,2021-12-31,north,declined,,\n"
            + "H4,2024-03-12,north,declined,,\n"
            + "H5,2022-03-04,north,accepted,declined,2022-03-25\n"
            + "H6,2022-03-04,north,declined,Zzyzx,2022-03-01\n"
            + "H7,2022-03-04,north,declined,accepted,2024-04-01\n"
            + "H1,2022-03-05,north,declined,,\n")).MustRefuse(422, 1011);

        Assert.Equal(
            [
                "row 3, reference", "row 4, answer", "row 4, offeredAt", "row 5, offeredAt", "row 6, offeredAt", "row 7, callBack",
                "row 8, callBack", "row 8, calledAt", "row 9, calledAt", "row 10, reference",
            ],
            answer.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()!));
        Assert.DoesNotContain("Zzyzx", answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, await TotalAsync(api, "offers"));
    }

    [Fact]
    public async Task A_file_that_is_none_is_refused()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        (await ImportAsync(api, "")).MustRefuse(422, 1011);
        (await ImportAsync(api, "\n\n")).MustRefuse(422, 1011);
        (await ImportAsync(api, "reference,team\nH1,north\n")).MustRefuse(422, 1011);
        (await ImportAsync(api, History, "?preview=yes")).MustRefuse(400, 1010);
        (await api.SendAsync("POST", "history", History, "application/json")).MustRefuse(415, 1009);
        var large = Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Repeat("H1,2022-03-04,north,accepted,,\n", 300_000)));
        (await api.SendAsync("POST", "history", large, "text/csv")).MustRefuse(413, 1008);
        (await api.SendAsync("POST", "history", new BadInput.UnsaidLength(large, "text/csv"))).MustRefuse(413, 1008);
        Assert.Equal(0, await TotalAsync(api, "offers"));
    }

    [Fact]
    public async Task A_mistake_and_a_duplicate_do_not_count()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        foreach (var reason in new[] { "recordedInError", "duplicate", "moved" })
            (await api.PostAsync($"offers/{await api.RecordAsync(Given.Declined())}/withdrawal", new { reason })).Must(200);
        Assert.Equal(1, await TotalAsync(api, "offers"));
    }

    private static Task<ApiAnswer> ImportAsync(Api api, string csv, string query = "") =>
        api.SendAsync("POST", $"history{query}", csv, "text/csv");

    private static async Task<int> TotalAsync(Api api, string column) =>
        (await api.GetAsync("reports/uptake")).Must(200).Json.GetProperty("total").GetProperty(column).GetInt32();
}
