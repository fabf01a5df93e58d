using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>Lists that are longer than a page, narrowed to a team, and of calls of which nobody could be told.</summary>
[Needs(Tool.Chromium)]
public sealed class ListTests(Browser browser)
{
    private const int APage = 25;

    // Each household has a number of its own: what is said of one holds for its number.
    private int offers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("call-backs?state=waiting", "waiting", 1)]
    [InlineData("supervise?part=due", "due", 22)]
    public async Task What_goes_beyond_a_page_is_shown_on_demand_and_the_keyboard_goes_on_there(string path, string state, int daysAgo)
    {
        await using var window = await Window.OpenAsync(browser);
        for (var made = 0; made < (2 * APage) + 2; made++) await window.RecordAsync(Offer("north", daysAgo));
        await window.App.WhenIdleAsync(Cancellation);
        await window.GoToAsync($"/console/{path}");
        var (page, calls) = (window.Page, window.Page.Locator(".vcas-call"));
        await Assertions.Expect(calls).ToHaveCountAsync(APage);
        var heading = Text($"callBacks.heading.{state}.other", ("count", "52"));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading })).ToBeVisibleAsync();

        // With Enter, as with a tap: what comes is where one goes on.
        var more = page.GetByRole(AriaRole.Button, new() { Name = Text("callBacks.more") });
        await more.PressAsync("Enter");
        await Assertions.Expect(calls).ToHaveCountAsync(2 * APage);
        await Assertions.Expect(calls.Nth(APage).Locator(".vcas-call__name a")).ToBeFocusedAsync();

        // The signal goes: it is said, at the place where the keyboard then is.
        await window.SetOfflineAsync(true);
        await more.PressAsync("Enter");
        await Assertions.Expect(page.GetByText(Text("errors.unreachable"))).ToBeVisibleAsync();
        await page.HeadingHasTheKeyboardAsync();
        await window.SetOfflineAsync(false);
        await page.PressButtonAsync(Text("errors.tryAgain"));
        await Assertions.Expect(calls).ToHaveCountAsync(APage);
        await page.HeadingHasTheKeyboardAsync();

        await more.PressAsync("Enter");
        await Assertions.Expect(calls).ToHaveCountAsync(2 * APage);
        await more.PressAsync("Enter");
        await Assertions.Expect(calls).ToHaveCountAsync((2 * APage) + 2);
        await Assertions.Expect(more).ToHaveCountAsync(0);
        await Assertions.Expect(calls.Nth(2 * APage).Locator(".vcas-call__name a")).ToBeFocusedAsync();
        Assert.Equal(52, (await calls.Locator("h3 a").AllInnerTextsAsync()).Distinct().Count());
    }

    [Theory]
    [InlineData("call-backs")]
    [InlineData("supervise")]
    public async Task A_list_narrowed_to_a_team_stays_so_in_its_other_parts(string path)
    {
        await using var window = await Window.OpenAsync(browser);
        await window.RecordAsync(Offer("north", daysAgo: 22));
        await window.RecordAsync(Offer("south", daysAgo: 22));
        await window.RecordAsync(Offer("south", daysAgo: 1));
        await window.RecordAsync(Offer("north", daysAgo: 0, "accepted"));
        await window.App.WhenIdleAsync(Cancellation);
        await window.GoToAsync($"/console/{path}");
        var page = window.Page;
        Task HasAsync(string part, int count) => Assertions.Expect(page.Locator(".vcas-parts__link").Filter(new()
        {
            HasTextRegex = new Regex($"^{Text($"supervise.part.{part}")} ", RegexOptions.None, TimeSpan.FromSeconds(1)),
        }).Locator("strong").First).ToHaveTextAsync($"{count}");
        await HasAsync("due", 2);
        await page.GetByLabel(Text("callBacks.team")).SelectOptionAsync("south");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("callBacks.show") }).TapAsync();
        await HasAsync("due", 1);
        await Assertions.Expect(page.Locator(".vcas-call")).ToHaveCountAsync(1);
        await window.IsAccessibleAsync("one team");
        await window.PictureAsync($"{path}-team-360");
        if (path == "supervise") await HasAsync("unanswered", 0);

        await page.GetByRole(AriaRole.Link, new() { Name = Text("callBacks.part.waiting") }).TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = Text("callBacks.heading.waiting.one") }))
            .ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel(Text("callBacks.team"))).ToHaveValueAsync("south");
        await page.GetByLabel(Text("callBacks.team")).SelectOptionAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("callBacks.show") }).TapAsync();
        await HasAsync("due", 2);
        if (path == "supervise") await HasAsync("unanswered", 1);
    }

    [Theory]
    [InlineData("call-backs")]
    [InlineData("supervise?part=due")]
    public async Task Where_nobody_could_be_told_in_Teams_the_list_says_so(string path)
    {
        await using var window = await Window.OpenAsync(browser);
        await window.RecordAsync(Offer("north", daysAgo: 22));
        await window.RecordAsync(Offer("north", daysAgo: 22));
        await window.App.WhenIdleAsync(Cancellation);
        // That the API says it when Teams fails, its own tests prove.
        await window.Page.RouteAsync("**/api/call-backs?*", async route =>
        {
            var answer = await route.FetchAsync();
            var list = JsonNode.Parse(await answer.TextAsync())!;
            if (list["callBacks"]!.AsArray() is [var first, ..]) first!["untoldSince"] = "2024-03-11T08:05:00Z";
            await route.FulfillAsync(new() { Response = answer, Body = list.ToJsonString() });
        });
        await window.GoToAsync($"/console/{path}");
        await Assertions.Expect(window.Page.Locator(".vcas-call").First).ToContainTextAsync(
            Text("callBacks.untold", ("when", "today at 08:05")));
        await Assertions.Expect(window.Page.GetByText(Text("callBacks.untold").Split('{')[0])).ToHaveCountAsync(1);
        await window.IsAccessibleAsync("nobody was told");
        await window.PictureAsync($"{path.Split('?')[0]}-untold-360");
    }

    [Fact]
    public async Task A_call_that_was_given_to_one_person_does_not_look_like_everybodys()
    {
        await using var window = await Window.OpenAsync(browser);
        var (mine, theirs) = (await window.RecordAsync(Offer("north", daysAgo: 22)), await window.RecordAsync(Offer("north", daysAgo: 22)));
        await window.RecordAsync(Offer("north", daysAgo: 22));
        await window.App.WhenIdleAsync(Cancellation);
        var me = (await window.ReadAsync("me")).GetProperty("id").GetString();
        foreach (var (id, person) in new[] { (mine, me), (theirs, "a7000000-0000-4000-8000-000000000077") })
        {
            using var given = await window.App.Http.PutAsJsonAsync($"api/call-backs/{id}/assignee", new { person }, Cancellation);
            given.EnsureSuccessStatusCode();
        }

        await window.GoToAsync("/console/call-backs");
        await Assertions.Expect(window.Page.Locator(".vcas-call")).ToHaveCountAsync(3);
        await Assertions.Expect(window.Page.GetByText(Text("callBacks.yours"))).ToHaveCountAsync(1);
        await Assertions.Expect(window.Page.GetByText(Text("callBacks.anothers"))).ToHaveCountAsync(1);
        await window.IsAccessibleAsync("assigned");
    }

    private JsonObject Offer(string team, int daysAgo, string answer = "declined") => new()
    {
        ["answer"] = answer,
        ["team"] = team,
        ["offeredAt"] = Window.Monday.AddDays(-daysAgo).ToString("O"),
        ["offeredAtConfirmed"] = true,
        ["contact"] = new JsonObject { ["name"] = "Alex Example", ["phone"] = $"07700 900{123 + offers++}" },
    };
}
