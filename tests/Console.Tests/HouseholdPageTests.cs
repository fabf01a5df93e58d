using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using Vcas.Domain.Households;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>One household on one page: what is known of it, what comes next, and what can be done.</summary>
[Needs(Tool.Chromium)]
public sealed class HouseholdPageTests(Browser browser)
{
    private int offers;

    [Theory]
    [InlineData(360, false)]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task All_that_is_known_is_on_one_page_but_the_number(int width, bool plain)
    {
        await using var window = await Window.OpenAsync(browser, width == 360 ? Window.Phone : Window.Desk, plain);
        var id = await window.RecordAsync(Offer("accepted"));
        await window.App.WhenIdleAsync(TestContext.Current.CancellationToken);
        await window.GoToAsync($"/console/households/{id}");
        var page = window.Page;
        await page.Locator("details summary").Filter(new() { HasText = "Everything" }).ClickAsync();
        var text = await page.InnerTextAsync("main");
        foreach (var said in new[]
        {
            "household.next.referral.sent", "words.Risk.violence", "household.recorded", "words.ConsentTo.beingReferred",
            "trail.offerRecorded", "trail.referralSent", "law.notSet",
        })
            Assert.Contains(Text(said), text, StringComparison.Ordinal);
        Assert.Contains("lighthouse", text, StringComparison.Ordinal);
        Assert.DoesNotContain("07700", text, StringComparison.Ordinal);
        await window.IsAccessibleAsync("a household");
        await window.PictureAsync($"household-{width}{(plain ? "-plain" : "")}", forDocuments: !plain);
    }

