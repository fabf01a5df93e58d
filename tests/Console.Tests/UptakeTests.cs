using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>The figures as people read, keep and publish them.</summary>
[Needs(Tool.Chromium)]
public sealed class UptakeTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(360, false)]
    [InlineData(1280, false)]
    [InlineData(640, false)]
    [InlineData(320, false)]
    [InlineData(360, true)]
    public async Task The_practice_notes_table_is_shown_with_a_chart(int width, bool plain)
    {
        await using var window = await OpenAsync(width, plain);
        await ImportAsync(window, Noted());
        await window.GoToAsync("/console/uptake");
        await Assertions.Expect(Row(window, "uptake.note", "2022")).ToHaveTextAsync("2022" + "33" + "12" + "3" + "0" + "15" + "45%");
        await Assertions.Expect(Row(window, "uptake.note", Text("uptake.total"))).ToHaveTextAsync(
            $"{Text("uptake.total")}120" + "28" + "12" + "0" + "40" + "33%");
        await Assertions.Expect(Row(window, "uptake.unseen", "2022")).ToHaveTextAsync(
            "2022" + "21" + "12" + "7" + "5" + "0" + "0" + "0" + "0" + "0" + "9" + "––");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Img, new() { Name = Text("uptake.chart.year") })).ToBeVisibleAsync();
        await window.IsAccessibleAsync("by year");
        await window.PictureAsync($"uptake-{width}{(plain ? "-plain" : "")}", forDocuments: !plain);

        await window.Page.GetByLabel(Text("uptake.ways.team")).CheckAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("callBacks.show") }).ClickAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Img, new() { Name = Text("uptake.chart.team") })).ToBeVisibleAsync();
        await window.IsAccessibleAsync("by team");
        await window.PictureAsync($"uptake-team-{width}{(plain ? "-plain" : "")}");

        await window.GoToAsync("/console/uptake?by=month&from=2023-01-01&publish=yes");
        await Assertions.Expect(window.Page.GetByText(Text("uptake.rule"))).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByText(Text("uptake.few"), new() { Exact = true }).First).ToBeVisibleAsync();
        await window.IsAccessibleAsync("by month, for publication");
        await window.PictureAsync($"uptake-month-published-{width}{(plain ? "-plain" : "")}");
    }

    [Fact]
    public async Task Without_offers_it_says_so_and_dates_the_wrong_way_round_are_refused()
    {
        await using var window = await Window.OpenAsync(browser);
        await window.GoToAsync("/console/uptake");
        await Assertions.Expect(window.Page.GetByText(Text("uptake.empty"))).ToBeVisibleAsync();
        await window.IsAccessibleAsync("no offers");
        await window.Page.GetByLabel(Text("uptake.from")).FillAsync("2024-02-01");
        await window.Page.GetByLabel(Text("uptake.to")).FillAsync("2024-01-01");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("callBacks.show") }).ClickAsync();
        await Assertions.Expect(window.Page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("uptake.toBeforeFrom"));
        await window.IsAccessibleAsync("dates the wrong way round");
    }

    [Fact]
    public async Task The_file_is_the_APIs_own_and_the_one_for_publication_hides_small_numbers()
    {
        await using var window = await Window.OpenAsync(browser, Window.Desk);
        await ImportAsync(window, Noted());
        await window.GoToAsync("/console/uptake");
        var (name, text) = await DownloadAsync(window, "uptake.download");
        Assert.Equal("uptake-by-year-2022-01-01-to-2024-03-11.csv", name);
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/reports/uptake?by=year&format=csv&publish=false");
        using var answer = await window.App.Http.SendAsync(request, Cancellation);
        Assert.Equal(await answer.Content.ReadAsStringAsync(Cancellation), text);

        // Whoever turns to publication is proposed the finest table that can be told.
        await window.Page.GetByLabel(Text("uptake.publish")).CheckAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("callBacks.show") }).ClickAsync();
        await Assertions.Expect(window.Page.GetByLabel(Text("uptake.ways.finest"))).ToBeCheckedAsync();
        await window.IsAccessibleAsync("for publication");
        var (publishedName, published) = await DownloadAsync(window, "uptake.downloadPublished");
        Assert.Equal("uptake-by-finest-2022-01-01-to-2024-03-11-for-publication.csv", publishedName);
        var lines = published.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith(
            "group,offers,acceptedAtOffer,acceptedAtCallBack,acceptedOtherwise,accepted,uptake,asked,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("total,120,28,12,0,40,33,120,", lines[^1], StringComparison.Ordinal);
        Assert.True(lines.Length >= 4, published);
        var (callDays, answerDays) = (Array.IndexOf(lines[0].Split(','), "daysToCall"), Array.IndexOf(lines[0].Split(','), "daysToAnswer"));
        Assert.DoesNotContain(
            lines
                .Skip(1)
                .SelectMany(line => line.Split(',').Where((_, column) => column > 0 && column != callDays && column != answerDays)),
            cell => cell is "1" or "2" or "3" or "4");
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task The_finest_table_is_proposed_others_can_be_chosen_and_it_is_copied_as_cells(int width)
    {
        await using var window = await OpenAsync(width, plain: false);
        await ImportAsync(window, Noted());
        await window.GoToAsync("/console/uptake?publish=yes");
        var published = (await window.ReadAsync("reports/uptake?publish=true")).GetProperty("published");
        var (rows, hidden) = (published.GetProperty("lines").GetArrayLength(), published.GetProperty("hidden").GetInt32());
        var inset = window.Page.Locator(".govuk-inset-text");
        await Assertions.Expect(inset).ToContainTextAsync(Text("uptake.hiddenCount.other", ("count", $"{hidden}")));
        await Assertions.Expect(inset).ToContainTextAsync($"It has {rows} rows");
        await window.Page.GetByText(Text("uptake.choices"), new() { Exact = true }).ClickAsync();
        await window.IsAccessibleAsync("other breakdowns");
        await window.PictureAsync($"uptake-choices-{width}");

        await window.Page.GetByRole(AriaRole.Link, new() { Name = Text("uptake.ways.financialYear") }).ClickAsync();
        await Assertions.Expect(window.Page.GetByLabel(Text("uptake.ways.financialYear"))).ToBeCheckedAsync();
        await Assertions.Expect(Row(window, "uptake.note", "2022/23")).ToBeVisibleAsync();
        await window.IsAccessibleAsync("by financial year, for publication");
        await window.PictureAsync($"uptake-financial-{width}");

        await window.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = $"{Text("uptake.copy")} {Text("uptake.note")}" }).ClickAsync();
        await Assertions.Expect(window.Page.GetByText(Text("uptake.copied", ("table", Text("uptake.note"))))).ToBeVisibleAsync();
        var copied = (await window.Page.EvaluateAsync<string>("navigator.clipboard.readText()")).Split("\r\n");
        Assert.StartsWith($"{Text("uptake.ways.financialYear")}\t{Text("uptake.columns.offers")}\t", copied[0], StringComparison.Ordinal);
        Assert.Equal($"{Text("uptake.total")}\t120\t28\t12\t0\t40\t33%", copied[^1]);
        await window.Page.Context.ClearPermissionsAsync();
    }

    private async Task<Window> OpenAsync(int width, bool plain) =>
        await Window.OpenAsync(
            browser,
            width switch { 360 => Window.Phone, 1280 => Window.Desk, _ => new ViewportSize { Width = width, Height = 450 } },
            plain);

    private static ILocator Row(Window window, string table, string name) =>
        window.Page.GetByRole(AriaRole.Region, new() { Name = Text(table) })
            .GetByRole(AriaRole.Row).Filter(new() { Has = window.Page.GetByRole(AriaRole.Rowheader, new() { Name = name, Exact = true }) });

    private static async Task<(string Name, string Text)> DownloadAsync(Window window, string button)
    {
        var download = await window.Page.RunAndWaitForDownloadAsync(
            () => window.Page.GetByRole(AriaRole.Button, new() { Name = Text(button) }).ClickAsync());
        await using var stream = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(stream);
        return (download.SuggestedFilename, await reader.ReadToEndAsync(Cancellation));
    }

    private static async Task ImportAsync(Window window, string csv)
    {
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        (await window.App.Http.PostAsync("api/history", content, Cancellation)).EnsureSuccessStatusCode();
    }

    // The counts of the practice note: 33 offers in 2022 (12 at the door, 3 at the call-back), 87 until March 2024 (16 and 9).
    private static string Noted()
    {
        var csv = new StringBuilder("reference,offeredAt,team,answer,callBack\n");
        foreach (var (start, days, offers, atOffer, atCallBack) in new[]
        {
            (new DateOnly(2022, 1, 3), 10, 33, 12, 3),
            (new DateOnly(2023, 1, 2), 4, 87, 16, 9),
        })
        {
            for (var number = 0; number < offers; number++)
            {
                var (answer, call) = number < atOffer ? ("accepted", "")
                    : number < atOffer + atCallBack ? ("declined", "accepted")
                    : ("declined", (number % 4) switch { 0 => "noAnswer", 1 => "declined", _ => "" });
                // 7 and the number of offers have no common factor: every day is used, and answers are spread over the time.
                var day = start.AddDays(number * 7 % offers * days);
                csv.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"{start.Year}-{number},{day:yyyy-MM-dd},{new[] { "north", "south", "east" }[number % 3]},{answer},{call}");
            }
        }

        return csv.ToString();
    }
}
