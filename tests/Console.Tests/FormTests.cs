using System.Text.Json;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>The officers' form: what it asks, what it refuses, and that nobody is kept out by how they use a page.</summary>
[Needs(Tool.Chromium)]
public sealed class FormTests(Browser browser)
{
    private const string Number = "07700 900123";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_missing_is_said_at_its_field_and_in_a_summary(bool plain)
    {
        await using var window = await Window.OpenAsync(browser, plain: plain);
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        var summary = page.Locator(".govuk-error-summary");
        await Assertions.Expect(summary).ToBeFocusedAsync();
        await Assertions.Expect(summary.GetByRole(AriaRole.Link)).ToHaveCountAsync(2);
        await window.IsAccessibleAsync("errors");
        await window.PictureAsync($"record-errors-360{(plain ? "-plain" : "")}");
        await summary.GetByRole(AriaRole.Link, new() { Name = Text("fields.phoneMissing") }).TapAsync();
        await Assertions.Expect(page.GetByLabel(Text("contact.phone"))).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_the_API_refuses_is_corrected_and_arrives()
    {
        await using var window = await Window.OpenAsync(browser);
        window.Expect("422");
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await AnswerAsync(page, "declined");
        await page.GetByText(Text("record.more")).TapAsync();
        await page.GetByLabel(Text("record.reference"), new() { Exact = true }).FillAsync("??");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("fields.crimeReference"));
        await window.IsAccessibleAsync("refused");
        await page.Locator(".govuk-error-summary").GetByRole(AriaRole.Link).TapAsync();
        await page.GetByLabel(Text("record.reference"), new() { Exact = true }).FillAsync("AB/12345/26");
        await page.GetByLabel(Text("record.officerInCase")).FillAsync("DC Invented, extension 4471");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        await ArrivedAsync(page);
        var id = (await window.ReadAsync("call-backs?state=waiting")).GetProperty("callBacks")[0].GetProperty("offerId").GetGuid();
        Assert.Equal("DC Invented, extension 4471", (await window.ReadOfferAsync(id)).GetProperty("officerInCase").GetString());
    }

