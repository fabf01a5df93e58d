using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>Answers that take their time, two tabs, the way back: what is pressed is done once, and whoever pressed it knows.</summary>
[Needs(Tool.Chromium)]
public sealed class SendingTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twenty_seconds_without_an_answer_leave_the_button_pressed_and_a_second_press_does_nothing()
    {
        await using var window = await Window.OpenAsync(browser, alone: true);
        var page = window.Page;
        var id = await DueAsync(window);
        var (presses, letGo) = (0, new TaskCompletionSource());
        await page.RouteAsync("**/attempts", async route =>
        {
            presses++;
            await letGo.Task;
            await route.ContinueAsync();
        });
        await window.GoToAsync($"/console/call-backs/{id}");
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        var noAnswer = page.GetByRole(AriaRole.Button, new() { Name = Text("words.CallOutcome.noAnswer"), Exact = true });
        await noAnswer.ClickAsync();
        await page.Clock.FastForwardAsync(20_000);
        await Assertions.Expect(page.GetByText(Text("sending.still"))).ToBeVisibleAsync();
        await Assertions.Expect(noAnswer).ToBeDisabledAsync();
        await window.IsAccessibleAsync("still being sent");
        await window.PictureAsync("call-still-sending-360");

        // By the keyboard, and by another outcome of the same household.
        await noAnswer.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("words.CallOutcome.declined"), Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("call.record"), Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText(Text("sending.still"))).ToHaveCountAsync(2);
        Assert.Equal(1, presses);
        letGo.SetResult();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("call.recorded.noAnswer"));
        Assert.Equal(["noAnswer"], await OutcomesAsync(window, id));
    }

    [Fact]
    public async Task An_answer_that_never_comes_lets_the_button_go_again()
    {
        await using var window = await Window.OpenAsync(browser);
        var page = window.Page;
        window.Expect("net::ERR_FAILED");
        var id = await DueAsync(window);
        await page.RouteAsync("**/withdrawal", route => route.AbortAsync());
        await window.GoToAsync($"/console/households/{id}?reason=supervision&what=withdraw");
        await page.GetByLabel(Text("household.withdrawReason")).SelectOptionAsync("recordedInError");
        var withdraw = page.GetByRole(AriaRole.Button, new() { Name = Text("household.withdrawIt") });
        await withdraw.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        await Assertions.Expect(withdraw).ToBeEnabledAsync();
        await Assertions.Expect(page.Locator(".vcas-sending")).ToBeEmptyAsync();
        await page.UnrouteAllAsync();
        await withdraw.ClickAsync();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("household.withdrawn"));
    }

    [Fact]
    public async Task Two_tabs_that_press_for_one_household_end_one_call_and_the_second_is_told()
    {
        await using var window = await Window.OpenAsync(browser, alone: true);
        var (first, second) = (window.Page, await window.Page.Context.NewPageAsync());
        var id = await DueAsync(window);
        await second.Clock.SetFixedTimeAsync(Window.Monday.UtcDateTime);
        await second.GotoAsync("/console/icon.svg");
        await second.EvaluateAsync(
            "kept => sessionStorage.setItem('vcas.tokens', kept)",
            await first.EvaluateAsync<string>("sessionStorage.getItem('vcas.tokens')"));
        foreach (var page in new[] { first, second })
        {
            await page.GotoAsync($"/console/call-backs/{id}");
            await page.GetByLabel(Text("call.safe")).CheckAsync();
        }

        await first.GetByRole(AriaRole.Button, new() { Name = Text("words.CallOutcome.noAnswer"), Exact = true }).ClickAsync();
        await Assertions.Expect(first.Locator("#notice")).ToContainTextAsync(Text("call.recorded.noAnswer"));
        await second.GetByRole(AriaRole.Button, new() { Name = Text("words.CallOutcome.noAnswer"), Exact = true }).ClickAsync();
        await Assertions.Expect(second.Locator("#notice")).ToContainTextAsync(Text("call.recorded.late"));
        var attempts = (await window.ReadOfferAsync(id)).GetProperty("attempts").EnumerateArray()
            .Where(made => !made.TryGetProperty("late", out var late) || late.ValueKind != JsonValueKind.True);
        Assert.Single(attempts);
        await second.CloseAsync();
    }

    [Fact]
    public async Task The_way_back_after_recording_records_nothing_twice()
    {
        await using var window = await Window.OpenAsync(browser);
        var page = window.Page;
        await window.GoToAsync("/console/");
        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = Text("record.title") }).TapAsync();
        await page.DeclineAsync("07700 900444");
        await page.ArrivedAsync();
        await page.GoBackAsync();
        await Assertions.Expect(page.GetByLabel(Text("contact.phone"))).ToHaveValueAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        await page.GoForwardAsync();
        await page.ArrivedAsync();
        Assert.Equal(1, (await window.ReadAsync("call-backs?state=waiting")).GetProperty("total").GetInt32());

        // The same for an outcome, which leaves its page open.
        var id = await DueAsync(window);
        await window.GoToAsync("/console/call-backs");
        await page.Locator($"a[href='/console/call-backs/{id}']").TapAsync();
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("words.CallOutcome.noAnswer"), Exact = true }).TapAsync();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("call.recorded.noAnswer"));
        await page.GoBackAsync();
        await page.GoForwardAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("CB-");
        Assert.Equal(["noAnswer"], await OutcomesAsync(window, id));
    }

    private static async Task<string[]> OutcomesAsync(Window window, Guid id) =>
        [
            .. (await window.ReadOfferAsync(id)).GetProperty("attempts").EnumerateArray()
                .Select(made => made.GetProperty("outcome").GetString()!),
        ];

    private static async Task<Guid> DueAsync(Window window)
    {
        var id = await window.RecordAsync(new JsonObject
        {
            ["answer"] = "declined",
            ["offeredAt"] = Window.Monday.AddDays(-24).ToString("O"),
            ["offeredAtConfirmed"] = true,
            ["contact"] = new JsonObject { ["name"] = "Kim Example", ["phone"] = "07700 900555" },
        });
        await window.App.WhenIdleAsync(Cancellation);
        return id;
    }
}
