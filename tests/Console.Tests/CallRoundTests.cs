using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>A day of calls: the plan says whom to call now, and each call that nobody answers takes three presses.</summary>
[Needs(Tool.Chromium)]
public sealed class CallRoundTests(Browser browser)
{
    private const int MostPresses = 3;

    // How many households, and between which hours of today it is safe to call them; none where they named none.
    private static readonly (int Count, int? From, int? To)[] Windows = [(6, 9, 11), (9, null, null), (7, 9, 12), (5, 13, 15), (3, 14, 16)];

    private static readonly string?[] Risks = [null, "courtDatePending", "selfHarm", "suspectMayReturn"];

    private readonly Dictionary<string, (int? From, int? To)> windowOf = [];
    private readonly Dictionary<string, Guid> idOf = [];
    private DateTimeOffset now = Window.Monday;
    private int presses;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task Thirty_calls_of_a_day_are_worked_through_with_three_presses_each_and_inside_their_hours(int width)
    {
        await using var window = await Window.OpenAsync(browser, width == 360 ? Window.Phone : Window.Desk);
        var total = await RecordAllAsync(window);
        Assert.Equal(30, total);

        // A colleague is at one of them: it isn't opened for anybody else.
        var (theirs, id) = idOf.First(one => windowOf[one.Key].To == 12);
        using var colleague = window.App.As("caller");
        (await colleague.PutAsync($"api/call-backs/{id}/claim", content: null, Cancellation)).EnsureSuccessStatusCode();

        await window.GoToAsync("/console/call-backs");
        await SaysAsync(window, 0);
        await window.IsAccessibleAsync("the plan of a day");
        await window.PictureAsync($"plan-{width}", forDocuments: false);
        var called = await WorkAsync(window, done: 0);
        Assert.Equal(21, called.Count);
        Assert.DoesNotContain(theirs, called);
        // The window that closes first comes first, and whoever may harm themselves before the others of that window.
        Assert.Equal([11, 11, 11, 11, 11, 11, 12], called.Take(7).Select(number => windowOf[number].To!.Value));
        Assert.Equal("selfHarm", RiskOf(called[0]));
        await Assertions.Expect(window.Page.Locator(".vcas-call").First).ToContainTextAsync(
            Text("claims.another", ("when", "today at 10:00")));

        (await colleague.DeleteAsync($"api/call-backs/{id}/claim", Cancellation)).EnsureSuccessStatusCode();
        await window.GoToAsync("/console/call-backs");
        called.AddRange(await WorkAsync(window, called.Count));
        Assert.Equal(theirs, called[^1]);
        await Assertions.Expect(window.Page.GetByText(Text("callBacks.nextFrom", ("time", "13:00")))).ToBeVisibleAsync();
        await window.IsAccessibleAsync("nobody to call right now");
        await window.PictureAsync($"plan-later-{width}");
        // The page was left open: its window opens by itself.
        await GoOnUntilAsync(window, 13);
        await Assertions.Expect(window.Page.Locator(".vcas-plan h2").First).ToHaveTextAsync(Text("callBacks.section.now", ("count", "5")));
        called.AddRange(await WorkAsync(window, called.Count));
        await GoOnUntilAsync(window, 14);
        await Assertions.Expect(window.Page.Locator(".vcas-plan h2").First).ToHaveTextAsync(Text("callBacks.section.now", ("count", "3")));
        called.AddRange(await WorkAsync(window, called.Count));
        await SaysAsync(window, 30);
        Assert.Equal(30, called.Distinct().Count());
        await window.PictureAsync($"plan-done-{width}");
    }

