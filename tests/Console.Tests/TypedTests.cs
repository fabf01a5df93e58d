using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>What is typed into a form and not sent: it is there again for who typed it, until it is sent.</summary>
[Needs(Tool.Chromium)]
public sealed class TypedTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string?, string, string> Forms => new()
    {
        { "/console/households?", null, "crimeReference", "47/1111/24" },
        { "/console/households/{id}?reason=supervision&what=change", null, "crimeReference", "47/2222/24" },
        { "/console/households/{id}?reason=supervision&what=withdraw", null, "reason", "recordedInError" },
        { "/console/households/{id}?reason=supervision&what=merge", null, "reference", "CB-ABC234" },
        { "/console/households/{id}?reason=supervision&what=disclosure", null, "reviewAt", "2024-12-24" },
        { "/console/households/{id}?reason=supervision&what=contact", null, "contact.whoElseMayAnswer", "Their mother, after six" },
        { "/console/supervise?part=due", "supervise.giveTo", "person", "a7000000-0000-4000-8000-000000000077" },
        { "/console/supervise?part=tasks", null, "from", "2024-03-12" },
        { "/console/call-backs/{waiting}", null, "day", "2024-03-20" },
        { "/console/supervise/{referral}", null, "contact.whoElseMayAnswer", "Their aunt" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_sign_in_that_ends_takes_nothing_of_a_form_with_it(string path, string? press, string field, string value)
    {
        await using var window = await Window.OpenAsync(browser, person: "everybody");
        var page = window.Page;
        await window.GoToAsync(await AddressAsync(window, path));
        if (press is not null) await page.GetByRole(AriaRole.Button, new() { Name = Text(press) }).First.ClickAsync();
        await FillAsync(page, field, value);
        await page.WrittenDownAsync();
        Assert.DoesNotContain(value, await page.EvaluateAsync<string>(Doorstep.OnThisPhone), StringComparison.Ordinal);
        await page.EvaluateAsync("sessionStorage.clear()");
        await page.ReloadAsync();
        // A page that asks for nothing by itself doesn't send anybody to sign in.
        if (path.EndsWith("households?", StringComparison.Ordinal))
            await page.Locator("#who").GetByRole(AriaRole.Button, new() { Name = Text("shell.signIn") }).ClickAsync();
        await window.ChooseAsync("everybody");
        await Assertions.Expect(page.Locator($"[name='{field}']")).ToHaveValueAsync(value);
    }

    [Fact]
    public async Task What_was_sent_does_not_come_back()
    {
        await using var window = await Window.OpenAsync(browser);
        var page = window.Page;
        var address = await AddressAsync(window, "/console/households/{id}?reason=supervision&what=change");
        await window.GoToAsync(address);
        await page.GetByLabel(Text("record.reference")).FillAsync("47/2222/24");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("household.correct") }).TapAsync();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("household.corrected1"));
        await window.GoToAsync(address);
        await Assertions.Expect(page.GetByLabel(Text("record.reference"))).ToHaveValueAsync("47/2222/24");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = Text("typed.clear") })).ToHaveCountAsync(0);
        Assert.StartsWith("[]", await page.EvaluateAsync<string>(Doorstep.OnThisPhone), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_to_another_page_and_back_keeps_it_until_somebody_clears_it()
    {
        await using var window = await Window.OpenAsync(browser);
        var page = window.Page;
        var address = await AddressAsync(window, "/console/households/{id}?reason=supervision&what=withdraw");
        await window.GoToAsync(address);
        await page.GetByLabel(Text("household.withdrawReason")).SelectOptionAsync("recordedInError");
        await page.GetByRole(AriaRole.Link, new() { Name = Text("household.back") }).TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Text("find.title"));
        await page.GoBackAsync();
        await Assertions.Expect(page.GetByLabel(Text("household.withdrawReason"))).ToHaveValueAsync("recordedInError");
        await window.IsAccessibleAsync("what was typed is back");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("typed.clear") }).TapAsync();
        await Assertions.Expect(page.GetByLabel(Text("household.withdrawReason"))).ToHaveValueAsync("");

        // The rest of a shift, and no longer.
        await page.GetByLabel(Text("household.withdrawReason")).SelectOptionAsync("recordedInError");
        await page.WrittenDownAsync();
        await window.SetTimeAsync(Window.Monday.AddHours(13));
        await window.GoToAsync("/console/guide");
        await Assertions.Expect(page.Locator("#who")).ToContainTextAsync("everybody");
        await page.WrittenDownAsync();
        await page.WaitForFunctionAsync($"async () => (await ({Doorstep.OnThisPhone})()).startsWith('[]')");
    }

    private static async Task FillAsync(IPage page, string field, string value)
    {
        var found = page.Locator($"[name='{field}']");
        if (field == "crimeReference" && page.Url.Contains("households?", StringComparison.Ordinal))
            await page.GetByLabel(Text("find.crimeReference"), new() { Exact = true }).CheckAsync();
        if (page.Url.Contains("/supervise/", StringComparison.Ordinal)) await page.Locator("[name=what][value=amend]").CheckAsync();
        if (field == "person") await page.GetByLabel(Text("supervise.onePerson")).CheckAsync();
        foreach (var summary in await page.Locator("details:not([open]) > summary").AllAsync())
            if (!await found.IsVisibleAsync()) await summary.ClickAsync();
        if (await found.EvaluateAsync<string>("one => one.tagName") == "SELECT") await found.SelectOptionAsync(value);
        else await found.FillAsync(value);
    }

    private static async Task<string> AddressAsync(Window window, string path)
    {
        var due = await RecordAsync(window, "declined", 24, "07700 900555");
        var waiting = await RecordAsync(window, "declined", 1, "07700 900556");
        var referral = await RecordAsync(window, "accepted", 1, "07700 900557");
        await window.App.WhenIdleAsync(Cancellation);
        return path.Replace("{id}", $"{due}", StringComparison.Ordinal).Replace("{waiting}", $"{waiting}", StringComparison.Ordinal)
            .Replace("{referral}", $"{referral}", StringComparison.Ordinal);
    }

    private static Task<Guid> RecordAsync(Window window, string answer, int daysAgo, string phone) => window.RecordAsync(new JsonObject
    {
        ["answer"] = answer,
        ["offeredAt"] = Window.Monday.AddDays(-daysAgo).ToString("O"),
        ["offeredAtConfirmed"] = true,
        ["contact"] = new JsonObject { ["name"] = "Kim Example", ["phone"] = phone },
    });
}
