using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>What a supervisor watches over and does about it.</summary>
[Needs(Tool.Chromium)]
public sealed partial class SuperviseTests(Browser browser)
{
    private const string Somebody = "6b1f7c1e-7b0a-4f0e-9a53-2f4c8d1b9e60";

    // Each household has a number of its own: what is said of one holds for its number.
    private int offers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(360, false)]
    [InlineData(1280, false)]
    [InlineData(640, false)]
    [InlineData(360, true)]
    public async Task Everything_that_needs_somebody_is_counted_and_the_worst_is_shown_first(int width, bool plain)
    {
        // Whoever signed in days ago would be asked again: the supervisor comes when the days are over.
        await using var window = await OpenAsync(width, plain, person: null);
        await window.RecordAsync(Offer("declined", 40, "selfHarm"));
        await window.RecordAsync(Offer("declined", 22));
        var held = await window.RecordAsync(Offer("declined", 3));
        await HoldAsync(window, held, "bailChanged");
        await window.RecordAsync(Offer("declined", 1));
        var refused = await window.RecordAsync(Offer("accepted", 0));
        await window.RecordAsync(Offer("accepted", 0));
        await AnswerAsync(window, refused, "rejected", "atCapacity");
        await WaitAsync(window, TimeSpan.FromDays(4));
        await window.RecordAsync(Offer("declined", 30));
        await window.RecordAsync(Offer("accepted", 0));
        await window.App.WhenIdleAsync(Cancellation);

        await window.HasSignedInAsync(Someone.WhoMayDoAll);
        await window.GoToAsync("/console/supervise");
        await HasPartAsync(window, "dangers", 1);
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 2, Name = Plural("supervise.heading.dangers", 1) }))
            .ToBeVisibleAsync();
        await Part(window, "overdue").ClickAsync();
        await HasPartAsync(window, "overdue", 2);
        await HasPartAsync(window, "due", 3);
        await HasPartAsync(window, "held", 1);
        await HasPartAsync(window, "waiting", 1);
        await HasPartAsync(window, "rejected", 1);
        await HasPartAsync(window, "unsent", 0);
        await HasPartAsync(window, "unanswered", 2);
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 2, Name = Plural("supervise.heading.overdue", 2) }))
            .ToBeVisibleAsync();
        await window.IsAccessibleAsync("overdue");
        await window.PictureAsync($"supervise-{width}{(plain ? "-plain" : "")}", forDocuments: !plain);

        foreach (var part in new[] { "due", "held", "waiting", "rejected", "unsent", "unanswered" })
        {
            await Part(window, part).ClickAsync();
            await Assertions.Expect(Part(window, part)).ToHaveAttributeAsync("aria-current", "page");
            var text = await window.Page.InnerTextAsync("body");
            Assert.DoesNotContain("07700 900", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Alex", text, StringComparison.Ordinal);
            await window.IsAccessibleAsync(part);
            await window.PictureAsync($"supervise-{part}-{width}{(plain ? "-plain" : "")}");
        }
    }

    [Fact]
    public async Task Where_no_safe_hour_lies_in_the_call_hours_the_supervisor_opens_others_for_that_household()
    {
        await using var window = await OpenAsync(360);
        var offer = Offer("declined", 22);
        offer["contact"]!["safeTimes"] = JsonNode.Parse("""[{ "days": ["sunday"], "from": "10:00", "to": "11:30" }]""");
        var id = await window.RecordAsync(offer);
        await window.App.WhenIdleAsync(Cancellation);
        await window.GoToAsync("/console/supervise?part=due");
        await Assertions.Expect(window.Page.GetByText(Text("callBacks.hoursNeverMeet"))).ToBeVisibleAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("supervise.openHours") }).ClickAsync();
        await window.IsAccessibleAsync("opening call hours");
        // Nothing chosen is said at the fields.
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("supervise.open"), Exact = true }).ClickAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert).GetByText(Text("supervise.daysMissing"))).ToBeVisibleAsync();
        await window.Page.GetByLabel(Text("times.short.sunday")).CheckAsync();
        await window.Page.GetByLabel(Text("contact.from")).FillAsync("09:30");
        await window.Page.GetByLabel(Text("contact.to")).FillAsync("12:00");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("supervise.open"), Exact = true }).ClickAsync();
        await Assertions.Expect(window.Page.GetByText("may be called in these hours from now on")).ToBeVisibleAsync();
        var row = (await window.App.GetAsync($"offers/{id}", Cancellation)).GetProperty("callHours");
        Assert.Equal(("09:30:00", "12:00:00"), (row.GetProperty("from").GetString(), row.GetProperty("to").GetString()));
    }

    [Fact]
    public async Task When_the_service_is_well_it_is_said_at_the_end_and_when_it_is_not_at_the_top()
    {
        await using var window = await OpenAsync(360, person: null);
        await window.RecordAsync(Offer("declined", 1));
        await WaitAsync(window, TimeSpan.FromHours(1));
        await window.HasSignedInAsync(Someone.WhoMayDoAll);
        await window.GoToAsync("/console/supervise");
        await Assertions.Expect(window.Page.GetByText(Text("service.swept.one", ("when", "today at 10:07")))).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByText(Text("service.trouble"))).ToHaveCountAsync(0);

        window.Expect("503");
        await window.App.Azure.Broker.StopAsync();
        await window.Page.RouteAsync("**/api/health/details", async route =>
        {
            var answer = await route.FetchAsync();
            var health = JsonNode.Parse(await answer.TextAsync())!;
            health["sweep"]!["at"] = Window.Monday.AddDays(-1).ToString("O");
            health["sweep"]!["failed"] = new JsonArray("CB-7F3A1C", "CB-0A1B2C");
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = health.ToJsonString() });
        });
        await window.GoToAsync("/console/supervise");
        await Assertions.Expect(window.Page.GetByText(Text("service.trouble"))).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByText(Text("service.parts.queue"))).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByText(Text("service.stopped", ("when", "yesterday at 10:00")))).ToBeVisibleAsync();
        await Assertions.Expect(
            window.Page.GetByText(Text("service.unmended.other", ("count", "2"), ("references", "CB-7F3A1C, CB-0A1B2C"))))
            .ToBeVisibleAsync();
        await window.IsAccessibleAsync("a service that is not well");
        await window.PictureAsync("supervise-service-360");
    }

    [Fact]
    public async Task With_nothing_to_do_it_says_so()
    {
        await using var window = await Window.OpenAsync(browser);
        await window.GoToAsync("/console/supervise");
        await Assertions.Expect(window.Page.GetByText(Text("supervise.nothing"))).ToBeVisibleAsync();
        await window.IsAccessibleAsync("nothing to do");
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task A_call_is_given_to_a_person_to_the_supervisor_and_back_to_the_team_by_keyboard(int width)
    {
        await using var window = await OpenAsync(width);
        var id = await window.RecordAsync(Offer("declined", 22));
        await window.App.WhenIdleAsync(Cancellation);
        await window.GoToAsync("/console/supervise?part=due");
        var page = window.Page;
        var opener = page.GetByRole(AriaRole.Button, new() { Name = Text("supervise.giveTo") });
        var give = page.GetByRole(AriaRole.Button, new() { Name = Text("supervise.reassign"), Exact = true });

        await opener.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("input[name=assignee]").First).ToBeFocusedAsync();
        await window.IsAccessibleAsync("who calls");
        await window.PictureAsync($"supervise-give-{width}");
        await page.GetByLabel(Text("supervise.onePerson")).CheckAsync();
        await give.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("supervise.personMissing"));
        await window.IsAccessibleAsync("no person named");
        await page.GetByLabel(Text("supervise.person"), new() { Exact = true }).FillAsync(Somebody);
        await give.ClickAsync();
        await SaidAsync(window, "supervise.reassigned");
        Assert.Equal(Somebody, await PersonAsync(window, id));

        await opener.ClickAsync();
        await page.GetByLabel(Text("supervise.me"), new() { Exact = true }).CheckAsync();
        await give.ClickAsync();
        await Assertions.Expect(page.Locator(".vcas-call").GetByText(Text("supervise.assignedTo", ("name", Text("people.me")))))
            .ToBeVisibleAsync();
        Assert.Equal((await window.ReadAsync("me")).GetProperty("id").GetString(), await PersonAsync(window, id));

        await opener.ClickAsync();
        await page.GetByLabel(Text("supervise.wholeTeam", ("team", "call-back"))).CheckAsync();
        await give.ClickAsync();
        await Assertions.Expect(page.Locator(".vcas-call").GetByText(Text("supervise.assignedTo", ("name", Text("people.me")))))
            .ToHaveCountAsync(0);
        Assert.Null(await PersonAsync(window, id));
    }

    [Fact]
    public async Task A_hold_is_released_only_after_the_check()
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await window.RecordAsync(Offer("declined", 22));
        await HoldAsync(window, id, "chargeOrCourtDate");
        await window.GoToAsync("/console/supervise?part=held");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("call.release") }).ClickAsync();
        var release = window.Page.GetByRole(
            AriaRole.Button, new() { Name = Text("supervise.releaseIt", ("reference", await ReferenceAsync(window, id))) });
        await release.ClickAsync();
        await Assertions.Expect(window.Page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("problems.3002.message"));
        Assert.Equal("held", await StateAsync(window, id));
        await window.IsAccessibleAsync("not checked");
        await window.PictureAsync("supervise-release-360");
        await window.Page.GetByLabel(Text("call.safeAgain")).CheckAsync();
        await release.ClickAsync();
        await SaidAsync(window, "supervise.released");
        Assert.Equal("due", await StateAsync(window, id));
    }

    private async Task<Window> OpenAsync(int width, bool plain = false, string? person = Someone.WhoMayDoAll) =>
        // 640 px stand for 1280 at a zoom of 200 %.
        await Window.OpenAsync(
            browser,
            width switch { 360 => Window.Phone, 1280 => Window.Desk, _ => new ViewportSize { Width = width, Height = 450 } },
            plain,
            person: person);

    private static ILocator Part(Window window, string part) =>
        window.Page.GetByRole(AriaRole.Navigation, new() { Name = Text("callBacks.parts") }).Locator($"a[href$='part={part}']");

    private static Task HasPartAsync(Window window, string part, int count) =>
        Assertions.Expect(Part(window, part)).ToHaveTextAsync($"{Text($"supervise.part.{part}")} {count}");

    private static string Plural(string path, int count) => Text($"{path}.{(count == 1 ? "one" : "other")}", ("count", $"{count}"));

    // The page then says it of the household's reference: the longest part beside what is filled in will do.
    private static Task SaidAsync(Window window, string path) =>
        Assertions.Expect(window.Page.Locator("#notice")).ToContainTextAsync(
            Text(path).Split('{', '}').Where((_, index) => index % 2 == 0).MaxBy(part => part.Length)!.Trim());

    private static async Task<string?> StateAsync(Window window, Guid id) =>
        (await window.ReadAsync($"offers/{id}")).GetProperty("state").GetString();

    private static async Task<string> ReferenceAsync(Window window, Guid id) =>
        (await window.ReadAsync($"offers/{id}")).GetProperty("reference").GetString()!;

    private static async Task<string?> PersonAsync(Window window, Guid id) =>
        (await window.ReadAsync($"offers/{id}")).GetProperty("assignee").TryGetProperty("person", out var person)
            ? person.GetString()
            : null;

    private static async Task HoldAsync(Window window, Guid id, string reason) =>
        (await window.App.Http.PutAsJsonAsync(
            $"api/call-backs/{id}/hold", new { reason, reviewAt = Window.Monday.AddDays(14) }, Cancellation))
            .EnsureSuccessStatusCode();

    private static async Task WaitAsync(Window window, TimeSpan time)
    {
        await window.App.AdvanceAsync(time, Cancellation);
        await window.SetTimeAsync(Window.Monday + time);
    }

    private JsonObject Offer(string answer, int daysAgo, string? risk = null) => new()
    {
        ["answer"] = answer,
        ["team"] = "north",
        ["offeredAt"] = Window.Monday.AddDays(-daysAgo).ToString("O"),
        ["offeredAtConfirmed"] = true,
        ["contact"] = new JsonObject { ["name"] = "Alex Example", ["phone"] = $"07700 900{123 + offers++}", ["codeWord"] = "lighthouse" },
        ["risks"] = risk is null ? new JsonArray() : new JsonArray(risk),
    };
}
