using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>A number is on the screen only while the household named the time as safe.</summary>
[Trait("Needs", "Chromium")]
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
        var id = await DueAsync(window, "09:15", "11:45");
        var page = window.Page;
        await window.GoToAsync($"/console/call-backs/{id}");
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        await Assertions.Expect(page.GetByText(Number)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(Text("call.left.other", ("count", "105"), ("when", "11:45")))).ToBeVisibleAsync();
        await window.IsAccessibleAsync("safe until a quarter to twelve");

        await window.SetTimeAsync(At(11, 44));
        await Assertions.Expect(page.GetByText(Text("call.left.one", ("when", "11:45")))).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(Number)).ToBeVisibleAsync();
        await window.SetTimeAsync(At(11, 45));
        await Assertions.Expect(page.GetByText(Text("call.windowOver", ("when", "11:45")))).ToBeVisibleAsync();
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
        var id = await DueAsync(window, "09:15", "11:45");
        await window.GoToAsync($"/console/call-backs/{id}");
        await window.SetTimeAsync(At(12, 20));
        await window.Page.GetByLabel(Text("call.safe")).CheckAsync();
        await Assertions.Expect(window.Page.GetByText(Text("call.windowOver", ("when", "11:45")))).ToBeVisibleAsync();
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
