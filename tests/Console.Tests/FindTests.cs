using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>A household is found again by what somebody says, and an officer sees what became of their own offers.</summary>
[Needs(Tool.Chromium)]
public sealed class FindTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(360, false)]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task A_household_is_found_in_every_state_and_nothing_of_what_was_typed_is_in_the_address(int width, bool plain)
    {
        await using var window = await Window.OpenAsync(browser, width == 360 ? Window.Phone : Window.Desk, plain);
        await window.RecordAsync(Offer("declined", "07700 900701"));
        await window.RecordAsync(Offer("accepted", "07700 900701"));
        await window.App.WhenIdleAsync(Cancellation);
        await window.GoToAsync("/console/households");
        var page = window.Page;
        var go = page.GetByRole(AriaRole.Button, new() { Name = Text("find.go"), Exact = true });
        await go.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("find.byMissing"));
        await window.IsAccessibleAsync("nothing chosen");

        await page.GetByLabel(Text("find.phone"), new() { Exact = true }).CheckAsync();
        await page.GetByLabel(Text("find.phoneField"), new() { Exact = true }).FillAsync("07700 900701");
        await page.GetByLabel(Text("find.reason")).SelectOptionAsync("theyGotInTouch");
        await window.PictureAsync($"find-search-{width}{(plain ? "-plain" : "")}", forDocuments: !plain);
        await go.ClickAsync();
        var title = page.GetByRole(AriaRole.Heading, new() { Name = Text("find.found.other", ("count", "2")) });
        await Assertions.Expect(title).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByText(Text("find.became.acceptedAtDoor"))).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(Text("find.became.waiting"))).ToBeVisibleAsync();
        Assert.DoesNotContain("900701", page.Url, StringComparison.Ordinal);
        await window.IsAccessibleAsync("found");
        await window.PictureAsync($"find-found-{width}{(plain ? "-plain" : "")}", forDocuments: !plain);

        await page.Locator(".vcas-call a").First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = Text("household.nextTitle") })).ToBeVisibleAsync();
        Assert.Contains("reason=theyGotInTouch", page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crimeReference", "crimeReference", "07A/1234/24")]
    [InlineData("reference", "reference", null)]
    public async Task It_is_found_by_a_reference_in_any_spelling(string by, string field, string? written)
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await window.RecordAsync(Offer("declined", "07700 900702"));
        var reference = (await window.ReadOfferAsync(id)).GetProperty("reference").GetString()!;
        await window.GoToAsync("/console/households");
        await window.Page.GetByLabel(Text($"find.{by}"), new() { Exact = true }).First.CheckAsync();
        await window.Page.GetByLabel(Text("find.reason")).SelectOptionAsync("correction");
        var text = window.Page.Locator($"input[name={field}]");
        await text.FillAsync(written ?? reference.Replace("-", " ", StringComparison.Ordinal));
        await text.PressAsync("Enter");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = reference })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Where_nobody_is_found_the_number_is_passed_on_to_the_call_back_team()
    {
        await using var window = await Window.OpenAsync(browser);
        await window.GoToAsync("/console/households");
        var page = window.Page;
        await page.GetByLabel(Text("find.phone"), new() { Exact = true }).CheckAsync();
        await page.GetByLabel(Text("find.phoneField"), new() { Exact = true }).FillAsync("07700 900703");
        await page.GetByLabel(Text("find.reason")).SelectOptionAsync("theyGotInTouch");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("find.go"), Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText(Text("find.nothing"))).ToBeVisibleAsync();
        await page.GetByLabel(Text("words.SaidAtDesk.wantsCall")).CheckAsync();
        await window.IsAccessibleAsync("nobody found");
        await window.PictureAsync("find-nothing-360");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("find.passItOn"), Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("find.passedOn"));
        var tasks = await window.ReadAsync("tasks");
        Assert.Equal("numberPassedOn", tasks.GetProperty("tasks")[0].GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task An_officer_sees_what_became_of_their_own_offers_and_records_that_they_said_no_again(int width)
    {
        await using var window = await Window.OpenAsync(browser, width == 360 ? Window.Phone : Window.Desk);
        var id = await window.RecordAsync(Offer("declined", "07700 900704"));
        await window.RecordAsync(Offer("accepted", "07700 900705"));
        await window.App.WhenIdleAsync(Cancellation);
        await window.GoToAsync("/console/households");
        var page = window.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = Text("find.mine"), Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".vcas-call")).ToHaveCountAsync(2);
        var text = await page.InnerTextAsync("main");
        Assert.DoesNotContain("07700", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Alex", text, StringComparison.Ordinal);
        await window.IsAccessibleAsync("my offers");
        await window.PictureAsync($"find-mine-{width}");

        var row = page.Locator(".vcas-call").Filter(new() { HasText = Text("find.became.waiting") });
        await row.GetByRole(AriaRole.Link, new() { Name = Text("household.acts.saidNo") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("household.recordNo") }).ClickAsync();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("call.recorded.declined"));
        var offer = await window.ReadOfferAsync(id);
        Assert.Equal("visit", offer.GetProperty("attempts")[0].GetProperty("by").GetString());
        Assert.Equal("declinedInPerson", offer.GetProperty("closing").GetProperty("reason").GetString());
    }

    private static JsonObject Offer(string answer, string phone) => new()
    {
        ["answer"] = answer,
        ["team"] = "north",
        ["crimeReference"] = "07A/1234/24",
        ["offeredAt"] = Window.Monday.AddDays(-1).ToString("O"),
        ["contact"] = new JsonObject { ["name"] = "Alex Example", ["phone"] = phone },
    };
}
