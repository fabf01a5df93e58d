using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>What comes out of the printer: what is said, and no menu, no button, no address, and no number to call.</summary>
[Needs(Tool.Chromium)]
public sealed class PrintTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_call_list_a_household_and_a_call_are_printed_without_what_is_for_the_screen(bool plain)
    {
        await using var window = await Window.OpenAsync(browser, Window.Desk, plain);
        var page = window.Page;
        var id = await window.RecordAsync(new JsonObject
        {
            ["answer"] = "declined",
            ["offeredAt"] = Window.Monday.AddDays(-22).ToString("O"),
            ["offeredAtConfirmed"] = true,
            ["contact"] = new JsonObject { ["name"] = "Alex Example", ["phone"] = "07700 900123" },
            ["risks"] = new JsonArray("violence"),
        });
        await window.App.WhenIdleAsync(Cancellation);
        var reference = (await window.ReadOfferAsync(id)).GetProperty("reference").GetString()!;
        await window.GoToAsync("/console/call-backs");
        await Assertions.Expect(page.GetByText(reference).First).ToBeVisibleAsync();
        await IsForPaperAsync(page);
        await window.PictureAsync($"print-list{(plain ? "-plain" : "")}");

        await window.GoToAsync($"/console/households/{id}");
        await Assertions.Expect(page.GetByText(Text("household.recorded")).First).ToBeVisibleAsync();
        await IsForPaperAsync(page);
        await window.PictureAsync($"print-household{(plain ? "-plain" : "")}");

        await page.EmulateMediaAsync(new() { Media = Media.Null });
        await window.GoToAsync($"/console/call-backs/{id}");
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        await Assertions.Expect(page.Locator(".vcas-number")).ToBeVisibleAsync();
        await IsForPaperAsync(page);
        Assert.DoesNotContain("900123", await page.InnerTextAsync("body"), StringComparison.Ordinal);
        await page.EmulateMediaAsync(new() { Media = Media.Null });
    }

    [Fact]
    public async Task The_figures_are_printed_with_their_heads_on_each_sheet()
    {
        await using var window = await Window.OpenAsync(browser, Window.Desk);
        var csv = new StringBuilder("reference,offeredAt,answer\n");
        for (var row = 0; row < 60; row++)
            csv.Append(CultureInfo.InvariantCulture, $"P-{row},2022-0{1 + (row % 9)}-04,{(row % 3 == 0 ? "accepted" : "declined")}\n");
        using var content = new StringContent(csv.ToString(), Encoding.UTF8, "text/csv");
        (await window.App.Http.PostAsync("api/history", content, Cancellation)).EnsureSuccessStatusCode();
        await window.GoToAsync("/console/uptake?publish=yes");
        var page = window.Page;
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = Text("uptake.note") })).ToBeVisibleAsync();
        await IsForPaperAsync(page);
        Assert.All(
            await page.EvaluateAsync<string[]>("[...document.querySelectorAll('thead')].map(one => getComputedStyle(one).display)"),
            display => Assert.Contains(display, new[] { "table-header-group", "none" }));
        await window.PictureAsync("print-uptake");
        await page.EmulateMediaAsync(new() { Media = Media.Null });
    }

    private static async Task IsForPaperAsync(IPage page)
    {
        // Said anew for each page: one that is loaded is for the screen first.
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('button, nav, input, select, summary, .govuk-skip-link, .govuk-button')]
                .filter(one => one.getClientRects().length > 0).map(one => one.outerHTML.slice(0, 100))
            """));
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('a')].map(one => getComputedStyle(one, '::after').content)
                .filter(content => content !== 'none' && content !== 'normal')
            """));
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('body, body *:not(svg *)')].filter(one => one.checkVisibility())
                .filter(one => getComputedStyle(one).color !== 'rgb(0, 0, 0)'
                    || getComputedStyle(one).backgroundColor !== 'rgba(0, 0, 0, 0)')
                .map(one => one.outerHTML.slice(0, 100))
            """));
    }
}
