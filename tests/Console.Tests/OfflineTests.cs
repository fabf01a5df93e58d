using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>
/// No signal, a reload, an answer that is lost: an offer is neither forgotten nor recorded twice, and nobody reads it on the phone.
/// </summary>
[Needs(Tool.Chromium)]
public sealed class OfflineTests(Browser browser)
{
    private const string Number = "07700 900123";

    [Fact]
    public async Task Without_signal_the_form_opens_keeps_what_is_typed_and_sends_it_once_when_signal_returns()
    {
        await using var window = await Window.OpenAsync(browser, offlineToo: true);
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        await window.SetOfflineAsync(true);

        await page.ReloadAsync();
        await page.GetByLabel(Text("words.OfferAnswer.declined")).CheckAsync();
        await page.GetByLabel(Text("contact.phone")).FillAsync(Number);
        await page.GetByLabel(Text("contact.confirmed")).CheckAsync();
        await Assertions.Expect(page.GetByLabel(Text("contact.confirmed"))).ToBeCheckedAsync();

        // What was typed last is written down within milliseconds; a test is quicker.
        await page.EvaluateAsync("import('/console/drafts.js').then(drafts => drafts.all()).then(() => true)");

        // As after a dead battery: all that the page held in memory is gone.
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByLabel(Text("contact.phone"))).ToHaveValueAsync(Number);
        await Assertions.Expect(page.GetByLabel(Text("words.OfferAnswer.declined"))).ToBeCheckedAsync();
        await window.IsAccessibleAsync("an offer that was begun");
        await window.PictureAsync("record-begun-360");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();

        await Assertions.Expect(page.GetByText(Text("recorded.onThisPhoneOnly"))).ToBeVisibleAsync();
        await window.IsAccessibleAsync("on this phone only");
        await window.PictureAsync("recorded-offline-360", forDocuments: true);
        Assert.Equal(0, (await window.ReadAsync("call-backs?state=waiting")).GetProperty("total").GetInt32());
        var kept = await page.EvaluateAsync<string>(Doorstep.OnThisPhone);
        Assert.Contains("waiting", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("07700", kept, StringComparison.Ordinal);
        Assert.EndsWith("extractable: false", kept, StringComparison.Ordinal);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText(Text("recorded.onThisPhoneOnly"))).ToBeVisibleAsync();

        await window.SetOfflineAsync(false);
        await Assertions.Expect(page.GetByText(Text("recorded.arrived"), new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(1, (await window.ReadAsync("call-backs?state=waiting")).GetProperty("total").GetInt32());
        // Of what has arrived nothing is left here but its reference, and sealed, what the API said of it.
        var left = await page.EvaluateAsync<string>(Doorstep.OnThisPhone);
        Assert.Contains("\"reference\":\"CB-", left, StringComparison.Ordinal);
        Assert.DoesNotContain("waiting", left, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offer_whose_answer_was_lost_is_recorded_once()
    {
        await using var window = await Window.OpenAsync(browser);
        var page = window.Page;
        window.Expect("net::ERR_FAILED");
        var tries = 0;
        await page.RouteAsync("**/api/offers/*", async route =>
        {
            if (tries++ > 0)
            {
                await route.ContinueAsync();
                return;
            }

            // It arrives, and the answer doesn't.
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await window.GoToAsync("/console/record");
        await page.GetByLabel(Text("words.OfferAnswer.accepted")).CheckAsync();
        await page.GetByLabel(Text("contact.phone")).FillAsync(Number);
        await page.GetByLabel(Text("contact.confirmed")).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("phone.tryNow") }).TapAsync();
        await Assertions.Expect(page.GetByText(Text("recorded.arrived"), new() { Exact = true })).ToBeVisibleAsync();
        Assert.True(tries >= 2, "It was sent once only.");
        await window.App.WhenIdleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, (await window.ReadAsync("referrals")).GetProperty("referrals").GetArrayLength());
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_loses_nothing()
    {
        await using var window = await Window.OpenAsync(browser, person: null);
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await page.GetByLabel(Text("words.OfferAnswer.declined")).CheckAsync();
        await page.GetByLabel(Text("contact.phone")).FillAsync(Number);
        await page.GetByLabel(Text("contact.confirmed")).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        await Assertions.Expect(page.GetByText(Text("recorded.onThisPhoneOnly"))).ToBeVisibleAsync();
        await window.IsAccessibleAsync("sign in to send");
        await window.PictureAsync("recorded-sign-in-360");
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = Text("phone.claimSignIn") }).TapAsync();
        await window.ChooseAsync("everybody");
        await Assertions.Expect(page.GetByText(Text("recorded.arrived"), new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(1, (await window.ReadAsync("call-backs?state=waiting")).GetProperty("total").GetInt32());
    }
}
