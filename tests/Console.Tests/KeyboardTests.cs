using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>
/// Every page with the keyboard alone: one always sees where one is, is taken to what was got wrong, and is never sent back to the top.
/// </summary>
[Needs(Tool.Chromium)]
public sealed class KeyboardTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(360, false)]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task From_the_list_to_a_call_and_what_came_of_it(int width, bool plain)
    {
        await using var window = await OpenAsync(width, plain);
        var page = window.Page;
        var id = await RecordAsync(window, daysAgo: 22);
        await window.GoToAsync("/console/call-backs");
        await page.TabToAsync(".vcas-call a");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync($"{window.App.Http.BaseAddress}console/call-backs/{id}");
        await page.HeadingHasTheKeyboardAsync();

        // The last choice is the one that lets the call go on: upwards from the first.
        await page.TabToAsync("input[name=safety]");
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(page.GetByLabel(Text("call.safe"))).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".vcas-number")).ToBeVisibleAsync();

        await page.PressButtonAsync(Text("words.CallOutcome.callLater"), "Space");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 3, Name = Text("words.CallOutcome.callLater") }))
            .ToBeFocusedAsync();
        await page.PressButtonAsync(Text("call.record"));
        await page.GoToTheMistakeAsync("#day");
        await page.Keyboard.TypeAsync("03132024");
        await page.TabToAsync("#time");
        await page.Keyboard.TypeAsync("14:00");
        await page.PressButtonAsync(Text("call.record"));
        await Assertions.Expect(page.GetByText(Text("call.recorded.callLater"))).ToBeVisibleAsync();
        await page.HeadingHasTheKeyboardAsync();
        Assert.Equal(
            new DateTimeOffset(2024, 3, 13, 14, 0, 0, TimeSpan.Zero),
            (await window.ReadOfferAsync(id)).GetProperty("callFrom").GetDateTimeOffset());
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task A_hold_is_placed_and_released(int width)
    {
        await using var window = await OpenAsync(width);
        var page = window.Page;
        var id = await RecordAsync(window, daysAgo: 1);
        await window.GoToAsync($"/console/call-backs/{id}");
        await page.TabToAsync("summary");
        await page.Keyboard.PressAsync("Enter");
        await page.PressButtonAsync(Text("call.hold"));
        await page.GoToTheMistakeAsync("#safety");
        await page.Keyboard.PressAsync("Space");
        await page.PressButtonAsync(Text("call.hold"));
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("call.recorded.unsafeToCall"));
        await page.HeadingHasTheKeyboardAsync();
        Assert.Equal("held", (await window.ReadOfferAsync(id)).GetProperty("state").GetString());

        await page.PressButtonAsync(Text("call.release"));
        await page.GoToTheMistakeAsync("#checked");
        await page.Keyboard.PressAsync("Space");
        await page.PressButtonAsync(Text("call.release"), "Space");
        await Assertions.Expect(page.GetByText(Text("call.released"))).ToBeVisibleAsync();
        await page.HeadingHasTheKeyboardAsync();
        Assert.Equal("waiting", (await window.ReadOfferAsync(id)).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData(360, false)]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task The_supervisor_gives_a_call_to_somebody_else(int width, bool plain)
    {
        await using var window = await OpenAsync(width, plain);
        var page = window.Page;
        var id = await RecordAsync(window, daysAgo: 22);
        await window.GoToAsync("/console/supervise?part=waiting");
        await page.TabToAsync("a[href$='part=due']");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("a[href$='part=due']")).ToHaveAttributeAsync("aria-current", "page");
        await page.HeadingHasTheKeyboardAsync();

        // What opens takes the keyboard, and what closes gives it back.
        await page.PressButtonAsync(Text("supervise.giveTo"));
        await Assertions.Expect(page.GetByLabel(Text("supervise.wholeTeam", ("team", "call-back")))).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Shift+Tab");
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.Locator("input[name=assignee]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = Text("supervise.giveTo") })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Space");

        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(page.GetByLabel(Text("supervise.onePerson"))).ToBeFocusedAsync();
        await page.PressButtonAsync(Text("supervise.reassign"));
        await page.GoToTheMistakeAsync("#person");
        await page.Keyboard.PressAsync("Shift+Tab");
        // Past each colleague who is known by name.
        var me = page.GetByLabel(Text("supervise.me"), new() { Exact = true });
        for (var up = await page.Locator("input[name=assignee]").CountAsync(); up > 0 && !await me.IsCheckedAsync(); up--)
            await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(me).ToBeFocusedAsync();
        await page.PressButtonAsync(Text("supervise.reassign"));
        await Assertions.Expect(page.Locator(".vcas-call").GetByText(Text("supervise.assignedTo", ("name", Text("people.me")))))
            .ToBeVisibleAsync();
        await page.HeadingHasTheKeyboardAsync();
        Assert.Equal(
            (await window.ReadAsync("me")).GetProperty("id").GetString(),
            (await window.ReadAsync($"offers/{id}")).GetProperty("assignee").GetProperty("person").GetString());
    }

    [Fact]
    public async Task What_is_no_id_of_a_person_is_refused_where_it_was_typed_and_a_held_call_is_let_go()
    {
        await using var window = await OpenAsync(360);
        var page = window.Page;
        await RecordAsync(window, daysAgo: 22);
        var held = await RecordAsync(window, daysAgo: 22);
        using var answer = await window.App.Http.PutAsJsonAsync(
            $"api/call-backs/{held}/hold", new { reason = "bailChanged", reviewAt = Window.Monday.AddDays(7) }, Cancellation);
        answer.EnsureSuccessStatusCode();
        await window.GoToAsync("/console/supervise?part=due");
        await page.PressButtonAsync(Text("supervise.giveTo"));
        await page.Keyboard.PressAsync("ArrowUp");
        await page.TabToAsync("#person");
        await page.Keyboard.TypeAsync("bluebell");
        window.Expect("422");
        await page.Keyboard.PressAsync("Enter");
        await page.GoToTheMistakeAsync("#person");
        await window.IsAccessibleAsync("no id of a person");

        await page.TabToAsync("a[href$='part=held']");
        await page.Keyboard.PressAsync("Enter");
        await page.HeadingHasTheKeyboardAsync();
        await page.PressButtonAsync(Text("call.release"));
        await Assertions.Expect(page.Locator("input[name=checked]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Space");
        await page.PressButtonAsync(
            Text("supervise.releaseIt", ("reference", (await window.ReadOfferAsync(held)).GetProperty("reference").GetString()!)));
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("supervise.released").Split('{')[0]);
        Assert.Equal("due", (await window.ReadOfferAsync(held)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_household_that_comes_forward_by_itself_is_referred()
    {
        await using var window = await OpenAsync(360);
        var page = window.Page;
        var id = await RecordAsync(window, daysAgo: 3);
        await window.GoToAsync($"/console/call-backs/{id}");
        await page.TabToAsync("details:nth-of-type(2) > summary");
        await page.Keyboard.PressAsync("Enter");
        await window.IsAccessibleAsync("a household that comes forward");
        await page.PressButtonAsync(Text("call.refer"));
        await Assertions.Expect(page.GetByText(Text("call.recorded.accepted"))).ToBeVisibleAsync();
        await page.HeadingHasTheKeyboardAsync();
        Assert.Equal("referred", (await window.ReadOfferAsync(id)).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task Uptake_of_a_period_is_shown_and_kept_as_a_file(int width)
    {
        await using var window = await OpenAsync(width);
        var page = window.Page;
        await RecordAsync(window, daysAgo: 22);
        await window.GoToAsync("/console/uptake");
        await page.TabToAsync("#from");
        await page.Keyboard.TypeAsync("02012024");
        await page.TabToAsync("#to");
        await page.Keyboard.TypeAsync("01012024");
        await page.PressButtonAsync(Text("callBacks.show"));
        await page.GoToTheMistakeAsync("#to");
        await page.Keyboard.TypeAsync("03112024");
        await page.TabToAsync("input[name=by]");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(
            $"{window.App.Http.BaseAddress}console/uptake?by=halfYear&from=2024-02-01&to=2024-03-11");
        await page.HeadingHasTheKeyboardAsync();
        await page.TabToButtonAsync(Text("uptake.download"));
        var download = await page.RunAndWaitForDownloadAsync(() => page.Keyboard.PressAsync("Enter"));
        Assert.Equal("uptake-by-halfYear-2024-02-01-to-2024-03-11.csv", download.SuggestedFilename);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = Text("uptake.download") })).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task History_is_checked_and_taken_in(int width)
    {
        await using var window = await OpenAsync(width, alone: true);
        var page = window.Page;
        // A browser that is only told to leave the choice to the test when the key is pressed may open its own window first.
        var chosen = new TaskCompletionSource<IFileChooser>();
        page.FileChooser += (_, opened) => chosen.TrySetResult(opened);
        await window.GoToAsync("/console/history");
        await page.PressButtonAsync(Text("history.check"));
        await page.GoToTheMistakeAsync("#file");
        await page.Keyboard.PressAsync("Space");
        var chooser = await chosen.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        await chooser.SetFilesAsync(new FilePayload
        {
            Name = "history.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes("reference,offeredAt,answer\nH1,2022-03-04,declined\n"),
        });
        await page.PressButtonAsync(Text("history.check"));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = Text("history.sound.one") })).ToBeFocusedAsync();

        // The button goes while it works, and a large file takes minutes: what says so has the keyboard.
        var go = new TaskCompletionSource();
        await page.RouteAsync("**/api/history?*", async route =>
        {
            await go.Task;
            await route.ContinueAsync();
        });
        await page.PressButtonAsync(Text("history.import.one"));
        await Assertions.Expect(page.GetByText(Text("history.importing"))).ToBeFocusedAsync();
        go.SetResult();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = Text("history.imported.one") })).ToBeFocusedAsync();
    }

    private async Task<Window> OpenAsync(int width, bool plain = false, bool alone = false) =>
        await Window.OpenAsync(browser, width == 360 ? Window.Phone : Window.Desk, plain, alone: alone);

    private static async Task<Guid> RecordAsync(Window window, int daysAgo)
    {
        var id = await window.RecordAsync(new JsonObject
        {
            ["answer"] = "declined",
            ["team"] = "north",
            ["offeredAt"] = Window.Monday.AddDays(-daysAgo).ToString("O"),
            ["offeredAtConfirmed"] = true,
            ["contact"] = new JsonObject { ["name"] = "Alex Example", ["phone"] = "07700 900123" },
        });
        await window.App.WhenIdleAsync(Cancellation);
        return id;
    }
}
