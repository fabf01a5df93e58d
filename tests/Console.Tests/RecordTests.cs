using Microsoft.Playwright;
using Shared;
using VcasFunctions.Http;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>Recording an offer, as an officer does on a phone.</summary>
[Needs(Tool.Chromium)]
public sealed class RecordTests(Browser browser)
{
    private const int MostTaps = 12;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(360, false)]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    [InlineData(1280, true)]
    public async Task A_declined_offer_arrives_and_its_reference_is_shown(int width, bool plain)
    {
        await using var window = await Window.OpenAsync(browser, width == 360 ? Window.Phone : Window.Desk, plain);
        await window.GoToAsync("/console/record");
        await window.IsAccessibleAsync("the empty form");
        await window.PictureAsync($"record-empty-{width}{(plain ? "-plain" : "")}", forDocuments: !plain);
        var page = window.Page;
        await page.GetByLabel(Text("words.OfferAnswer.declined")).CheckAsync();
        await page.GetByLabel(Text("contact.phone")).FillAsync("07700 900123");
        await page.GetByLabel(Text("contact.confirmed")).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).ClickAsync();
        await page.GetByText(Text("recorded.arrived"), new() { Exact = true }).WaitForAsync();
        await window.IsAccessibleAsync("an offer that has arrived");
        await window.PictureAsync($"recorded-{width}{(plain ? "-plain" : "")}", forDocuments: !plain);

        var offer = await OnlyOfferAsync(window);
        Assert.Equal("declined", offer.GetProperty("answer").GetString());
        Assert.Contains(
            offer.GetProperty("reference").GetString()!,
            await page.GetByRole(AriaRole.Status).Last.InnerTextAsync(),
            StringComparison.Ordinal);
    }

    // Measured against the clock on the wall: with nothing beside it.
    [Fact(DisableParallelization = true)]
    public async Task A_decline_takes_few_taps_and_less_than_a_minute()
    {
        await using var window = await Window.OpenAsync(browser);
        await window.GoToAsync("/console/");
        var page = window.Page;
        var began = TimeProvider.System.GetTimestamp();
        var taps = 0;
        async Task TapAsync(ILocator what)
        {
            await what.TapAsync();
            taps++;
        }

        await TapAsync(page.GetByRole(AriaRole.Link, new() { Name = Text("record.title") }));
        await TapAsync(page.GetByText(Text("words.OfferAnswer.declined"), new() { Exact = true }));
        await TapAsync(page.GetByLabel(Text("contact.phone")));
        // A thumb's pace on digits: four in a second.
        await page.Keyboard.TypeAsync("07700900123", new() { Delay = 250 });
        await TapAsync(page.GetByText(Text("contact.confirmed"), new() { Exact = true }));
        await TapAsync(page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }));
        await page.GetByText(Text("recorded.arrived"), new() { Exact = true }).WaitForAsync();

        var took = TimeProvider.System.GetElapsedTime(began);
        TestContext.Current.SendDiagnosticMessage($"{taps} taps, {took.TotalSeconds:F1} s");
        Assert.True(taps <= MostTaps, $"{taps} taps.");
        Assert.True(took < MostTime, $"{took.TotalSeconds:F1} s.");
    }

    [Fact]
    public async Task An_officer_records_with_four_taps_and_eleven_digits_finds_it_again_and_puts_it_right()
    {
        await using var window = await Window.OpenAsync(browser, person: "officer");
        await window.GoToAsync("/console/record");
        var page = window.Page;
        const string Digits = "07700900123";
        await page.GetByText(Text("words.OfferAnswer.declined"), new() { Exact = true }).TapAsync();
        await page.GetByLabel(Text("contact.phone")).TapAsync();
        await page.Keyboard.TypeAsync(Digits);
        await page.GetByText(Text("contact.confirmed"), new() { Exact = true }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        await page.GetByText(Text("recorded.arrived"), new() { Exact = true }).WaitForAsync();
        var reference = (await OnlyOfferAsync(window)).GetProperty("reference").GetString()!;

        // What they typed wrongly is put right from their own list …
        await window.GoToAsync("/console/households?part=mine");
        await page.GetByRole(AriaRole.Link, new() { Name = $"{Text("household.acts.change")} {reference}" }).TapAsync();
        await page.GetByLabel(Text("record.reference")).FillAsync("47/8842/24");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("household.correct") }).TapAsync();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("household.corrected1"));

        // … and found by it afterwards.
        await window.GoToAsync("/console/households");
        await page.GetByLabel(Text("find.crimeReference"), new() { Exact = true }).CheckAsync();
        await page.GetByLabel(Text("find.crimeReferenceField"), new() { Exact = true }).FillAsync("47/8842/24");
        await page.GetByLabel(Text("find.reason")).SelectOptionAsync("correction");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("find.go") }).TapAsync();
        await Assertions.Expect(page.Locator(".vcas-call a")).ToHaveTextAsync(reference);
    }

    private static async Task<System.Text.Json.JsonElement> OnlyOfferAsync(Window window)
    {
        var list = await window.ReadAsync("call-backs?state=waiting");
        Assert.Equal(1, list.GetProperty("total").GetInt32());
        return await window.ReadOfferAsync(list.GetProperty("callBacks")[0].GetProperty("offerId").GetGuid());
    }
}
