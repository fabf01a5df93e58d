using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>A page that nobody touches: nothing of it is to be seen, nothing typed is lost, and nobody else gets it.</summary>
[Needs(Tool.Chromium)]
public sealed class IdleLockTests(Browser browser)
{
    private const int Minutes = 10;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task A_locked_page_shows_reads_and_prints_nothing_and_the_same_person_goes_on_where_they_were(int width)
    {
        await using var window = await OpenAsync("everybody", width == 360 ? Window.Phone : Window.Desk);
        var page = window.Page;
        var (id, reference) = await HouseholdAsync(window);
        await window.GoToAsync($"/console/households/{id}?reason=supervision");
        await page.GetByLabel(Text("household.acts.change"), new() { Exact = true }).CheckAsync();
        await page.GetByLabel(Text("record.reference")).FillAsync("47/8842/24");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.addPerson") }).ClickAsync();
        await page.Locator("select[name='household.people[0].relationship']").SelectOptionAsync("child");
        await page.WrittenDownAsync();

        await window.SetTimeAsync(Window.Monday.AddMinutes(Minutes).AddSeconds(-30));
        await Assertions.Expect(page.Locator("#locking")).ToContainTextAsync(Text("lock.soon"));
        await window.IsAccessibleAsync("about to lock");
        await window.SetTimeAsync(Window.Monday.AddMinutes(Minutes));
        await LockedAsync(page);
        await window.IsAccessibleAsync("locked");
        await window.PictureAsync($"locked-{width}", forDocuments: true);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        var everything = await page.ContentAsync() + await page.TitleAsync() + await page.Locator("body").AriaSnapshotAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        foreach (var shown in new[] { reference, "47/8842/24", "Kim Example", Text("shell.signedInAs", ("name", "everybody")) })
            Assert.DoesNotContain(shown, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "access", await page.EvaluateAsync<string>("JSON.stringify({ ...sessionStorage })"), StringComparison.Ordinal);

        // Whoever loads it anew, or goes back, sees no more.
        await page.ReloadAsync();
        await LockedAsync(page);
        await page.EvaluateAsync("document.dispatchEvent(new CustomEvent('vcas:navigate', { detail: { path: '/console/' } }))");
        await LockedAsync(page);
        await page.GoBackAsync();
        await LockedAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = Text("lock.signIn") }).ClickAsync();
        await page.Locator("button[value=everybody]").WaitForAsync();
        Assert.Contains("prompt=login", page.Url, StringComparison.Ordinal);
        await window.ChooseAsync("everybody");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(reference);
        await Assertions.Expect(page.GetByLabel(Text("record.reference"))).ToHaveValueAsync("47/8842/24");
        await Assertions.Expect(page.Locator("select[name='household.people[0].relationship']")).ToHaveValueAsync("child");
        await window.IsAccessibleAsync("back after a lock");
        await window.PictureAsync($"back-after-lock-{width}");
    }

    [Fact]
    public async Task Another_person_sees_nothing_of_it_not_even_where_it_was()
    {
        await using var window = await OpenAsync("everybody");
        var page = window.Page;
        var (id, reference) = await HouseholdAsync(window);
        await window.GoToAsync($"/console/households/{id}?reason=supervision&what=change");
        await page.GetByLabel(Text("record.reference")).FillAsync("47/8842/24");
        await page.WrittenDownAsync();
        await window.SetTimeAsync(Window.Monday.AddMinutes(Minutes));
        await LockedAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = Text("lock.signIn") }).ClickAsync();
        await window.ChooseAsync("supervisor");
        await page.Locator("h1").WaitForAsync();
        Assert.EndsWith("/console/", page.Url, StringComparison.Ordinal);
        await window.GoToAsync($"/console/households/{id}?reason=supervision&what=change");
        await Assertions.Expect(page.GetByLabel(Text("record.reference"))).ToHaveValueAsync("");
        Assert.DoesNotContain("47/8842/24", await page.EvaluateAsync<string>(Doorstep.OnThisPhone), StringComparison.Ordinal);

        // Theirs is still theirs.
        await window.SignOutAsync();
        await window.SignInAsync("everybody");
        await window.GoToAsync($"/console/households/{id}?reason=supervision&what=change");
        await Assertions.Expect(page.GetByLabel(Text("record.reference"))).ToHaveValueAsync("47/8842/24");
        await Assertions.Expect(page.GetByText(reference).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task All_tabs_lock_together_and_a_touch_in_one_keeps_all_open()
    {
        await using var window = await OpenAsync("everybody", alone: true);
        var (first, second) = (window.Page, await window.Page.Context.NewPageAsync());
        await window.GoToAsync("/console/");
        await second.Clock.SetFixedTimeAsync(Window.Monday.UtcDateTime);
        await second.GotoAsync("/console/icon.svg");
        await second.EvaluateAsync(
            "kept => sessionStorage.setItem('vcas.tokens', kept)",
            await first.EvaluateAsync<string>("sessionStorage.getItem('vcas.tokens')"));
        await second.GotoAsync("/console/");
        var signedIn = Text("shell.signedInAs", ("name", "everybody"));
        await Assertions.Expect(second.GetByText(signedIn)).ToBeVisibleAsync();

        // Nine minutes later somebody works in the first one.
        foreach (var page in new[] { first, second }) await page.Clock.SetFixedTimeAsync(Window.Monday.AddMinutes(9).UtcDateTime);
        await first.Keyboard.PressAsync("Tab");
        foreach (var page in new[] { first, second }) await page.Clock.SetFixedTimeAsync(Window.Monday.AddMinutes(15).UtcDateTime);
        await second.EvaluateAsync("dispatchEvent(new Event('focus'))");
        await Assertions.Expect(second.GetByText(signedIn)).ToBeVisibleAsync();

        // A laptop that slept: what wakes it up counts for nobody, and what it would have pressed is not pressed.
        await first.Clock.SetFixedTimeAsync(Window.Monday.AddHours(14).UtcDateTime);
        await first.Keyboard.PressAsync("Tab");
        await LockedAsync(first);
        await LockedAsync(second);
        await second.CloseAsync();
    }

    [Fact]
    public async Task A_call_is_checked_again_after_a_lock_and_its_claim_is_given_back()
    {
        await using var window = await OpenAsync("everybody");
        var page = window.Page;
        var (id, _) = await HouseholdAsync(window);
        await window.GoToAsync($"/console/call-backs/{id}");
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("words.CallOutcome.callLater") }).ClickAsync();
        await page.GetByLabel(Text("call.day")).FillAsync("2024-03-13");
        await page.WrittenDownAsync();
        var givenBack = page.WaitForResponseAsync(answer => answer.Request.Method == "DELETE" && answer.Ok);
        await window.SetTimeAsync(Window.Monday.AddMinutes(Minutes));
        await LockedAsync(page);
        Assert.DoesNotContain("900777", await page.ContentAsync(), StringComparison.Ordinal);
        await givenBack;
        await page.GetByRole(AriaRole.Button, new() { Name = Text("lock.signIn") }).ClickAsync();
        await window.ChooseAsync("everybody");

        // The number is not there before somebody has looked again; then the day that was typed is.
        await Assertions.Expect(page.GetByLabel(Text("call.safe"))).Not.ToBeCheckedAsync();
        Assert.DoesNotContain("900777", await page.ContentAsync(), StringComparison.Ordinal);
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("words.CallOutcome.callLater") }).ClickAsync();
        await Assertions.Expect(page.GetByLabel(Text("call.day"))).ToHaveValueAsync("2024-03-13");
    }

    [Fact]
    public async Task What_nobody_had_signed_in_for_is_not_left_on_the_screen_and_waits_on_the_phone()
    {
        await using var window = await OpenAsync(person: null);
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await page.FillDeclineAsync("07700 900777");
        await page.WrittenDownAsync();
        await window.SetTimeAsync(Window.Monday.AddMinutes(Minutes));
        await Assertions.Expect(page.Locator(".vcas-phone")).ToContainTextAsync(Text("phone.nobodysBegun").Split('{')[0]);
        Assert.DoesNotContain("900777", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.EndsWith("/console/", page.Url, StringComparison.Ordinal);
    }

    private Task<Window> OpenAsync(string? person, ViewportSize? size = null, bool alone = false) =>
        Window.OpenAsync(browser, size, person: person, alone: alone, idleMinutes: Minutes);

    private static async Task LockedAsync(IPage page)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = Text("lock.title") })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#who")).ToBeEmptyAsync();
    }

    private static async Task<(Guid Id, string Reference)> HouseholdAsync(Window window)
    {
        var id = await window.RecordAsync(new JsonObject
        {
            ["answer"] = "declined",
            ["offeredAt"] = Window.Monday.AddDays(-24).ToString("O"),
            ["offeredAtConfirmed"] = true,
            ["contact"] = new JsonObject { ["name"] = "Kim Example", ["phone"] = "07700 900777" },
        });
        await window.App.WhenIdleAsync(Cancellation);
        return (id, (await window.ReadOfferAsync(id)).GetProperty("reference").GetString()!);
    }
}