    [Fact]
    public async Task What_was_recorded_is_put_right()
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await window.RecordAsync(Offer("declined"));
        await window.GoToAsync($"/console/households/{id}?what=change");
        var page = window.Page;
        await page.GetByLabel(Text("words.Risk.violence")).UncheckAsync();
        await page.GetByLabel(Text("words.Risk.courtDatePending")).CheckAsync();
        await page.GetByLabel(Text("record.reference")).FillAsync("08B/99/24");
        await page.GetByLabel(Text("record.officerInCase")).FillAsync("DC Invented, extension 4471");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.addPerson") }).ClickAsync();
        var save = page.GetByRole(AriaRole.Button, new() { Name = Text("household.correct") });
        await save.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("fields.household-people"));
        await window.IsAccessibleAsync("a person without an age");
        await page.GetByLabel(Text("record.relationship", ("number", "1"))).SelectOptionAsync("partner");
        await page.GetByLabel(Text("record.ageBand", ("number", "1"))).SelectOptionAsync("adult");
        await window.PictureAsync("household-change-360");
        await save.ClickAsync();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("household.corrected1"));
        var offer = await window.ReadOfferAsync(id);
        Assert.Equal("courtDatePending", Assert.Single(offer.GetProperty("risks").EnumerateArray()).GetString());
        Assert.Equal("08B/99/24", offer.GetProperty("crimeReference").GetString());
        await Assertions.Expect(page.Locator(".govuk-summary-list").Filter(new() { HasText = Text("record.officerInCase") }).First)
            .ToContainTextAsync("DC Invented, extension 4471");
        Assert.Equal(1, offer.GetProperty("household").GetProperty("people").GetArrayLength());
    }

    [Fact]
    public async Task Another_number_takes_the_place_of_the_known_one_and_what_is_left_empty_stays()
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await window.RecordAsync(Offer("declined"));
        await window.GoToAsync($"/console/households/{id}?what=contact");
        var page = window.Page;
        await page.GetByLabel(Text("contact.phone")).FillAsync("07700 900799");
        await page.GetByLabel(Text("contact.confirmed")).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("household.changeContact") }).ClickAsync();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("household.contactChanged"));
        var kept = (await window.ReadAsync($"offers/{id}/export?reason=dataSubjectRequest")).GetProperty("offer").GetProperty("contact");
        Assert.Equal("+447700900799", kept.GetProperty("phone").GetString());
        Assert.Equal("lighthouse", kept.GetProperty("codeWord").GetString());
    }

    [Fact]
    public async Task They_want_support_now_and_the_referral_goes_to_VCAS()
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await window.RecordAsync(Offer("declined"));
        await window.GoToAsync($"/console/households/{id}?reason=ownRecord&what=accept");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("call.refer") }).ClickAsync();
        await Assertions.Expect(window.Page.Locator("#notice")).ToContainTextAsync(Text("call.recorded.accepted"));
        Assert.Equal("sent", (await window.ReadOfferAsync(id)).GetProperty("referral").GetProperty("state").GetString());
        Assert.Contains("reason=ownRecord", window.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disclosure_hold_is_placed_shown_and_released()
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await window.RecordAsync(Offer("declined"));
        await window.GoToAsync($"/console/households/{id}");
        var page = window.Page;
        await page.GetByLabel(Text("household.acts.disclosure")).CheckAsync();
        var place = page.GetByRole(AriaRole.Button, new() { Name = Text("household.place") });
        await place.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("household.reasonMissing"));
        await page.GetByLabel(Text("household.disclosureReason")).SelectOptionAsync("cpia");
        await window.IsAccessibleAsync("a disclosure hold");
        await window.PictureAsync("household-disclosure-360");
        await place.ClickAsync();
        await Assertions.Expect(page.GetByText(Text("words.DisclosureReason.cpia")).First).ToBeVisibleAsync();
        Assert.Equal("cpia", (await window.ReadOfferAsync(id)).GetProperty("disclosureHold").GetProperty("reason").GetString());

        await page.GetByLabel(Text("household.acts.release")).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("household.letIt") }).ClickAsync();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("household.let"));
        Assert.False((await window.ReadOfferAsync(id)).TryGetProperty("disclosureHold", out _));
    }

    [Fact]
    public async Task An_offer_is_withdrawn_with_a_reason_and_reopened()
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await window.RecordAsync(Offer("declined"));
        await window.GoToAsync($"/console/households/{id}");
        var page = window.Page;
        await page.GetByLabel(Text("household.acts.withdraw")).CheckAsync();
        await page.GetByLabel(Text("household.withdrawReason")).SelectOptionAsync("recordedInError");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("household.withdrawIt") }).ClickAsync();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("household.withdrawn"));
        Assert.Equal("recordedInError", (await window.ReadOfferAsync(id)).GetProperty("closing").GetProperty("withdrawal").GetString());
        await page.GetByLabel(Text("household.acts.reopen")).CheckAsync();
        await page.GetByLabel(Text("household.reopenReason")).SelectOptionAsync("closedInError");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("household.reopenIt") }).ClickAsync();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("household.reopened"));
        Assert.Equal("waiting", (await window.ReadOfferAsync(id)).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task Who_records_a_household_twice_is_told_and_merges_the_two(int width)
    {
        await using var window = await Window.OpenAsync(browser, width == 360 ? Window.Phone : Window.Desk);
        var first = await window.RecordAsync(Offer("declined", "07700 900777"));
        var reference = (await window.ReadOfferAsync(first)).GetProperty("reference").GetString()!;
        await window.GoToAsync("/console/record");
        var page = window.Page;
        await page.FillDeclineAsync("07700 900777");
        await page.GetByText(Text("record.more")).ClickAsync();
        await page.GetByLabel(Text("record.team")).FillAsync("north");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).ClickAsync();
        await Assertions.Expect(page.GetByText(Text("merge.alike"))).ToBeVisibleAsync();
        await window.IsAccessibleAsync("recorded already");
        await window.PictureAsync($"recorded-alike-{width}");
        var second = Guid.Parse(new Uri(page.Url).Segments[^1]);

        await page.GetByRole(AriaRole.Link, new() { Name = Text("household.acts.merge") }).ClickAsync();
        await page.GetByLabel(reference, new() { Exact = true }).CheckAsync();
        var merge = page.GetByRole(AriaRole.Button, new() { Name = Text("merge.merge") });
        await merge.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("merge.keepMissing"));
        await page.GetByLabel(Text("merge.keepOther"), new() { Exact = true }).CheckAsync();
        await window.IsAccessibleAsync("merging");
        await window.PictureAsync($"household-merge-{width}");
        await merge.ClickAsync();
        await Assertions.Expect(page.GetByText(Text("household.duplicatesOf.one"))).ToBeVisibleAsync();
        Assert.Contains($"{first}", page.Url, StringComparison.Ordinal);
        Assert.Equal(first, (await window.ReadOfferAsync(second)).GetProperty("closing").GetProperty("duplicateOf").GetGuid());
    }

    [Fact]
    public async Task The_wrong_way_round_is_refused_with_advice_and_another_record_is_named_by_its_reference()
    {
        await using var window = await Window.OpenAsync(browser);
        var referred = await window.RecordAsync(Offer("accepted"));
        var waiting = await window.RecordAsync(Offer("declined"));
        var reference = (await window.ReadOfferAsync(referred)).GetProperty("reference").GetString()!;
        await window.GoToAsync($"/console/households/{waiting}?what=merge");
        var page = window.Page;
        var merge = page.GetByRole(AriaRole.Button, new() { Name = Text("merge.merge") });
        await page.GetByLabel(Text("merge.reference")).FillAsync("CB-000000");
        await page.GetByLabel(Text("merge.keep")).Or(page.Locator("input[value=this]")).First.CheckAsync();
        await merge.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("merge.notFound"));
        await page.GetByLabel(Text("merge.reference")).FillAsync(reference);
        window.Expect("409");
        await merge.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("problems.2053.message"));
        await page.Locator("input[value=other]").CheckAsync();
        await merge.ClickAsync();
        await Assertions.Expect(page.GetByText(Text("household.duplicatesOf.one"))).ToBeVisibleAsync();
        Assert.Equal(referred, (await window.ReadOfferAsync(waiting)).GetProperty("closing").GetProperty("duplicateOf").GetGuid());
    }

    [Fact]
    public async Task An_officer_is_offered_what_officers_do_and_nothing_else()
    {
        await using var window = await Window.OpenAsync(browser, person: "officer");
        var id = await window.RecordAsync(Offer("declined"));
        await window.GoToAsync("/console/");
        await Assertions.Expect(window.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = Text("find.title") }))
            .ToBeVisibleAsync();
        await window.GoToAsync($"/console/households/{id}");
        foreach (var act in new[] { "accept", "change", "contact", "saidNo", "merge", "withdraw" })
            await Assertions.Expect(window.Page.GetByLabel(Text($"household.acts.{act}"))).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByLabel(Text("household.acts.disclosure"))).ToHaveCountAsync(0);
        await Assertions.Expect(window.Page.GetByText(Text("household.toCall"))).ToHaveCountAsync(0);
    }

    [Fact]
    public void Everything_that_can_happen_has_a_text()
    {
        var events = typeof(HouseholdEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(HouseholdEvent)))
            .Select(type => char.ToLowerInvariant(type.Name[0]) + type.Name[1..]).ToList();
        Assert.True(events.Count > 40, $"Only {events.Count} events were found.");
        Assert.Equal(events.Order(), Texts["trail"]!.AsObject().Select(text => text.Key).Order());
    }

    private JsonObject Offer(string answer, string? phone = null) => new()
    {
        ["answer"] = answer,
        ["team"] = "north",
        ["offeredAt"] = Window.Monday.AddDays(-1).ToString("O"),
        ["contact"] = new JsonObject
        {
            ["name"] = "Alex Example",
            ["phone"] = phone ?? $"07700 900{710 + offers++}",
            ["codeWord"] = "lighthouse",
        },
        ["risks"] = new JsonArray("violence"),
        ["consent"] = answer == "accepted" ? new JsonObject { ["yesTo"] = new JsonArray("beingReferred"), ["by"] = "themselves" } : null,
    };
}