    [Theory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task Calls_are_made_one_after_the_other_with_the_keyboard_alone(int width)
    {
        await using var window = await Window.OpenAsync(
            browser, width == 1280 ? Window.Desk : new ViewportSize { Width = width, Height = 740 });
        foreach (var number in new[] { "07700 900301", "07700 900302" }) await RecordAsync(window, number, null, null, "selfHarm");
        await window.App.WhenIdleAsync(Cancellation);
        var page = window.Page;
        await window.GoToAsync("/console/call-backs");
        foreach (var done in new[] { 1, 2 })
        {
            await page.PressButtonAsync(Text("callBacks.next"));
            await Assertions.Expect(page.GetByLabel(Text("call.safe"))).ToBeVisibleAsync();
            await page.HeadingHasTheKeyboardAsync();
            await page.TabToAsync("input[name=safety]");
            await page.Keyboard.PressAsync("ArrowUp");
            await Assertions.Expect(page.Locator(".vcas-number")).ToBeInViewportAsync();
            await window.IsAccessibleAsync("the number");
            await page.PressButtonAsync(Text("words.CallOutcome.noAnswer"));
            await Assertions.Expect(page.GetByText(Progress(done, 2))).ToBeVisibleAsync();
            await page.HeadingHasTheKeyboardAsync();
        }

        await window.PictureAsync($"call-done-{width}");
        await page.PressButtonAsync(Text("callBacks.next"));
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("callBacks.noneNow"));
        await Assertions.Expect(page.GetByText(Progress(2, 2))).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Whoever_comes_back_from_a_call_finds_the_list_as_it_was_and_stands_at_that_call()
    {
        await using var window = await Window.OpenAsync(browser);
        var me = (await window.ReadAsync("me")).GetProperty("id").GetString();
        for (var made = 0; made < 12; made++)
        {
            var id = await RecordAsync(window, $"07700 9003{made:00}", null, null, null);
            if (made % 2 == 0) continue;
            using var given = await window.App.Http.PutAsJsonAsync($"api/call-backs/{id}/assignee", new { person = me }, Cancellation);
            given.EnsureSuccessStatusCode();
        }

        await window.App.WhenIdleAsync(Cancellation);
        var page = window.Page;
        var calls = page.Locator(".vcas-call");
        await window.GoToAsync("/console/call-backs");
        await Assertions.Expect(calls).ToHaveCountAsync(12);
        await page.GetByRole(AriaRole.Link, new() { Name = Text("callBacks.whoseCalls.me") }).TapAsync();
        await Assertions.Expect(calls).ToHaveCountAsync(6);
        await window.IsAccessibleAsync("mine");
        var fifth = calls.Nth(4).Locator("a");
        var reference = await fifth.InnerTextAsync();
        await fifth.TapAsync();
        await Assertions.Expect(page.GetByLabel(Text("call.safe"))).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = Text("call.back") }).TapAsync();
        await Assertions.Expect(calls).ToHaveCountAsync(6);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = reference })).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = reference })).ToBeInViewportAsync();
    }

    [Theory]
    [InlineData(1280, 7)]
    [InlineData(360, 7)]
    [InlineData(320, 7)]
    public async Task What_the_list_says_adds_up_and_reads_in_strong_colours_too(int width, int inAll)
    {
        await using var window = await Window.OpenAsync(browser, new ViewportSize { Width = width, Height = 800 });
        await RecordAsync(window, "07700 900401", 9, 11, "selfHarm");
        await RecordAsync(window, "07700 900402", null, null, "suspectAtAddress");
        await RecordAsync(window, "07700 900403", 13, 15, null);
        await RecordAsync(window, "07700 900404", 18, 20, null);
        await RecordAsync(window, null, null, null, null);
        var asked = await RecordAsync(window, "07700 900405", null, null, null);
        await RecordAsync(window, "07700 900406", 9, 12, "childAtRisk");
        await RecordAsync(window, "07700 900407", null, null, null, daysAgo: 1);
        await window.App.WhenIdleAsync(Cancellation);
        (await window.App.Http.PostAsJsonAsync(
            $"api/call-backs/{asked}/attempts",
            new { attemptId = Guid.NewGuid(), outcome = "callLater", safetyChecked = true, callAgainAt = now.AddHours(5) },
            Cancellation)).EnsureSuccessStatusCode();
        await window.App.WhenIdleAsync(Cancellation);
        var page = window.Page;
        // When a call becomes overdue, the API's own tests prove.
        await page.RouteAsync("**/api/call-backs?state=due*", async route =>
        {
            var answer = await route.FetchAsync();
            var list = JsonNode.Parse(await answer.TextAsync())!;
            list["callBacks"]![0]!["state"] = "overdue";
            await route.FulfillAsync(new() { Response = answer, Body = list.ToJsonString() });
        });
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        try
        {
            await window.GoToAsync("/console/call-backs");
            await Assertions.Expect(page.Locator(".vcas-plan h2")).ToHaveTextAsync(
            [
                Text("callBacks.section.now", ("count", "3")),
                Text("callBacks.section.later", ("count", "2"), ("time", "13:00")),
                Text("callBacks.section.notToday", ("count", "2")),
            ]);
            await Assertions.Expect(page.Locator(".vcas-call")).ToHaveCountAsync(inAll);
            await Assertions.Expect(page.Locator(".vcas-parts__link strong")).ToHaveTextAsync([$"{inAll}", "0", "1"]);
            await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = Text("callBacks.overdueOf.one") })).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator(".govuk-tag--red")).ToHaveCountAsync(1);
            await window.IsAccessibleAsync("the plan in strong colours");
            await window.PictureAsync($"plan-forced-{width}");
            await page.GetByRole(AriaRole.Button, new() { Name = Text("callBacks.next") }).ClickAsync();
            await page.GetByLabel(Text("call.safe")).CheckAsync();
            await window.IsAccessibleAsync("a call in strong colours");
            await window.PictureAsync($"call-forced-{width}");
        }
        finally
        {
            await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None });
        }

        await window.PictureAsync($"call-round-{width}");
        await window.GoToAsync("/console/call-backs");
        await window.PictureAsync($"plan-mixed-{width}");
    }

    private static string Progress(int done, int total) => Text("callBacks.progress", ("done", $"{done}"), ("total", $"{total}"));

    private static async Task SaysAsync(Window window, int done) =>
        await Assertions.Expect(window.Page.GetByText(Progress(done, 30), new() { Exact = true })).ToBeVisibleAsync();

    private static string RiskOf(string number) =>
        Risks[int.Parse(number[^2..], System.Globalization.CultureInfo.InvariantCulture) % 4] ?? "";

    private async Task<int> RecordAllAsync(Window window)
    {
        var made = 0;
        foreach (var (count, from, to) in Windows)
        {
            for (var one = 0; one < count; one++, made++)
            {
                var number = $"07700 9002{made:00}";
                windowOf[number] = (from, to);
                idOf[number] = await RecordAsync(window, number, from, to, Risks[made % 4]);
            }
        }

        await window.App.WhenIdleAsync(Cancellation);
        return made;
    }

    // Until the list says that there is nobody to call right now. Gives the numbers in the order in which they were called.
    private async Task<List<string>> WorkAsync(Window window, int done)
    {
        var page = window.Page;
        var called = new List<string>();
        var next = page.GetByRole(AriaRole.Button, new() { Name = Text("callBacks.next") });
        await PressAsync(next);
        while (await IsACallAsync(page))
        {
            Assert.Equal(0, await page.Locator(".vcas-number").CountAsync());
            await PressAsync(page.GetByLabel(Text("call.safe")));
            var number = await page.Locator(".vcas-number").InnerTextAsync();
            var (from, to) = windowOf[number];
            Assert.True(from is null || (now.Hour >= from && now.Hour < to), $"{number} was shown at {now:t}.");
            if (called.Count == 0) await window.PictureAsync($"call-of-round-{page.ViewportSize!.Width}-{now.Hour}");
            called.Add(number);
            await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = Text("words.CallOutcome.noAnswer"), Exact = true }));
            await SaysAsync(window, done + called.Count);
            Assert.Equal(0, await page.Locator(".vcas-number").CountAsync());
            await PressAsync(next);
            Assert.True(presses - 1 <= MostPresses * called.Count, $"{presses} presses for {called.Count} calls.");
        }

        presses = 0;
        return called;
    }

    private async Task PressAsync(ILocator target)
    {
        presses++;
        await target.ClickAsync();
    }

    private static async Task<bool> IsACallAsync(IPage page)
    {
        var (check, nobody) = (page.GetByLabel(Text("call.safe")), page.Locator("#notice").GetByText(Text("callBacks.noneNow")));
        await Assertions.Expect(check.Or(nobody)).ToBeVisibleAsync();
        return await check.IsVisibleAsync();
    }

    private async Task GoOnUntilAsync(Window window, int hour)
    {
        var then = Window.Monday.AddHours(hour - Window.Monday.Hour);
        await window.App.AdvanceAsync(then - now, Cancellation);
        now = then;
        await window.SetTimeAsync(then);
    }

    private static Task<Guid> RecordAsync(Window window, string? number, int? from, int? to, string? risk, int daysAgo = 22)
    {
        var contact = number is null
            ? null
            : new JsonObject { ["name"] = "Alex Example", ["codeWord"] = "lighthouse", ["phone"] = number };
        if (from is not null) contact!["safeTimes"] = new JsonArray(new JsonObject { ["from"] = $"{from:00}:00", ["to"] = $"{to:00}:00" });
        return window.RecordAsync(new JsonObject
        {
            ["answer"] = "declined",
            ["team"] = "north",
            ["crimeReference"] = $"V-{number ?? "none"}".Replace(' ', '-'),
            ["offeredAt"] = Window.Monday.AddDays(-daysAgo).ToString("O"),
            ["offeredAtConfirmed"] = true,
            ["contact"] = contact,
            ["risks"] = risk is null ? new JsonArray() : new JsonArray(risk),
        });
    }
}