    [Fact]
    public async Task A_number_is_read_back_as_it_is_typed_and_one_with_a_digit_missing_is_refused_at_its_field()
    {
        await using var window = await Window.OpenAsync(browser);
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await page.GetByLabel(Text("words.OfferAnswer.declined")).CheckAsync();
        await page.GetByLabel(Text("contact.phone")).FillAsync("+44 (0)7700\u2011900 123\u202c");
        await Assertions.Expect(page.GetByText(Text("contact.readBack", ("number", "07700 900 123")))).ToBeVisibleAsync();
        await page.GetByLabel(Text("contact.phone")).FillAsync("07700 90012");
        await Assertions.Expect(page.GetByText("07700 900 12", new() { Exact = false })).ToBeHiddenAsync();
        await page.GetByLabel(Text("contact.confirmed")).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("fields.phone.tooShort"));
        await page.GetByLabel(Text("contact.phone")).FillAsync(Number);
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        await ArrivedAsync(page);
    }

    [Theory]
    [InlineData("2023-03-26T01:10", "skipped")]
    [InlineData("2023-10-29T01:40", "twice")]
    public async Task A_time_that_London_had_never_or_twice_is_named_and_one_that_it_had_is_sent(string typed, string fault)
    {
        await using var window = await Window.OpenAsync(browser);
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await AnswerAsync(page, "notAsked");
        await page.GetByText(Text("record.more")).TapAsync();
        await page.GetByLabel(Text("record.offeredAt")).FillAsync(typed);
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text($"fields.when.{fault}"));
        await page.GetByLabel(Text("record.offeredAt")).FillAsync("2024-03-10T17:45");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        await ArrivedAsync(page);
        Assert.Equal(
            new DateTimeOffset(2024, 3, 10, 17, 45, 0, TimeSpan.Zero),
            (await OnlyOfferAsync(window)).GetProperty("offeredAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task All_that_is_asked_reaches_the_API()
    {
        await using var window = await Window.OpenAsync(browser);
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await AnswerAsync(page, "notAsked");
        await page.GetByLabel(Text("contact.name")).FillAsync("Alex Example");
        await page.GetByLabel(Text("contact.someTimes")).CheckAsync();
        await page.GetByLabel(Text("times.short.monday"), new() { Exact = true }).CheckAsync();
        await page.GetByLabel(Text("contact.from"), new() { Exact = true }).FillAsync("09:30");
        await page.GetByLabel(Text("contact.to"), new() { Exact = true }).FillAsync("12:00");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("contact.addHours") }).TapAsync();
        await page.GetByLabel(Text("contact.from"), new() { Exact = true }).Nth(1).FillAsync("14:00");
        await page.GetByLabel(Text("contact.to"), new() { Exact = true }).Nth(1).FillAsync("15:00");
        await page.GetByLabel(Text("contact.voicemail")).CheckAsync();
        await page.GetByText(Text("contact.more")).TapAsync();
        await page.GetByLabel(Text("contact.codeWord")).FillAsync("lighthouse");
        await page.GetByLabel(Text("contact.whoElse")).FillAsync("A sister, who knows");
        await page.GetByLabel(Text("contact.interpreter")).SelectOptionAsync("pl");
        await page.GetByText(Text("record.more")).TapAsync();
        await page.GetByLabel(Text("words.Risk.suspectMayReturn")).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.addPerson") }).TapAsync();
        await page.GetByLabel(Text("record.relationship", ("number", "1"))).SelectOptionAsync("partner");
        await page.GetByLabel(Text("record.ageBand", ("number", "1"))).SelectOptionAsync("adult");
        await window.IsAccessibleAsync("the whole form");
        await window.PictureAsync("record-whole-360");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        await ArrivedAsync(page);

        var offer = await OnlyOfferAsync(window);
        Assert.Equal("notAsked", offer.GetProperty("answer").GetString());
        Assert.Equal(Window.Monday, offer.GetProperty("offeredAt").GetDateTimeOffset());
        Assert.Equal("suspectMayReturn", offer.GetProperty("risks")[0].GetString());
        Assert.Equal("adult", offer.GetProperty("household").GetProperty("people")[0].GetProperty("ageBand").GetString());
        var contact = offer.GetProperty("contact");
        Assert.Equal("+447700900123", contact.GetProperty("phone").GetString());
        Assert.True(contact.GetProperty("voicemailAllowed").GetBoolean());
        Assert.Equal(
            ["lighthouse", "A sister, who knows", "pl"],
            new[] { "codeWord", "whoElseMayAnswer", "interpreterLanguage" }.Select(name => contact.GetProperty(name).GetString()));
        Assert.Equal(2, contact.GetProperty("safeTimes").GetArrayLength());
        Assert.Equal(["monday"], contact.GetProperty("safeTimes")[0].GetProperty("days").EnumerateArray().Select(day => day.GetString()));
        Assert.Equal(7, contact.GetProperty("safeTimes")[1].GetProperty("days").GetArrayLength());
    }

    [Fact]
    public async Task Never_contact_us_asks_once_more_and_may_carry_the_number_that_is_never_to_be_called()
    {
        await using var window = await Window.OpenAsync(browser);
        await window.GoToAsync("/console/record");
        await window.Page.GetByLabel(Text("words.OfferAnswer.doNotContact")).CheckAsync();
        await Assertions.Expect(window.Page.GetByLabel(Text("contact.phone"), new() { Exact = true })).ToBeHiddenAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        await Assertions.Expect(window.Page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("fields.neverSure"));
        await window.Page.GetByLabel(Text("record.neverSure")).CheckAsync();
        await window.Page.GetByLabel(Text("record.neverPhone")).FillAsync("07700 900789");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        await ArrivedAsync(window.Page);
        await Assertions.Expect(window.Page.GetByText(Text("phone.nobodyWillCall"))).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("declined")]
    [InlineData("notAsked")]
    public async Task Who_gave_no_number_is_recorded_in_two_taps(string answer)
    {
        await using var window = await Window.OpenAsync(browser);
        await window.GoToAsync("/console/record");
        await window.Page.GetByLabel(Text($"words.OfferAnswer.{answer}")).CheckAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        await ArrivedAsync(window.Page);
        Assert.False((await OnlyOfferAsync(window)).TryGetProperty("contact", out _));
    }

    [Fact]
    public async Task The_keyboard_alone_records_an_offer()
    {
        await using var window = await Window.OpenAsync(browser, Window.Desk);
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByText(Text("shell.skip"))).ToBeFocusedAsync();
        await TabToAsync(page, "answer");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.GetByLabel(Text("words.OfferAnswer.declined"))).ToBeCheckedAsync();
        await TabToAsync(page, "contact-phone");
        await page.Keyboard.TypeAsync(Number);
        await TabToAsync(page, "confirmed");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Enter");
        await ArrivedAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = Text("recorded.title") })).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(640)]
    [InlineData(320)]
    public async Task Enlarged_to_200_and_400_per_cent_nothing_runs_out_of_the_window(int width)
    {
        // A window of 1280 px at 200 % is one of 640 px, at 400 % one of 320 px: WCAG 2.2, 1.4.4 and 1.4.10.
        await using var window = await Window.OpenAsync(browser, new ViewportSize { Width = width, Height = 450 });
        foreach (var path in new[] { "/console/", "/console/record", "/console/call-backs" })
        {
            await window.GoToAsync(path);
            await window.IsAccessibleAsync($"{path} at {width} px");
        }
    }

    private static async Task AnswerAsync(IPage page, string answer)
    {
        await page.GetByLabel(Text($"words.OfferAnswer.{answer}")).CheckAsync();
        await page.GetByLabel(Text("contact.phone")).FillAsync(Number);
        await page.GetByLabel(Text("contact.confirmed")).CheckAsync();
    }

    private static Task ArrivedAsync(IPage page) =>
        Assertions.Expect(page.GetByText(Text("recorded.arrived"), new() { Exact = true })).ToBeVisibleAsync();

    private static async Task TabToAsync(IPage page, string id)
    {
        for (var presses = 0; presses < 40; presses++)
        {
            if (await page.EvaluateAsync<string>("document.activeElement.id") == id) return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"The keyboard does not lead to {id}.");
    }

    private static async Task<JsonElement> OnlyOfferAsync(Window window)
    {
        var list = await window.ReadAsync("call-backs?state=waiting");
        Assert.Equal(1, list.GetProperty("total").GetInt32());
        return await window.ReadOfferAsync(list.GetProperty("callBacks")[0].GetProperty("offerId").GetGuid());
    }
}
