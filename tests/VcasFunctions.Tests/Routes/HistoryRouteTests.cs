using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Http;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Routes;

/// <summary>The import of offers from before the system: nothing is lost, nothing doubled, and what can't be read is named once.</summary>
public sealed class HistoryRouteTests
{
    private const string Header = "reference,offeredAt,team,answer,callBack,calledAt\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // A file, and the places that are named, each once.
    public static TheoryData<string, string> Wrong => new()
    {
        { "reference,offerdAt,answer\nA1,2022-03-04,declined\n", "row 1, B" },
        { "reference,offeredAt,answer,notes\nA1,2022-03-04,declined,x\nA2,2022-03-04,declined,y\n", "row 1, D" },
        { "reference,offeredAt,answer,Answer\nA1,2022-03-04,declined,accepted\n", "row 1, answer" },
        { "reference,offeredAt,answer, ANSWER ,call back\nA1,2022-03-04,declined,accepted,\n", "row 1, answer|row 1, E" },
        { "reference,offeredAt,answer,\nA1,2022-03-04,declined,x\nA2,2022-03-05,declined,\nA3,2022-03-05,declined,y\n", "row 2, D" },
        {
            "reference,offeredAt,answer\nA1,2022-03-04,declined,accepted\nA2,2022-03-05,declined\nA,3,2022-03-05,declined\n",
            "row 2, D|row 4, D"
        },
        {
            "reference,offeredAt,answer\nA1,2022-03-04,declined\nA2,2022-03-05,\"declined\nA3,2022-03-06,declined\n"
            + "A4,2022-03-07,accepted\n",
            "row 3"
        },
        {
            "reference,offeredAt,answer,team\nA1,2022-03-04,declined,\"north\nA2,2022-03-05,declined,south\"\nA3,2022-13-06,declined,x\n",
            "row 2|row 3, offeredAt"
        },
        { "reference,offeredAt,answer\n\"A1\"x,2022-03-04,declined\n", "row 2" },
        { "Offers of 2022,,\nreference,offeredAt,answer\nA1,2022-03-04,declined\n", "row 1" },
        { "A1,2022-03-04,declined\nA2,2022-03-05,declined\n", "row 1" },
        { "reference,offeredAt,answer\n\n,,\nA1,2022-03-32,declined\n", "row 4, offeredAt" },
        { "reference,offeredAt,answer\n0019,2022-03-04,declined\n19,2022-03-05,declined\n", "row 3, reference" },
        {
            "reference,offeredAt,answer\n0a00,2022-03-04,declined\n00a0,2022-03-05,declined\n2024/0019,2022-03-05,declined\n"
            + "2024/19,2022-03-05,declined\n",
            "row 5, reference"
        },
        { "reference,offeredAt,answer\nDur 12/ab,2022-03-04,declined\ndur12/AB,2022-03-05,declined\n", "row 3, reference" },
        { "reference,offeredAt,answer\nCaf\u00e9-1,2022-03-04,declined\nCafe\u0301\u20131,2022-03-05,declined\n", "row 3, reference" },
        { "reference,offeredAt,answer\n1.23457E+15,2022-03-04,declined\n", "row 2, reference" },
        { "reference,offeredAt,answer\n#N/A,2022-03-04,declined\n", "row 2, reference" },
        {
            "reference,offeredAt,answer\nA1,2022-03-04,Declined\nA2,2022-03-04,\"declined,notAsked\"\nA3,2022-03-04, declined\n"
            + "A4,2022-03-04,1\n",
            "row 2, answer|row 3, answer|row 4, answer|row 5, answer"
        },
        {
            "reference,offeredAt,answer\nA1,44624,declined\nA2,04/03/22,declined\nA3,12/31/2022,declined\nA4,29/02/2023,declined\n"
            + "A5,########,declined\n",
            "row 2, offeredAt|row 3, offeredAt|row 4, offeredAt|row 5, offeredAt|row 6, offeredAt"
        },
        {
            "reference,offeredAt,answer\nA1,2022-03-27 01:30,declined\nA2,30/10/2022 01:30,declined\nA3,2022-03-04 24:00,declined\n",
            "row 2, offeredAt|row 3, offeredAt|row 4, offeredAt"
        },
        { Header + "A1,2022-03-04,north,declined,,2022-03-25\n", "row 2, callBack" },
        { Header + $"A1,2022-03-04,{new string('n', 61)},declined,,\n", "row 2, team" },
        { Header + "A1,2022-03-04,north,declined,noAnswer,2022-03-03\n", "row 2, calledAt" },
        { "PK\u0003\u0004 and more", "row 1" },
    };

