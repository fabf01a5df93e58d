using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>One phone, two people, and nobody's record is the other's.</summary>
[Needs(Tool.Chromium)]
public sealed class TwoUsersTests(Browser browser)
{
    private const string Number = "07700 900852";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_offer_goes_out_as_whoever_recorded_it_and_as_nobody_else()
    {
        await using var window = await Window.OpenAsync(browser, person: "officer", offlineToo: true);
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        await window.SetOfflineAsync(true);
        await page.DeclineAsync(Number);
        await Assertions.Expect(page.GetByText(Text("recorded.onThisPhoneOnly"))).ToBeVisibleAsync();
        var path = new Uri(page.Url).AbsolutePath;
        var kept = await page.EvaluateAsync<string>(Doorstep.OnThisPhone);
        Assert.Contains("\"lock\":\"own\"", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("07700", kept, StringComparison.Ordinal);

        // The phone is put away where there is no signal, and a colleague signs in on it.
        await page.GetByRole(AriaRole.Button, new() { Name = Text("shell.signOut") }).ClickAsync();
        await page.Locator("#who").GetByRole(AriaRole.Button, new() { Name = Text("shell.signIn") }).WaitForAsync();
        await Assertions.Expect(page.Locator(".vcas-phone")).ToContainTextAsync(Text("phone.somebody.one").Split('{')[0]);
        await window.IsAccessibleAsync("somebody's, and nobody is signed in");
        await window.SetOfflineAsync(false);
        await window.SignInAsync("caller");
        await Assertions.Expect(page.Locator(".vcas-phone")).ToContainTextAsync(Text("phone.colleague.one").Split('{')[0]);
        await window.IsAccessibleAsync("a colleague's");
        await window.PictureAsync("phone-colleague-360");
        await window.GoToAsync("/console/record");
        await Assertions.Expect(page.GetByLabel(Text("contact.phone"))).ToHaveValueAsync("");
        await window.GoToAsync(path);
        await Assertions.Expect(page.GetByText(Text("recorded.goneText"))).ToBeVisibleAsync();
        Assert.Equal(0, (await window.ReadAsync("call-backs?state=waiting")).GetProperty("total").GetInt32());

        await window.SignOutAsync();
        await window.SignInAsync("officer");
        await window.GoToAsync(path);
        await page.ArrivedAsync();
        Assert.Equal(1, (await window.ReadAsync("call-backs?state=waiting")).GetProperty("total").GetInt32());
        Assert.DoesNotContain("07700", await page.EvaluateAsync<string>(Doorstep.OnThisPhone), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_shown_to_nobody_but_who_typed_it()
    {
        await using var window = await Window.OpenAsync(browser, person: "officer");
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await page.FillDeclineAsync(Number);
        await page.WrittenDownAsync();
        await window.SignOutAsync();
        foreach (var path in new[] { "/console/", "/console/record" })
        {
            await window.GoToAsync(path);
            Assert.DoesNotContain("900852", await page.ContentAsync(), StringComparison.Ordinal);
        }

        await Assertions.Expect(page.GetByLabel(Text("contact.phone"))).ToHaveValueAsync("");
        await window.SignInAsync("everybody");
        await window.GoToAsync("/console/record");
        await Assertions.Expect(page.GetByLabel(Text("contact.phone"))).ToHaveValueAsync("");
        await window.SignOutAsync();
        await window.SignInAsync("officer");
        await window.GoToAsync("/console/record");
        await Assertions.Expect(page.GetByLabel(Text("contact.phone"))).ToHaveValueAsync(Number);
    }

    [Fact]
    public async Task What_was_recorded_while_nobody_was_signed_in_is_nobodys_until_its_recorder_says_so()
    {
        await using var window = await Window.OpenAsync(browser, person: null);
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await page.DeclineAsync(Number);
        await Assertions.Expect(page.GetByText(Text("recorded.onThisPhoneOnly"))).ToBeVisibleAsync();
        await window.IsAccessibleAsync("recorded while nobody is signed in");
        await window.PictureAsync("recorded-nobody-360");

        // Somebody else signs in by another way: it isn't taken along.
        await window.SignInAsync("caller");
        Assert.Equal(0, (await window.ReadAsync("call-backs?state=waiting")).GetProperty("total").GetInt32());
        await Assertions.Expect(page.Locator(".vcas-phone")).ToContainTextAsync(Text("phone.nobodys").Split('{')[0]);
        await window.IsAccessibleAsync("nobody's");
        await window.SignOutAsync();
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = Text("phone.claimSignIn") }).TapAsync();
        await window.ChooseAsync("officer");
        await Assertions.Expect(page.Locator(".vcas-phone")).ToContainTextAsync(Text("phone.arrived").Split('{')[0]);
        Assert.Equal(1, (await window.ReadAsync("call-backs?state=waiting")).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData(403, 1013, "phone.mayNot")]
    [InlineData(429, 1017, "phone.later")]
    [InlineData(503, 9002, "phone.keptHere")]
    [InlineData(500, 9001, "phone.keptHere")]
    public async Task What_may_not_be_sent_today_or_comes_too_early_waits_and_keeps_nothing_newer_back(int status, int code, string said)
    {
        await using var window = await Window.OpenAsync(browser);
        var page = window.Page;
        window.Expect("Failed to load resource");
        var first = "";
        var isShut = true;
        await page.RouteAsync("**/api/offers/*", async route =>
        {
            if (first.Length == 0) first = route.Request.Url;
            if (!isShut || route.Request.Url != first) await route.ContinueAsync();
            else
            {
                await route.FulfillAsync(new()
                {
                    Status = status,
                    ContentType = "application/problem+json",
                    Headers = status == 429 ? new Dictionary<string, string> { ["Retry-After"] = "40" } : null,
                    Body = $$"""
                        {"type":"urn:vcas:problem:{{code}}","title":"No","status":{{status}},"code":{{code}},"detail":"Not now."}
                        """,
                });
            }
        });
        await window.GoToAsync("/console/record");
        await page.DeclineAsync(Number);
        await Assertions.Expect(page.GetByText(Text(said))).ToBeVisibleAsync();
        await window.IsAccessibleAsync($"waits after {status}");

        await page.GetByRole(AriaRole.Link, new() { Name = Text("recorded.another") }).TapAsync();
        await page.DeclineAsync("07700 900963");
        await page.ArrivedAsync();
        Assert.Equal(1, (await window.ReadAsync("call-backs?state=waiting")).GetProperty("total").GetInt32());

        isShut = false;
        await window.SetTimeAsync(Window.Monday.AddMinutes(2));
        await window.GoToAsync("/console/");
        await Assertions.Expect(page.Locator(".govuk-tag--green")).ToHaveCountAsync(2);
        Assert.Equal(2, (await window.ReadAsync("call-backs?state=waiting")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Of_what_has_arrived_nothing_stays_but_its_reference_for_some_days()
    {
        await using var window = await Window.OpenAsync(browser);
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await page.DeclineAsync(Number);
        await page.ArrivedAsync();
        await window.SetTimeAsync(Window.Monday.AddDays(2));
        await window.GoToAsync("/console/");
        await Assertions.Expect(page.Locator(".vcas-phone")).ToBeVisibleAsync();
        await window.SetTimeAsync(Window.Monday.AddDays(4));
        await window.GoToAsync("/console/");
        await Assertions.Expect(page.Locator(".vcas-phone")).ToHaveCountAsync(0);
        Assert.StartsWith("[]", await page.EvaluateAsync<string>(Doorstep.OnThisPhone), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_way_back_shows_nobody_what_the_one_before_them_saw()
    {
        await using var window = await Window.OpenAsync(browser, person: "officer");
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await page.FillDeclineAsync(Number);
        await page.WrittenDownAsync();
        await window.SignOutAsync();
        await page.GoBackAsync();
        await page.Locator("h1").WaitForAsync();
        Assert.DoesNotContain("900852", await page.ContentAsync(), StringComparison.Ordinal);
        await window.App.WhenIdleAsync(Cancellation);
    }

    [Fact]
    public async Task The_worker_asks_the_API_for_nothing_and_sends_nothing()
    {
        var worker = WebFiles("worker.js").Single().Text;
        Assert.DoesNotContain("/api", worker, StringComparison.Ordinal);
        Assert.DoesNotMatch("addEventListener\\('(sync|periodicsync|push|message)'", worker);
        await Task.CompletedTask;
    }
}
