using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>A sign-in ends while somebody is at work: nothing typed or pressed is lost, and nobody else's sign-in sends it.</summary>
[Needs(Tool.Chromium)]
public sealed class SignInEndedTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_outcome_is_kept_and_recorded_once_the_same_person_is_back()
    {
        await using var window = await Window.OpenAsync(browser, person: "everybody");
        var page = window.Page;
        var id = await DueAsync(window);
        await window.GoToAsync($"/console/call-backs/{id}");
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        await EndAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = Text("words.CallOutcome.noAnswer"), Exact = true }).TapAsync();

        // Somebody else is quicker at the issuer's page: the outcome isn't theirs.
        await window.ChooseAsync("caller");
        await page.Locator("h1").WaitForAsync();
        Assert.Equal(0, (await window.ReadOfferAsync(id)).GetProperty("attempts").GetArrayLength());
        await window.SignOutAsync();
        await window.SignInAsync("everybody");
        var reference = (await window.ReadOfferAsync(id)).GetProperty("reference").GetString()!;
        var said = Text("late.done", ("reference", reference), ("said", Text("call.recorded.noAnswer")));
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(said);
        Assert.Equal(1, (await window.ReadOfferAsync(id)).GetProperty("attempts").GetArrayLength());
        Assert.StartsWith("[]", await page.EvaluateAsync<string>(Doorstep.OnThisPhone), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_decided_is_done_right_after_signing_in_and_not_a_day_later()
    {
        await using var window = await Window.OpenAsync(browser);
        var page = window.Page;
        var id = await DueAsync(window);
        await window.GoToAsync("/console/supervise?part=due");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("supervise.giveTo") }).TapAsync();
        await page.GetByLabel(Text("supervise.me"), new() { Exact = true }).CheckAsync();
        await EndAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = Text("supervise.reassign"), Exact = true }).TapAsync();
        await page.Locator("button[value=everybody]").WaitForAsync();
        await window.SetTimeAsync(Window.Monday.AddMinutes(20));
        await window.ChooseAsync("everybody");
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("late.tooLate").Split("{reference}")[1].Split('“')[0]);
        var assignee = (await window.ReadOfferAsync(id)).GetProperty("assignee");
        Assert.False(assignee.TryGetProperty("person", out var person) && person.ValueKind == JsonValueKind.String);
        await window.IsAccessibleAsync("too late");

        await page.GetByRole(AriaRole.Button, new() { Name = Text("supervise.giveTo") }).TapAsync();
        await page.GetByLabel(Text("supervise.me"), new() { Exact = true }).CheckAsync();
        await EndAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = Text("supervise.reassign"), Exact = true }).TapAsync();
        await window.ChooseAsync("everybody");
        var reference = (await window.ReadOfferAsync(id)).GetProperty("reference").GetString()!;
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(
            Text("supervise.reassigned", ("reference", reference), ("name", Text("people.me"))));
        var given = (await window.ReadOfferAsync(id)).GetProperty("assignee").GetProperty("person").GetString();
        Assert.Equal("e0000000-0000-4000-8000-000000000001", given);
    }

    [Fact]
    public async Task An_offer_that_was_being_typed_stays_its_officers()
    {
        await using var window = await Window.OpenAsync(browser, person: "officer");
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await page.FillDeclineAsync("07700 900234");
        await EndAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        await Assertions.Expect(page.GetByText(Text("phone.signInToSend"))).ToBeVisibleAsync();
        await window.IsAccessibleAsync("signed out while typing");
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = Text("shell.signIn") }).TapAsync();
        await window.ChooseAsync("officer");
        await page.ArrivedAsync();
        Assert.Equal(1, (await window.ReadAsync("call-backs?state=waiting")).GetProperty("total").GetInt32());
    }

    // The issuer refused to renew: as the pages then forget the tokens.
    private static async Task EndAsync(IPage page) => await page.EvaluateAsync("sessionStorage.clear()");

    private static async Task<Guid> DueAsync(Window window)
    {
        var id = await window.RecordAsync(new JsonObject
        {
            ["answer"] = "declined",
            ["offeredAt"] = Window.Monday.AddDays(-24).ToString("O"),
            ["offeredAtConfirmed"] = true,
            ["contact"] = new JsonObject { ["phone"] = "07700 900555" },
        });
        await window.App.WhenIdleAsync(Cancellation);
        return id;
    }
}
