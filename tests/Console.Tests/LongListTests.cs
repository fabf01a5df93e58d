using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>More calls than one page holds, of more than one team: on the callers' list and on the supervisor's.</summary>
[Trait("Needs", "Chromium")]
public sealed class LongListTests(Browser browser)
{
    private const int Calls = 30;
    private const int OfTheNorth = 27;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/console/call-backs")]
    [InlineData("/console/supervise?part=due")]
    public async Task Every_call_is_reached_page_by_page_and_none_is_shown_twice(string path)
    {
        await using var window = await OpenAsync();
        var calls = window.Page.Locator(".vcas-call");
        await window.GoToAsync(path);
        await Assertions.Expect(calls).ToHaveCountAsync(25);
        await window.PressAsync("button", Text("callBacks.more"));
        await Assertions.Expect(calls).ToHaveCountAsync(Calls);

        // The keyboard goes on with the first call that came.
        await Assertions.Expect(calls.Nth(25).Locator("a").First).ToBeFocusedAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = Text("callBacks.more") })).ToHaveCountAsync(0);
        var shown = await calls.Locator("h3 a").EvaluateAllAsync<string[]>("links => links.map(link => link.href)");
        Assert.Equal(Calls, shown.Distinct().Count());
        await window.IsAccessibleAsync("the whole list");
    }

    [Fact]
    public async Task The_list_is_narrowed_to_a_team_and_widened_again()
    {
        await using var window = await OpenAsync();
        var calls = window.Page.Locator(".vcas-call");
        await window.GoToAsync("/console/call-backs");
        await window.Page.GetByLabel(Text("callBacks.team")).SelectOptionAsync("south");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("callBacks.show"), Exact = true }).ClickAsync();
        await Assertions.Expect(calls).ToHaveCountAsync(Calls - OfTheNorth);
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 2, Name = Text("callBacks.heading.due.other", ("count", $"{Calls - OfTheNorth}")) })).ToBeVisibleAsync();
        await window.IsAccessibleAsync("one team's list");
        await window.PictureAsync("call-backs-team-360");

        // What counts for one part of the list counts for the others, and a reload keeps it.
        await window.Page.GetByRole(AriaRole.Navigation, new() { Name = Text("callBacks.parts") }).Locator("a[href*='state=overdue']").ClickAsync();
        await window.Page.ReloadAsync();
        await Assertions.Expect(window.Page.GetByLabel(Text("callBacks.team"))).ToHaveValueAsync("south");
        await window.Page.GetByRole(AriaRole.Navigation, new() { Name = Text("callBacks.parts") }).Locator("a[href='/console/call-backs?team=south']").ClickAsync();
        await Assertions.Expect(calls).ToHaveCountAsync(Calls - OfTheNorth);
        await window.Page.GetByLabel(Text("callBacks.team")).SelectOptionAsync("");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("callBacks.show"), Exact = true }).ClickAsync();
        await Assertions.Expect(calls).ToHaveCountAsync(25);
    }

    [Theory]
    [InlineData("/console/call-backs")]
    [InlineData("/console/supervise?part=due")]
    public async Task A_call_of_which_nobody_could_be_told_says_that_this_list_is_the_only_prompt(string path)
    {
        await using var window = await OpenAsync(calls: 2);
        await window.Page.RouteAsync("**/api/call-backs?*", async route =>
        {
            var answer = await route.FetchAsync();
            var page = JsonNode.Parse(await answer.TextAsync())!;
            if (page["callBacks"]!.AsArray() is { Count: > 0 } calls) calls[0]!["untoldSince"] = Window.Monday.AddHours(-2).ToString("O");
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = page.ToJsonString() });
        });
        await window.GoToAsync(path);
        await Assertions.Expect(window.Page.GetByText(Text("supervise.untold", ("when", "today at 08:00")))).ToHaveCountAsync(1);
        await window.IsAccessibleAsync("nobody was told");
    }

    private async Task<Window> OpenAsync(int calls = Calls)
    {
        var window = await Window.OpenAsync(browser);
        await Task.WhenAll(Enumerable.Range(0, calls).Select(number => window.RecordAsync(new JsonObject
        {
            ["answer"] = "declined",
            ["team"] = number < OfTheNorth ? "north" : "south",
            ["offeredAt"] = Window.Monday.AddDays(-22).AddMinutes(number).ToString("O"),
            ["contact"] = new JsonObject { ["phone"] = $"07700 900{number:D3}" },
        })));
        await window.App.WhenIdleAsync(Cancellation);
        return window;
    }
}
