using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>Recorded is what the API itself says it has. Whatever else answers is not believed, and nothing is lost by it.</summary>
[Needs(Tool.Chromium)]
public sealed class AnswerTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Answers => [.. Strange.All];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_offer_stays_on_the_phone_until_the_API_has_it(string answer)
    {
        await using var window = await Window.OpenAsync(browser);
        await window.AnswerLikeAsync("**/api/offers/*", answer);
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await page.DeclineAsync("07700 900431");
        await Assertions.Expect(page.GetByText(Text("recorded.onThisPhoneOnly"))).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(Text("recorded.arrived"), new() { Exact = true })).ToHaveCountAsync(0);
        Assert.Equal(0, (await window.ReadAsync("call-backs?state=waiting")).GetProperty("total").GetInt32());
        await page.GetByRole(AriaRole.Button, new() { Name = Text("phone.tryNow") }).TapAsync();
        await Assertions.Expect(page.GetByText(Text("recorded.arrived"), new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(1, (await window.ReadAsync("call-backs?state=waiting")).GetProperty("total").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_outcome_stays_on_the_screen_until_the_API_has_it(string answer)
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await DueAsync(window);
        await window.AnswerLikeAsync("**/attempts", answer);
        var page = window.Page;
        await window.GoToAsync($"/console/call-backs/{id}");
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        var noAnswer = page.GetByRole(AriaRole.Button, new() { Name = Text("words.CallOutcome.noAnswer"), Exact = true });
        await noAnswer.TapAsync();
        await Assertions.Expect(page.GetByText(Text("call.notRecordedYet"))).ToBeVisibleAsync();
        Assert.Equal(0, (await window.ReadOfferAsync(id)).GetProperty("attempts").GetArrayLength());
        await noAnswer.TapAsync();
        await Assertions.Expect(page.GetByText(Text("call.recorded.noAnswer"))).ToBeVisibleAsync();
        Assert.Equal(1, (await window.ReadOfferAsync(id)).GetProperty("attempts").GetArrayLength());
    }

    [Theory]
    [InlineData("page")]
    [InlineData("another")]
    public async Task Neither_a_hold_nor_its_end_nor_a_referral_is_believed(string answer)
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await DueAsync(window);
        var page = window.Page;
        await window.AnswerLikeAsync("**/api/call-backs/*/attempts", answer);
        await window.GoToAsync($"/console/call-backs/{id}");
        await page.GetByLabel(Text("words.HoldReason.suspectAtAddress")).CheckAsync();
        await TwiceAsync(page, Text("call.hold"), Text("call.notRecordedYet"), Text("call.recorded.unsafeToCall"));
        Assert.Equal("held", (await window.ReadOfferAsync(id)).GetProperty("state").GetString());

        await window.AnswerLikeAsync("**/api/call-backs/*/hold", answer);
        await page.GetByLabel(Text("call.safeAgain")).CheckAsync();
        await TwiceAsync(page, Text("call.release"), Text("supervise.notDoneYet"), Text("call.released"));
        Assert.Equal("due", (await window.ReadOfferAsync(id)).GetProperty("state").GetString());

        await window.AnswerLikeAsync("**/api/offers/*/acceptance", answer);
        await page.GetByText(Text("call.cameForward"), new() { Exact = true }).TapAsync();
        await TwiceAsync(page, Text("call.refer"), Text("call.notRecordedYet"), Text("call.recorded.accepted"));
        Assert.Equal("referred", (await window.ReadOfferAsync(id)).GetProperty("state").GetString());

        await window.App.WhenIdleAsync(Cancellation);
        await window.AnswerLikeAsync("**/api/referrals/*/withdrawal", answer);
        await window.GoToAsync($"/console/supervise/{id}");
        await page.GetByLabel(Text("referral.withdraw"), new() { Exact = true }).CheckAsync();
        await page.GetByLabel(Text("referral.reason")).SelectOptionAsync("noLongerWanted");
        await TwiceAsync(page, Text("referral.takeBack"), Text("supervise.notDoneYet"), Text("referral.takenBack"));
    }

    [Theory]
    [InlineData("page")]
    [InlineData("another")]
    public async Task Neither_an_import_nor_an_assignment_is_believed(string answer)
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await DueAsync(window);
        var page = window.Page;
        await window.AnswerLikeAsync("**/api/call-backs/*/assignee", answer);
        await window.GoToAsync("/console/supervise?part=due");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("supervise.giveTo") }).TapAsync();
        await page.GetByLabel(Text("supervise.me"), new() { Exact = true }).CheckAsync();
        var reference = (await window.ReadOfferAsync(id)).GetProperty("reference").GetString()!;
        var done = Text("supervise.reassigned", ("reference", reference), ("name", Text("people.me")));
        await TwiceAsync(page, Text("supervise.reassign"), Text("supervise.notDoneYet"), done);

        await window.AnswerLikeAsync("**/api/history?*", answer);
        await window.GoToAsync("/console/history");
        await page.GetByLabel(Text("history.file")).SetInputFilesAsync(new FilePayload
        {
            Name = "old.csv",
            MimeType = "text/csv",
            Buffer = "reference,offeredAt,answer\nH-7001,2022-05-06,declined\n"u8.ToArray(),
        });
        await page.GetByRole(AriaRole.Button, new() { Name = Text("history.check") }).TapAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("history.noAnswer"));
        Assert.Equal(0, await page.GetByText(Text("history.notYet")).CountAsync());
    }

    [Fact]
    public async Task A_list_that_somebody_else_answers_with_is_not_shown()
    {
        await using var window = await Window.OpenAsync(browser);
        await DueAsync(window);
        await window.Page.RouteAsync(
            "**/api/call-backs?*",
            route => route.FulfillAsync(new() { Status = 200, ContentType = "application/json", Body = """{"callBacks":[]}""" }));
        await window.GoToAsync("/console/call-backs");
        await Assertions.Expect(window.Page.GetByText(Text("errors.unreachable"))).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_networks_sign_in_page_ends_nobodys_session_and_stands_in_for_no_file()
    {
        await using var window = await Window.OpenAsync(browser, offlineToo: true);
        var page = window.Page;
        await window.GoToAsync("/console/");
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        Assert.True(await page.EvaluateAsync<bool>("""
            async () => {
              const names = await caches.keys();
              const cache = await caches.open(names.find(name => name.startsWith('console-')));
              const typeOf = async request => (await cache.match(request)).headers.get('content-type');
              const files = await Promise.all((await cache.keys()).map(async request => [request.url, await typeOf(request)]));
              return files.length > 20 && files.every(([url, type]) => url.endsWith('.html') === type.startsWith('text/html'));
            }
            """));
        window.Expect("Failed to load resource");
        await page.RouteAsync(
            "**/v2.0/token", route => route.FulfillAsync(new() { Status = 503, ContentType = "text/html", Body = "<h1>Busy</h1>" }));
        Assert.Equal("Unreachable kept", await page.EvaluateAsync<string>("""
            async () => {
              const session = await import('/console/session.js');
              const said = await session.renew().then(() => 'renewed', failure => failure.constructor.name);
              return `${said} ${session.person() ? 'kept' : 'ended'}`;
            }
            """));
    }

    private static async Task TwiceAsync(IPage page, string button, string notYet, string done)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText(notYet)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText(done)).ToBeVisibleAsync();
    }

    private static async Task<Guid> DueAsync(Window window)
    {
        var id = await window.RecordAsync(new JsonObject
        {
            ["answer"] = "declined",
            ["offeredAt"] = Window.Monday.AddDays(-23).ToString("O"),
            ["offeredAtConfirmed"] = true,
            ["contact"] = new JsonObject { ["name"] = "Robin Example", ["phone"] = "07700 900654" },
        });
        await window.App.WhenIdleAsync(Cancellation);
        return id;
    }
}
