using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>Taking in the offers from before the system.</summary>
[Needs(Tool.Chromium)]
public sealed class HistoryTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(360, false)]
    [InlineData(1280, false)]
    [InlineData(640, false)]
    [InlineData(360, true)]
    public async Task The_example_is_checked_first_and_then_taken_in(int width, bool plain)
    {
        await using var window = await OpenAsync(width, plain);
        await window.GoToAsync("/console/history");
        await window.IsAccessibleAsync("no file yet");
        await window.PictureAsync($"history-{width}{(plain ? "-plain" : "")}", forDocuments: !plain);
        var page = window.Page;
        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = Text("history.example") }).ClickAsync());
        Assert.Equal("history-example.csv", download.SuggestedFilename);
        await page.GetByLabel(Text("history.file")).SetInputFilesAsync(await download.PathAsync());
        await page.GetByText(Text("history.columnsTitle"), new() { Exact = true }).First.ClickAsync();
        await window.IsAccessibleAsync("the columns");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("history.check") }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = Text("history.sound.other", ("count", "5")) }))
            .ToBeFocusedAsync();
        await Assertions.Expect(page.GetByText(Text("history.numbers", ("added", "5"), ("corrected", "0"), ("unchanged", "0"))))
            .ToBeVisibleAsync();
        await window.IsAccessibleAsync("a sound file");
        await window.PictureAsync($"history-sound-{width}{(plain ? "-plain" : "")}");
        Assert.Equal(0, await OffersAsync(window));

        await page.GetByRole(AriaRole.Button, new() { Name = Text("history.import.other", ("count", "5")) }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = Text("history.imported.other", ("count", "5")) }))
            .ToBeFocusedAsync();
        await window.IsAccessibleAsync("taken in");
        Assert.Equal(5, await OffersAsync(window));
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task Every_row_that_needs_correction_is_named_and_nothing_is_stored(int width)
    {
        await using var window = await OpenAsync(width);
        await window.GoToAsync("/console/history");
        var page = window.Page;
        var check = page.GetByRole(AriaRole.Button, new() { Name = Text("history.check") });
        await check.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("history.fileMissing"));
        await window.IsAccessibleAsync("no file chosen");

        await ChooseAsync(page, "reference,offeredAt,answer\nH1,2022-03-04,declined\nH2,04/13/2022,declined\nH1,2022-03-05,perhaps\n");
        window.Expect("422");
        await check.ClickAsync();
        var rows = page.GetByRole(AriaRole.Region, new() { Name = Text("history.errors") }).GetByRole(AriaRole.Row);
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync("3offeredAt");
        await Assertions.Expect(rows.Nth(2)).ToContainTextAsync("4answer");
        await window.IsAccessibleAsync("rows that need correction");
        await window.PictureAsync($"history-errors-{width}");
        Assert.Equal(0, await OffersAsync(window));

        await ChooseAsync(page, "reference,answer\nH1,declined\n");
        await check.ClickAsync();
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync("offeredAt");
        await window.IsAccessibleAsync("a column is missing");
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task A_file_with_headings_of_its_own_is_read_once_it_is_said_which_is_which(int width)
    {
        // As Excel saves "CSV" on a British computer whose list separator is a semicolon: Windows' letters, a title above, a note on two
        // lines, empty columns and rows behind.
        const string Own = "Offers 2022;;;;;\r\nCase no;Date of offer;Answer;Team name;Notes;\r\n"
            + "12/1;04/03/2022;declined;\u00e9quipe;\"Alex said\r\nnot now\";\r\n12/2;31/03/2022;accepted;north;;\r\n;;;;;\r\n";
        await using var window = await OpenAsync(width);
        await window.GoToAsync("/console/history");
        var page = window.Page;
        var sent = new List<string>();
        page.Request += (_, request) => sent.AddRange(request.Method == "POST" && request.PostData is { } data ? [data] : []);
        var check = page.GetByRole(AriaRole.Button, new() { Name = Text("history.check"), Exact = true });
        await ChooseAsync(page, Encoding.Latin1.GetBytes(Own));
        await check.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = Text("history.headings") })).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByLabel("Case no")).ToHaveValueAsync("reference");
        await Assertions.Expect(page.GetByLabel("Date of offer")).ToHaveValueAsync("offeredAt");
        await Assertions.Expect(page.GetByLabel("Notes")).ToHaveValueAsync("");
        await window.IsAccessibleAsync("which column is which");
        await window.PictureAsync($"history-headings-{width}");

        await page.GetByLabel("Answer").SelectOptionAsync("reference");
        var read = page.GetByRole(AriaRole.Button, new() { Name = Text("history.checkColumns") });
        await read.ClickAsync();
        var summary = page.Locator(".govuk-error-summary");
        await Assertions.Expect(summary).ToContainTextAsync(Text("history.columnMissing", ("name", "answer")));
        await Assertions.Expect(summary).ToContainTextAsync(Text("history.columnTwice", ("name", "reference")));
        await window.IsAccessibleAsync("columns that can't be");
        await page.GetByLabel("Answer").SelectOptionAsync("answer");
        await read.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = Text("history.sound.other", ("count", "2")) }))
            .ToBeFocusedAsync();
        await window.IsAccessibleAsync("a sound file with its own headings");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("history.import.other", ("count", "2")) }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = Text("history.imported.other", ("count", "2")) }))
            .ToBeFocusedAsync();
        Assert.Equal(2, sent.Count);
        Assert.All(sent, body => Assert.DoesNotContain("Alex", body, StringComparison.Ordinal));
        Assert.Equal(1, await OffersAsync(window, "?from=2022-03-04&to=2022-03-04"));
        var teams = (await window.ReadAsync("reports/uptake?by=team")).GetProperty("lines").EnumerateArray();
        Assert.Equal(["north", "\u00e9quipe"], teams.Select(line => line.GetProperty("group").GetString()));

        // The next file of the kind is read as this one; a mistake has the row and the heading that stand in the file.
        await page.ReloadAsync();
        await ChooseAsync(page, Encoding.Latin1.GetBytes(Own.Replace("31/03/2022", "03/31/2022", StringComparison.Ordinal)));
        window.Expect("422");
        await check.ClickAsync();
        var rows = page.GetByRole(AriaRole.Region, new() { Name = Text("history.errors") }).GetByRole(AriaRole.Row);
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync(
            "4" + Text("history.columnAs", ("column", "offeredAt"), ("heading", "Date of offer")));
        await page.GetByText(Text("history.read")).ClickAsync();
        await window.IsAccessibleAsync("a mistake in a file with its own headings");
        await window.PictureAsync($"history-own-errors-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("history.change") }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Case no")).ToHaveValueAsync("reference");
    }

    [Fact]
    public async Task The_same_mistake_in_several_rows_is_one_line_and_a_workbook_is_told_how_to_be_saved()
    {
        await using var window = await OpenAsync(1280);
        await window.GoToAsync("/console/history");
        var page = window.Page;
        var check = page.GetByRole(AriaRole.Button, new() { Name = Text("history.check"), Exact = true });
        await ChooseAsync(page, [0x50, 0x4B, 3, 4, 20, 0]);
        await check.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("history.workbook"));
        await window.IsAccessibleAsync("a workbook");

        await ChooseAsync(
            page,
            "reference,offeredAt,answer\nA,04.13.2022,declined\nB,2022-03-04,declined\nC,04.13.2022,declined\nD,04.13.2022,declined\n");
        window.Expect("422");
        await check.ClickAsync();
        var rows = page.GetByRole(AriaRole.Region, new() { Name = Text("history.errors") }).GetByRole(AriaRole.Row);
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync("2, 4 and 5offeredAt");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = Text("history.wrong.one") })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_long_import_is_counted_can_be_left_and_goes_on_where_it_stopped()
    {
        var file = new StringBuilder("reference,offeredAt,answer\n");
        for (var row = 0; row < 2_500; row++) file.Append(CultureInfo.InvariantCulture, $"L-{row},2022-03-{1 + (row % 28):00},declined\n");
        await using var window = await OpenAsync(1280);
        var page = window.Page;
        var held = new TaskCompletionSource();
        var parts = 0;
        await page.RouteAsync("**/api/history*", async route =>
        {
            if (!route.Request.Url.Contains("preview=true", StringComparison.Ordinal)) parts++;
            if (parts == 2) await held.Task;
            // The third does not arrive; it is the fourth then that carries it.
            if (parts == 3) await route.AbortAsync();
            else await route.ContinueAsync();
        });
        await window.GoToAsync("/console/history");
        await ChooseAsync(page, file.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = Text("history.check"), Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("history.import.other", ("count", "2500")) }).ClickAsync();
        var count = page.Locator("#import-count");
        await Assertions.Expect(count).ToHaveTextAsync(Text("history.progress", ("done", "1,000"), ("total", "2,500")));
        await window.IsAccessibleAsync("an import under way");
        await window.PictureAsync("history-progress");

        await page.Locator(".vcas-header__name").ClickAsync();
        await page.Locator(".vcas-doors").WaitForAsync();
        await page.GoBackAsync();
        await Assertions.Expect(count).ToHaveTextAsync(Text("history.progress", ("done", "1,000"), ("total", "2,500")));
        window.Expect("net::ERR_FAILED");
        held.SetResult();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = Text("history.stopped") })).ToBeVisibleAsync();
        await Assertions.Expect(count).ToHaveTextAsync(Text("history.progress", ("done", "2,000"), ("total", "2,500")));
        await window.IsAccessibleAsync("an import that stopped");
        await window.PictureAsync("history-stopped");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("history.goOn") }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = Text("history.imported.other", ("count", "2500")) }))
            .ToBeFocusedAsync();
        await Assertions.Expect(count).ToHaveCountAsync(0);
        Assert.Equal(2_500, await OffersAsync(window));
    }

    private async Task<Window> OpenAsync(int width, bool plain = false) =>
        await Window.OpenAsync(
            browser,
            width switch { 360 => Window.Phone, 1280 => Window.Desk, _ => new ViewportSize { Width = width, Height = 450 } },
            plain);

    private static Task ChooseAsync(IPage page, string csv) => ChooseAsync(page, Encoding.UTF8.GetBytes(csv));

    private static Task ChooseAsync(IPage page, byte[] file) =>
        page.GetByLabel(Text("history.file"))
            .SetInputFilesAsync(new FilePayload { Name = "history.csv", MimeType = "text/csv", Buffer = file });

    private static async Task<int> OffersAsync(Window window, string query = "") =>
        (await window.ReadAsync($"reports/uptake{query}")).GetProperty("total").GetProperty("offers").GetInt32();
}
