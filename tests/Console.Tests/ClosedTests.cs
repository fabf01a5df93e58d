using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>A supervisor finds closed households by why they are closed, and goes on from there.</summary>
[Needs(Tool.Chromium)]
public sealed class ClosedTests(Browser browser)
{
    private const int MoreThanAPage = 21;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task A_closed_household_is_found_by_its_reason_and_led_to_support(int width)
    {
        await using var window = await Window.OpenAsync(browser, width == 360 ? Window.Phone : Window.Desk);
        var declined = await window.RecordAsync(Offer("declined", "07700 900711"));
        await PostAsync(window, $"call-backs/{declined}/attempts", new JsonObject
        {
            ["attemptId"] = Guid.NewGuid(),
            ["outcome"] = "declined",
            ["by"] = "visit",
            ["safetyChecked"] = true,
        });
        await window.RecordAsync(Offer("doNotContact", phone: null));
        await window.App.WhenIdleAsync(Cancellation);
        await window.GoToAsync("/console/supervise");
        var page = window.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = Text("supervise.part.closed"), Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".vcas-call")).ToHaveCountAsync(2);
        await window.IsAccessibleAsync("all closed");
        await window.PictureAsync($"closed-{width}", forDocuments: true);
        var text = await page.InnerTextAsync("main");
        Assert.DoesNotContain("07700", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Alex", text, StringComparison.Ordinal);

        await ChooseAsync("notReached");
        await Assertions.Expect(page.GetByText(Text("closed.nothing"))).ToBeVisibleAsync();
        await window.IsAccessibleAsync("none of a reason");
        await ChooseAsync("declinedInPerson");
        var row = page.Locator(".vcas-call");
        await Assertions.Expect(row).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByLabel(Text("closed.reason"))).ToHaveValueAsync("declinedInPerson");
        await row.GetByRole(AriaRole.Link, new() { Name = Text("household.acts.accept") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("call.refer") }).ClickAsync();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("call.recorded.accepted"));
        Assert.Equal("referred", (await window.ReadOfferAsync(declined)).GetProperty("state").GetString());

        async Task ChooseAsync(string reason)
        {
            await page.GetByLabel(Text("closed.reason")).SelectOptionAsync(reason);
            await page.GetByRole(AriaRole.Button, new() { Name = Text("callBacks.show") }).ClickAsync();
        }
    }

    [Fact]
    public async Task The_next_page_goes_on_where_the_first_ended()
    {
        await using var window = await Window.OpenAsync(browser);
        for (var made = 0; made < MoreThanAPage; made++) await window.RecordAsync(Offer("doNotContact", phone: null));
        await window.App.WhenIdleAsync(Cancellation);
        await window.GoToAsync("/console/closed?closed=doNotContact");
        var rows = window.Page.Locator(".vcas-call");
        await Assertions.Expect(rows).ToHaveCountAsync(MoreThanAPage - 1);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("callBacks.more") }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(MoreThanAPage);
        await Assertions.Expect(rows.Last.Locator("a").First).ToBeFocusedAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = Text("callBacks.more") })).ToBeHiddenAsync();
    }

    private static async Task PostAsync(Window window, string path, JsonObject body)
    {
        using var answer = await window.App.Http.PostAsJsonAsync($"api/{path}", body, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static JsonObject Offer(string answer, string? phone)
    {
        var offer = new JsonObject
        {
            ["answer"] = answer,
            ["team"] = "north",
            ["offeredAt"] = Window.Monday.AddDays(-1).ToString("O"),
        };
        if (phone is not null) offer["contact"] = new JsonObject { ["name"] = "Alex Example", ["phone"] = phone };
        return offer;
    }
}
