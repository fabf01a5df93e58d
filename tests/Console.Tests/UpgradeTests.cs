using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>A page that stood open while the service was upgraded, and a service whose clock is not the device's.</summary>
[Needs(Tool.Chromium)]
public sealed class UpgradeTests(Browser browser)
{
    private const string Number = "07700 900333";

    [Fact]
    public async Task An_old_page_says_so_loses_nothing_and_makes_way_at_the_next_step()
    {
        await using var window = await Window.OpenAsync(browser);
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await page.FillDeclineAsync(Number);
        await page.EvaluateAsync("globalThis.isOldPage = true");
        Assert.Equal("", await page.Locator("#upgrade").InnerTextAsync());
        var isUpgraded = true;
        await page.RouteAsync("**/api/**", async route =>
        {
            var answer = await route.FetchAsync();
            var headers = new Dictionary<string, string>(answer.Headers);
            if (isUpgraded) headers["vcas-version"] = "another";
            await route.FulfillAsync(new() { Response = answer, Headers = headers });
        });

        // Something asks the API while the form is open.
        await page.EvaluateAsync("import('/console/api.js').then(api => api.readMe()).then(() => true)");
        await Assertions.Expect(page.Locator("#upgrade")).ToContainTextAsync(Text("upgrade.ready"));
        await Assertions.Expect(page.GetByLabel(Text("contact.phone"))).ToHaveValueAsync(Number);
        await window.IsAccessibleAsync("a new version is ready");
        await page.WrittenDownAsync();
        isUpgraded = false;
        await page.Locator(".vcas-header__name").ClickAsync();
        await page.WaitForFunctionAsync("globalThis.isOldPage === undefined");
        await Assertions.Expect(page.Locator(".vcas-phone")).ToContainTextAsync(Text("phone.unfinished"));
        Assert.Equal("", await page.Locator("#upgrade").InnerTextAsync());
        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = Text("record.title") }).TapAsync();
        await Assertions.Expect(page.GetByLabel(Text("contact.phone"))).ToHaveValueAsync(Number);
    }

    [Fact]
    public async Task What_was_done_on_an_old_page_is_told_by_the_new_one()
    {
        await using var window = await Window.OpenAsync(browser);
        var page = window.Page;
        var id = await window.RecordAsync(new()
        {
            ["answer"] = "declined",
            ["offeredAt"] = Window.Monday.AddDays(-1).ToString("O"),
            ["contact"] = new System.Text.Json.Nodes.JsonObject { ["phone"] = Number },
        });
        await window.GoToAsync($"/console/households/{id}?reason=supervision&what=withdraw");
        await page.EvaluateAsync("globalThis.isOldPage = true");
        await page.RouteAsync("**/withdrawal", async route =>
        {
            var answer = await route.FetchAsync();
            var headers = new Dictionary<string, string>(answer.Headers) { ["vcas-version"] = "new" };
            await route.FulfillAsync(new() { Response = answer, Headers = headers });
        });
        await page.GetByLabel(Text("household.withdrawReason")).SelectOptionAsync("recordedInError");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("household.withdrawIt") }).ClickAsync();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("household.withdrawn"));
        Assert.False(await page.EvaluateAsync<bool>("globalThis.isOldPage === true"));
    }

    [Fact]
    public async Task Days_and_windows_go_by_the_services_clock_and_not_by_the_devices()
    {
        await using var window = await Window.OpenAsync(browser);
        var page = window.Page;
        var id = await window.RecordAsync(new()
        {
            ["answer"] = "declined",
            ["offeredAt"] = Window.Monday.AddDays(-24).ToString("O"),
            ["offeredAtConfirmed"] = true,
            ["contact"] = new System.Text.Json.Nodes.JsonObject { ["phone"] = Number },
        });
        await window.App.WhenIdleAsync(TestContext.Current.CancellationToken);

        // A laptop that is two days late, as beside an app whose clock was moved on.
        window.ServiceTime = Window.Monday;
        await window.SetTimeAsync(Window.Monday.AddDays(-2));
        await window.HasSignedInAsync("everybody");
        await window.GoToAsync($"/console/households/{id}?reason=supervision");
        await Assertions.Expect(page.GetByText("today at 10:00", new() { Exact = true })).ToBeVisibleAsync();
        await window.GoToAsync("/console/call-backs");
        await Assertions.Expect(page.Locator(".vcas-plan__row")).ToHaveCountAsync(1);
        await window.GoToAsync($"/console/call-backs/{id}");
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        await Assertions.Expect(page.Locator(".vcas-number")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("words.CallOutcome.callLater") }).TapAsync();
        await Assertions.Expect(page.GetByLabel(Text("call.day"))).ToHaveAttributeAsync("min", "2024-03-11");
    }
}
