using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>A yes at a door where nobody has a safe number, and a household that is reached in more ways than one.</summary>
[Needs(Tool.Chromium)]
public sealed class RoutePageTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_yes_without_a_number_is_recorded_and_leaves_when_a_supervisor_gives_another_way()
    {
        await using var window = await Window.OpenAsync(browser);
        await window.GoToAsync("/console/record");
        var page = window.Page;
        var send = page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") });
        await page.GetByLabel(Text("words.OfferAnswer.accepted")).CheckAsync();
        await send.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("fields.phoneMissing"));
        await page.GetByLabel(Text("contact.noNumber")).CheckAsync();
        await send.ClickAsync();
        await page.ArrivedAsync();
        await Assertions.Expect(page.GetByText(Text("phone.willWaitForRoute"))).ToBeVisibleAsync();
        await window.IsAccessibleAsync("a yes that waits");

        var list = await window.ReadAsync("referrals?state=awaitingRoute");
        var id = list.GetProperty("referrals")[0].GetProperty("referralId").GetGuid();
        await window.GoToAsync($"/console/supervise/{id}");
        await Assertions.Expect(page.GetByText(Text("referral.awaitsRoute"))).ToBeVisibleAsync();
        await page.GetByLabel(Text("referral.giveRoute")).CheckAsync();
        await page.GetByText(Text("contact.otherWay"), new() { Exact = true }).ClickAsync();
        await page.GetByLabel(Text("words.RouteKind.professional")).CheckAsync();
        await page.GetByLabel(Text("contact.ways.professional")).FillAsync("Jo Example, school nurse");
        await page.GetByLabel(Text("contact.ways.reachedBy")).FillAsync("the school's office");
        await page.GetByLabel(Text("contact.otherConfirmed")).CheckAsync();
        await window.IsAccessibleAsync("another way");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("referral.sendAmendment") }).ClickAsync();
        await Assertions.Expect(page.GetByText(Text("referral.leaves"))).ToBeVisibleAsync();
        await window.App.WhenIdleAsync(Cancellation);
        Assert.Equal("sent", (await window.ReadAsync($"offers/{id}")).GetProperty("referral").GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_other_ways_are_shown_beside_the_number_and_only_after_the_check()
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await window.RecordAsync(Declined(
            """{"kind":"phone","phone":"07700 900123","confirmedInPerson":true}""",
            """{"kind":"email","email":"sam@example.org"}"""));
        await window.App.WhenIdleAsync(Cancellation);
        await window.GoToAsync($"/console/call-backs/{id}");
        var page = window.Page;
        await Assertions.Expect(page.GetByLabel(Text("call.safe"))).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("sam@example.org")).ToHaveCountAsync(0);
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        await page.GetByText(Text("call.otherWays")).ClickAsync();
        await Assertions.Expect(page.GetByText($"sam@example.org. {Text("call.notConfirmed")}")).ToBeVisibleAsync();
        await window.IsAccessibleAsync("the other ways");
    }

    [Fact]
    public async Task Whom_nobody_can_phone_is_shown_with_the_ways_that_are_known_after_the_check()
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await window.RecordAsync(Declined("""{"kind":"inPerson","place":"the library","confirmedInPerson":true}"""));
        await window.App.WhenIdleAsync(Cancellation);
        await window.GoToAsync($"/console/call-backs/{id}");
        await window.Page.GetByLabel(Text("call.safe")).CheckAsync();
        await Assertions.Expect(window.Page.GetByText(Text("call.noNumber"))).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByText("the library")).ToBeVisibleAsync();
        await window.IsAccessibleAsync("no number");
    }

    private static JsonObject Declined(params string[] routes) => new()
    {
        ["answer"] = "declined",
        ["offeredAt"] = Window.Monday.AddDays(-30).ToString("O"),
        ["offeredAtConfirmed"] = true,
        ["contact"] = new JsonObject { ["routes"] = new JsonArray([.. routes.Select(route => JsonNode.Parse(route))]) },
    };
}
