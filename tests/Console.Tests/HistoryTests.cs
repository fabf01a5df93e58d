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

    private async Task<Window> OpenAsync(int width, bool plain = false) =>
        await Window.OpenAsync(
            browser,
            width switch { 360 => Window.Phone, 1280 => Window.Desk, _ => new ViewportSize { Width = width, Height = 450 } },
            plain);

    private static Task ChooseAsync(IPage page, string csv) =>
        page.GetByLabel(Text("history.file"))
            .SetInputFilesAsync(new FilePayload { Name = "history.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });

    private static async Task<int> OffersAsync(Window window) =>
        (await window.ReadAsync("reports/uptake")).GetProperty("total").GetProperty("offers").GetInt32();
}
