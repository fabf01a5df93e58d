using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>A number is on the screen only while the household named the time as safe.</summary>
[Needs(Tool.Chromium)]
public sealed class SafeWindowTests(Browser browser)
{
    private const string Number = "07700 900468";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(360)]
    [InlineData(320)]
    public async Task The_number_goes_when_the_safe_time_ends_and_what_happened_can_still_be_recorded(int width)
    {
        await using var window = await Window.OpenAsync(browser, new() { Width = width, Height = 740 });
        var id = await DueAsync(window, "09:15", "10:15");
        var page = window.Page;
        await window.GoToAsync($"/console/call-backs/{id}");
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        await Assertions.Expect(page.GetByText(Number)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(Text("call.left.other", ("count", "15"), ("when", "10:15")))).ToBeVisibleAsync();
        await window.IsAccessibleAsync("safe until a quarter past ten");

        await window.SetTimeAsync(At(10, 14));
        await Assertions.Expect(page.GetByText(Text("call.left.one", ("when", "10:15")))).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(Number)).ToBeVisibleAsync();
        await window.SetTimeAsync(At(10, 15));
        await Assertions.Expect(page.GetByText(Text("call.windowOver", ("when", "10:15")))).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(Number)).ToHaveCountAsync(0);
        Assert.DoesNotContain("Jo Example", await page.ContentAsync(), StringComparison.Ordinal);
        await window.IsAccessibleAsync("the safe time has ended");
        await window.PictureAsync($"call-window-over-{width}");

        await page.GetByRole(AriaRole.Button, new() { Name = Text("words.CallOutcome.noAnswer"), Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText(Text("call.recorded.noAnswer"))).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_page_that_was_left_open_shows_no_number_after_the_end()
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await DueAsync(window, "09:15", "10:15");
        await window.GoToAsync($"/console/call-backs/{id}");
        await window.SetTimeAsync(At(12, 20));
        await window.Page.GetByLabel(Text("call.safe")).CheckAsync();
        await Assertions.Expect(window.Page.GetByText(Text("call.windowOver", ("when", "10:15")))).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByText(Number)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task When_the_claim_has_ended_the_number_goes_the_words_stay_and_it_comes_back_with_another_claim()
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await DueAsync(window, "09:15", "16:45");
        var page = window.Page;
        await window.GoToAsync($"/console/call-backs/{id}");
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        await window.SetTimeAsync(At(10, 19));
        await Assertions.Expect(page.GetByText(Number)).ToBeVisibleAsync();
        await window.SetTimeAsync(At(10, 20));
        await Assertions.Expect(page.GetByText(Text("claims.over", ("when", "10:20")))).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(Number)).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText(Text("call.words"))).ToBeVisibleAsync();
        await window.IsAccessibleAsync("the claim has ended");

        await window.App.AdvanceAsync(TimeSpan.FromMinutes(21), Cancellation);
        await window.SetTimeAsync(At(10, 21));
        await page.GetByRole(AriaRole.Link, new() { Name = Text("claims.again") }).ClickAsync();
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        await Assertions.Expect(page.GetByText(Number)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Hours_that_were_opened_for_the_household_end_the_window_too()
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await DueAsync(window, "09:15", "16:45");
        using var opened = await window.App.Http.PutAsJsonAsync(
            $"api/call-backs/{id}/call-hours", new { from = "09:00", to = "10:10", days = new[] { "monday" } }, Cancellation);
        opened.EnsureSuccessStatusCode();
        await window.GoToAsync($"/console/call-backs/{id}");
        await window.Page.GetByLabel(Text("call.safe")).CheckAsync();
        await Assertions.Expect(window.Page.GetByText(Number)).ToBeVisibleAsync();
        await window.SetTimeAsync(At(10, 10));
        await Assertions.Expect(window.Page.GetByText(Text("call.windowOver", ("when", "10:10")))).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByText(Number)).ToHaveCountAsync(0);
    }

    private static DateTimeOffset At(int hour, int minute) => new(2024, 3, 11, hour, minute, 0, TimeSpan.Zero);

    private static async Task<Guid> DueAsync(Window window, string from, string to)
    {
        var id = await window.RecordAsync(new JsonObject
        {
            ["answer"] = "declined",
            ["offeredAt"] = Window.Monday.AddDays(-22).ToString("O"),
            ["offeredAtConfirmed"] = true,
            ["contact"] = new JsonObject
            {
                ["name"] = "Jo Example",
                ["phone"] = Number,
                ["safeTimes"] = new JsonArray(new JsonObject { ["days"] = new JsonArray("monday"), ["from"] = from, ["to"] = to }),
            },
        });
        await window.App.WhenIdleAsync(Cancellation);
        return id;
    }
}