    // The same two households, as spreadsheets and databases save them.
    public static TheoryData<string, byte[]> Saved
    {
        get
        {
            const string Plain = "reference,offeredAt,answer,team\r\nA1,2022-03-04,declined,north\r\nA2,2022-04-05,accepted,north\r\n";
            var british = Plain.Replace("2022-03-04", "04/03/2022").Replace("2022-04-05", "5/4/2022");
            return new TheoryData<string, byte[]>
            {
                { "plain", Encoding.UTF8.GetBytes(Plain) },
                { "with a mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Plain)] },
                { "line feeds alone", Encoding.UTF8.GetBytes(Plain.Replace("\r\n", "\n")) },
                { "carriage returns alone", Encoding.UTF8.GetBytes(Plain.Replace("\r\n", "\r")) },
                { "no last line end", Encoding.UTF8.GetBytes(Plain.TrimEnd()) },
                { "UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Plain)] },
                { "UTF-16 the other way round", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Plain)] },
                { "UTF-16 without a mark, tabs", Encoding.Unicode.GetBytes(Plain.Replace(',', '\t')) },
                { "British days", Encoding.UTF8.GetBytes(british) },
                { "British days with dots and a time", Encoding.UTF8.GetBytes(british.Replace("04/03/2022", "04.03.2022 06:15")) },
                { "a month's name", Encoding.UTF8.GetBytes(Plain.Replace("2022-03-04", "4-Mar-2022")) },
                { "semicolons", Encoding.UTF8.GetBytes(british.Replace(',', ';')) },
                { "tabs", Encoding.UTF8.GetBytes(british.Replace(',', '\t')) },
                { "sep=", Encoding.UTF8.GetBytes("sep=;\r\n" + Plain.Replace(',', ';')) },
                {
                    "empty rows and columns",
                    Encoding.UTF8.GetBytes("\r\n,,,,,\r\n" + Plain.Replace("\r\n", ",,\r\n").Replace("A2", "\r\n ,,,\r\nA2"))
                },
                {
                    "everything in quotes",
                    Encoding.UTF8.GetBytes('"' + Plain.TrimEnd().Replace(",", "\",\"").Replace("\r\n", "\"\r\n\"") + '"')
                },
                {
                    "headings in capitals",
                    Encoding.UTF8.GetBytes(Plain.Replace("reference", "REFERENCE").Replace("offeredAt", " OfferedAt "))
                },
                { "Windows' letters", Encoding.Latin1.GetBytes(Plain.Replace("north", "\u00e9quipe")) },
                { "references without their noughts", Encoding.UTF8.GetBytes(Plain.Replace("A1", " a1").Replace("A2", "A 002")) },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_cannot_be_read_is_named_once_for_each_cause_and_nothing_is_imported(string file, string places)
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var answer = (await ImportAsync(api, Encoding.UTF8.GetBytes(file))).MustRefuse(422, 1011);
        Assert.Equal(
            places.Split('|'), answer.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()!));
        Assert.Equal(0, await OffersAsync(api));
    }

    [Theory]
    [InlineData(5, 10)]
    [InlineData(6, 2)]
    [InlineData(300, 2)]
    public async Task What_is_wrong_in_a_whole_column_is_one_line_and_hides_no_other_mistake(int rows, int lines)
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var file = new StringBuilder("reference,offeredAt,answer\n");
        for (var row = 0; row < rows; row++) file.Append($"C-{row},04.03.22,Declined\n");
        file.Append("C-sound,2022-03-04,declined\nC-other,2022-13-04,declined\n");

        var refused = (await ImportAsync(api, Encoding.UTF8.GetBytes(file.ToString()))).MustRefuse(422, 1011);
        var errors = refused.Json.GetProperty("errors").EnumerateArray()
            .Select(error => (error.GetProperty("field").GetString()!, error.GetProperty("message").GetString()!)).ToList();

        Assert.Equal(lines + 1, errors.Count);
        Assert.Equal(["row 2, offeredAt", "row 2, answer"], errors.Take(2).Select(error => error.Item1).OrderDescending());
        Assert.Equal($"row {rows + 3}, offeredAt", errors[^1].Item1);
        Assert.Equal(rows == 300, errors[0].Item2.EndsWith("The same in rows 3, 4, 5 and 296 more.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Kinds_of_blanks_and_marks_that_nobody_sees_make_no_other_team()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        (await ImportAsync(api, Encoding.UTF8.GetBytes(
            "reference,offeredAt,answer,team\nT1,2022-03-04,declined,CID  North\nT2,2022-03-04,declined,cid\u00a0north\n"
            + "T3,2022-03-04,declined,\u200bcid north\u00ad\n"))).Must(200);
        var teams = (await api.GetAsync("reports/uptake?by=team")).Must(200).Json.GetProperty("lines").EnumerateArray()
            .Select(line => (line.GetProperty("group").GetString(), line.GetProperty("offers").GetInt32()));
        Assert.Equal([("cid north", 3)], teams);
    }

    [Fact]
    public async Task An_open_quotation_mark_is_named_with_its_line()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var file =
            "reference,offeredAt,answer\r\n\r\nA1,2022-03-04,declined\r\n\"A2,2022-03-05,declined\r\nA3,2022-03-06,declined\r\n"
            + "A4\",2022-03-06,declined\r\n";
        Assert.Contains(
            "line 4 that isn't closed in that line, and takes in all up to line 6",
            (await ImportAsync(api, Encoding.UTF8.GetBytes(file))).MustRefuse(422, 1011).Text,
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Saved))]
    public async Task What_spreadsheets_save_is_read_as_what_it_says(string how, byte[] file)
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var imported = (await ImportAsync(api, file)).Must(200);
        Assert.True(imported["households"] == "2", $"{how}: {imported.Text}");
        Assert.Equal(1, await OffersAsync(api, "?from=2022-03-04&to=2022-03-04"));
        Assert.Equal(1, await OffersAsync(api, "?from=2022-04-05&to=2022-04-05"));
        Assert.Equal(2, await OffersAsync(api));

        // However it is saved the next time, these are the same households.
        var again = (await ImportAsync(
            api, "reference,offeredAt,answer,team\nA1,2022-03-04,declined,south\nA2,2022-04-05,accepted,south\n"u8.ToArray()))
            .Must(200);
        Assert.Equal(("0", "2"), (again["added"], again["corrected"]));
        Assert.Equal(2, await OffersAsync(api));
    }

    [Fact]
    public async Task A_corrected_file_corrects_and_counts_nobody_twice()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var first = (await ImportAsync(api, Encoding.UTF8.GetBytes(
            Header + "R-1,2022-03-31,north,declined,,\nR-2,2022-03-31,north,accepted,,\nR-3,2022-05-01,north,notAsked,,\n")))
            .Must(200);
        Assert.Equal(("3", "0", "0"), (first["added"], first["corrected"], first["unchanged"]));

        var corrected = Encoding.UTF8.GetBytes(Header
            + "R-1,2023-04-01,north,declined,accepted,2023-04-25\nR-2,2022-03-31,north,accepted,,\nR-4,2022-06-01,north,declined,,\n");
        var preview = (await ImportAsync(api, corrected, "?preview=true")).Must(200);
        Assert.Equal(("1", "1", "1"), (preview["added"], preview["corrected"], preview["unchanged"]));
        Assert.Equal(3, await OffersAsync(api));
        Assert.Equal(("1", "1", "1"), (await ImportAsync(api, corrected)).Must(200) is var second
            ? (second["added"], second["corrected"], second["unchanged"])
            : default);
        Assert.Equal(4, await OffersAsync(api));
        Assert.Equal(1, await OffersAsync(api, "?to=2022-03-31"));
        Assert.Equal(1, await OffersAsync(api, "?from=2023-01-01"));
        Assert.Equal(("0", "0", "3"), (await ImportAsync(api, corrected)).Must(200) is var third
            ? (third["added"], third["corrected"], third["unchanged"])
            : default);

        var register = app.Services.GetRequiredService<VcasTables>().Register;
        var rows = new List<string>();
        await foreach (var row in register.QueryAsync<Azure.Data.Tables.TableEntity>(cancellationToken: Cancellation)) rows.Add(row.RowKey);
        Assert.Equal(rows.Count, rows.Distinct().Count());
    }

    private static Task<ApiAnswer> ImportAsync(Api api, byte[] csv, string query = "") =>
        api.SendAsync("POST", $"history{query}", csv, "text/csv");

    private static async Task<int> OffersAsync(Api api, string query = "") =>
        (await api.GetAsync($"reports/uptake{query}")).Must(200).Json.GetProperty("total").GetProperty("offers").GetInt32();
}
