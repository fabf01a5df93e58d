using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>An answer is shown on the page that asked for it and on no other, however late it comes.</summary>
[Needs(Tool.Chromium)]
public sealed class TurnTests(Browser browser)
{
    private const string First = "07700 900301";
    private const string Second = "07700 900302";

    private const string NotFound = """
        {"type":"urn:vcas:problem:1006","title":"Not found","status":404,"code":1006,"detail":"There is no offer of this id."}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("answers")]
    [InlineData("fails")]
    [InlineData("refuses")]
    public async Task A_slow_answer_about_one_household_is_never_shown_under_anothers_address(string end)
    {
        await using var window = await Window.OpenAsync(browser);
        var (first, second) = (await DueAsync(window, First), await DueAsync(window, Second));
        var page = window.Page;
        window.Expect("Failed to load resource");
        var (asked, letGo, answered) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync($"**/api/offers/{first}?*", async route =>
        {
            asked.TrySetResult();
            await letGo.Task;
            try
            {
                if (end == "answers") await route.ContinueAsync();
                else if (end == "fails") await route.AbortAsync();
                else await route.FulfillAsync(new() { Status = 404, ContentType = "application/problem+json", Body = NotFound });
            }
            catch (PlaywrightException)
            {
                // It was given up when its page was left: nobody waits for it.
            }

            answered.TrySetResult();
        });
        await window.GoToAsync("/console/");
        await Task.WhenAll(asked.Task, NavigateAsync(page, $"/console/call-backs/{first}"));
        await NavigateAsync(page, $"/console/call-backs/{second}");
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        await Assertions.Expect(page.GetByText(Second)).ToBeVisibleAsync();
        letGo.SetResult();
        await answered.Task;
        await page.EvaluateAsync("() => new Promise(resolve => setTimeout(resolve, 0))");
        await Assertions.Expect(page.GetByText(Second)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(First)).ToHaveCountAsync(0);
        Assert.EndsWith($"{second}", page.Url, StringComparison.Ordinal);
        var reference = (await window.ReadOfferAsync(second)).GetProperty("reference").GetString()!;
        Assert.Contains(reference, await page.TitleAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_a_household_is_asked_for_the_one_before_it_is_gone_from_the_screen()
    {
        await using var window = await Window.OpenAsync(browser);
        var (first, second) = (await DueAsync(window, First), await DueAsync(window, Second));
        var page = window.Page;
        await window.GoToAsync($"/console/call-backs/{first}");
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        await Assertions.Expect(page.GetByText(First)).ToBeVisibleAsync();
        var letGo = new TaskCompletionSource();
        await page.RouteAsync($"**/api/offers/{second}?*", async route =>
        {
            await letGo.Task;
            try
            {
                await route.ContinueAsync();
            }
            catch (PlaywrightException)
            {
                // Given up, as it should be.
            }
        });
        await NavigateAsync(page, $"/console/call-backs/{second}");
        await Assertions.Expect(page.GetByText(Text("shell.loading"))).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(First)).ToHaveCountAsync(0);
        await page.GoBackAsync();
        await Assertions.Expect(page.GetByLabel(Text("call.safe"))).ToBeVisibleAsync();
        letGo.SetResult();
        await Assertions.Expect(page.GetByText(First)).ToHaveCountAsync(0);
        Assert.EndsWith($"{first}", page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_late_answer_to_a_command_is_told_with_its_reference_and_takes_nobody_away(bool isRecorded)
    {
        await using var window = await Window.OpenAsync(browser);
        var (first, second) = (await DueAsync(window, First), await DueAsync(window, Second));
        var reference = (await window.ReadOfferAsync(first)).GetProperty("reference").GetString()!;
        var page = window.Page;
        window.Expect("net::ERR_");
        var (asked, letGo) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/attempts", async route =>
        {
            asked.TrySetResult();
            await letGo.Task;
            if (isRecorded) await route.ContinueAsync();
            else await route.AbortAsync();
        });
        await window.GoToAsync($"/console/call-backs/{first}");
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("words.CallOutcome.noAnswer"), Exact = true }).TapAsync();
        await asked.Task;
        await NavigateAsync(page, $"/console/call-backs/{second}");
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        letGo.SetResult();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(reference);
        if (isRecorded) await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("call.recorded.noAnswer"));
        await Assertions.Expect(page.GetByText(Second)).ToBeVisibleAsync();
        Assert.EndsWith($"{second}", page.Url, StringComparison.Ordinal);
        await window.IsAccessibleAsync("a late answer");
    }

    private static async Task NavigateAsync(IPage page, string path) =>
        await page.EvaluateAsync("path => { document.dispatchEvent(new CustomEvent('vcas:navigate', { detail: { path } })); }", path);

    private static async Task<Guid> DueAsync(Window window, string number)
    {
        var id = await window.RecordAsync(new JsonObject
        {
            ["answer"] = "declined",
            ["offeredAt"] = Window.Monday.AddDays(-22).ToString("O"),
            ["offeredAtConfirmed"] = true,
            ["contact"] = new JsonObject { ["name"] = "Kim Example", ["phone"] = number },
        });
        await window.App.WhenIdleAsync(Cancellation);
        return id;
    }
}
