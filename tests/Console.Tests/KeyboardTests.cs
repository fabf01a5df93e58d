using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>
/// A day's work without a mouse, by those who phone, who watch over it and who report: wherever the keyboard goes is seen, and after
/// each step it is where one goes on from.
/// </summary>
[Trait("Needs", "Chromium")]
public sealed class KeyboardTests(Browser browser)
{
    private const string Number = "07700 900123";
    private const string Somebody = "6b1f7c1e-7b0a-4f0e-9a53-2f4c8d1b9e60";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task A_caller_goes_from_the_list_to_a_call_and_records_what_came_of_it(int width)
    {
        await using var window = await OpenAsync(width);
        var id = await DueAsync(window);
        await window.GoToAsync("/console/call-backs");
        await window.PressAsync($"a[href$='{id}']");
        await IsAtTheHeadingAsync(window);

        await window.ChooseAsync("safety", "safe");
        await Assertions.Expect(window.Page.GetByText(Number)).ToBeVisibleAsync();
        await window.PressAsync("button", Text("words.CallOutcome.callLater"));
        await window.PressAsync("button", Text("call.record"));
        await Assertions.Expect(window.Page.Locator(".govuk-error-summary")).ToBeFocusedAsync();

        // From the mistake to its field, and on from there.
        await window.PressAsync(".govuk-error-summary a");
        Assert.True(await window.Page.EvaluateAsync<bool>("document.activeElement.matches('input[type=date]')"));
        // The same whichever the browser puts first, the day or the month.
        await window.Page.Keyboard.TypeAsync("04042024");
        await window.TabToAsync("select");
        await window.Page.Keyboard.TypeAsync("14:00");
        await window.PressAsync("button", Text("call.record"));
        await Assertions.Expect(window.Page.GetByText(Text("call.recorded.callLater"))).ToBeVisibleAsync();
        await IsAtTheHeadingAsync(window);
        var attempt = (await window.ReadOfferAsync(id)).GetProperty("attempts")[0];
        Assert.Equal(("callLater", new DateTimeOffset(2024, 4, 4, 13, 0, 0, TimeSpan.Zero)), (attempt.GetProperty("outcome").GetString(), attempt.GetProperty("callAgainAt").GetDateTimeOffset()));
    }

    [Fact]
    public async Task A_call_is_held_and_let_go_again()
    {
        await using var window = await OpenAsync(360);
        var id = await DueAsync(window);
        await window.GoToAsync($"/console/call-backs/{id}");
        await window.ChooseAsync("safety", "bailChanged");
        await window.PressAsync("button", Text("call.hold"));
        await Assertions.Expect(window.Page.GetByText(Text("call.recorded.unsafeToCall"))).ToBeVisibleAsync();
        await IsAtTheHeadingAsync(window);
        Assert.Equal("held", await StateAsync(window, id));

        await window.PressAsync("button", Text("call.release"));
        await Assertions.Expect(window.Page.Locator(".govuk-error-summary")).ToBeFocusedAsync();
        await window.PressAsync("input[name=checked]", key: "Space");
        await window.PressAsync("button", Text("call.release"));
        await Assertions.Expect(window.Page.GetByText(Text("call.released"))).ToBeVisibleAsync();
        await IsAtTheHeadingAsync(window);
        Assert.Equal("due", await StateAsync(window, id));
    }

    [Fact]
    public async Task A_household_that_comes_forward_by_itself_is_referred()
    {
        await using var window = await OpenAsync(360);
        var id = await window.RecordAsync(Declined(daysAgo: 3));
        await window.App.WhenIdleAsync(Cancellation);
        await window.GoToAsync($"/console/call-backs/{id}");
        await window.PressAsync("summary", Text("call.cameForward"));
        await window.IsAccessibleAsync("a household that comes forward");
        await window.PictureAsync("call-came-forward-360");
        await window.PressAsync("button", Text("call.refer"));
        await Assertions.Expect(window.Page.GetByText(Text("call.recorded.accepted"))).ToBeVisibleAsync();
        await IsAtTheHeadingAsync(window);
        Assert.Equal("referred", await StateAsync(window, id));
        await window.IsAccessibleAsync("referred");
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task A_supervisor_goes_through_the_parts_gives_a_call_to_somebody_and_lets_a_held_one_go(int width)
    {
        await using var window = await OpenAsync(width);
        var due = await DueAsync(window);
        var held = await DueAsync(window);
        (await window.App.Http.PutAsJsonAsync($"api/call-backs/{held}/hold", new { reason = "bailChanged", reviewAt = Window.Monday.AddDays(7) }, Cancellation)).EnsureSuccessStatusCode();
        await window.GoToAsync("/console/supervise");

        await window.PressAsync("a[href$='part=due']");
        await Assertions.Expect(window.Page.Locator("a[href$='part=due']")).ToHaveAttributeAsync("aria-current", "page");
        await IsAtTheHeadingAsync(window);
        await window.PressAsync("button", Text("supervise.giveTo"));
        await Assertions.Expect(window.Page.Locator("input[name=assignee]").First).ToBeFocusedAsync();
        await window.Page.Keyboard.PressAsync("ArrowUp");
        Assert.True(await window.Page.GetByLabel(Text("supervise.onePerson")).IsCheckedAsync());
        await window.TabToAsync("input[name=person]");
        await window.Page.Keyboard.TypeAsync("bluebell");
        window.Expect("422");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator(".govuk-error-summary")).ToBeFocusedAsync();
        await window.IsAccessibleAsync("no id of a person");
        await window.TabToAsync("input[name=person]");
        await window.Page.Keyboard.PressAsync("Control+A");
        await window.Page.Keyboard.TypeAsync(Somebody);
        await window.PressAsync("button", Text("supervise.reassign"));
        await Assertions.Expect(window.Page.Locator("#notice")).ToContainTextAsync(Text("supervise.reassigned").Split('{')[0]);
        await IsAtTheHeadingAsync(window);
        Assert.Equal(Somebody, (await window.ReadOfferAsync(due)).GetProperty("assignee").GetProperty("person").GetString());

        await window.PressAsync("a[href$='part=held']");
        await IsAtTheHeadingAsync(window);
        await window.PressAsync("button", Text("call.release"));
        await Assertions.Expect(window.Page.Locator("input[name=checked]")).ToBeFocusedAsync();
        await window.Page.Keyboard.PressAsync("Space");
        await window.PressAsync("button", Text("supervise.releaseIt").Split('{')[0]);
        await Assertions.Expect(window.Page.Locator("#notice")).ToContainTextAsync(Text("supervise.released").Split('{')[0]);
        Assert.Equal("due", await StateAsync(window, held));
    }

    [Fact]
    public async Task The_figures_of_a_year_are_asked_for_and_kept_as_a_file()
    {
        await using var window = await OpenAsync(1280);
        using var history = new StringContent("reference,offeredAt,answer\nH1,2022-03-04,declined\nH2,2023-03-04,accepted\n", Encoding.UTF8, "text/csv");
        (await window.App.Http.PostAsync("api/history", history, Cancellation)).EnsureSuccessStatusCode();
        await window.GoToAsync("/console/uptake");
        await window.TabToAsync("input[name=from]");
        await window.Page.Keyboard.TypeAsync("01012023");
        await window.ChooseAsync("by", "month");
        await window.PressAsync("button", Text("callBacks.show"));
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Img, new() { Name = Text("uptake.chart.month") })).ToBeVisibleAsync();
        await IsAtTheHeadingAsync(window);
        Assert.Contains("from=2023-01-01", window.Page.Url, StringComparison.Ordinal);
        await window.TabToAsync("button", Text("uptake.download"));
        var download = await window.Page.RunAndWaitForDownloadAsync(() => window.Page.Keyboard.PressAsync("Enter"));
        Assert.StartsWith("uptake-by-month-2023-01-01", download.SuggestedFilename, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_earlier_offers_is_checked_and_taken_in()
    {
        await using var window = await OpenAsync(1280);
        await window.GoToAsync("/console/history");
        await window.TabToAsync("input[type=file]");
        var chooser = await window.Page.RunAndWaitForFileChooserAsync(() => window.Page.Keyboard.PressAsync("Space"));
        await chooser.SetFilesAsync(new FilePayload { Name = "history.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("reference,offeredAt,answer\nH1,2022-03-04,declined\nH2,2022-04-04,accepted\n") });
        await window.PressAsync("button", Text("history.check"));
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = Text("history.sound.other", ("count", "2")) })).ToBeFocusedAsync();
        await window.PressAsync("button", Text("history.import.other", ("count", "2")));
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = Text("history.imported.other", ("count", "2")) })).ToBeFocusedAsync();
    }

    private async Task<Window> OpenAsync(int width) => await Window.OpenAsync(browser, width == 360 ? Window.Phone : Window.Desk);

    // A new page begins at its heading: a screen reader reads it, and Tab goes on from there.
    private static Task IsAtTheHeadingAsync(Window window) => Assertions.Expect(window.Page.Locator("h1")).ToBeFocusedAsync();

    private static async Task<Guid> DueAsync(Window window)
    {
        var id = await window.RecordAsync(Declined(daysAgo: 22));
        await window.App.WhenIdleAsync(Cancellation);
        return id;
    }

    private static async Task<string?> StateAsync(Window window, Guid id) => (await window.ReadOfferAsync(id)).GetProperty("state").GetString();

    private static JsonObject Declined(int daysAgo) => new()
    {
        ["answer"] = "declined",
        ["offeredAt"] = Window.Monday.AddDays(-daysAgo).ToString("O"),
        ["contact"] = new JsonObject { ["name"] = "Alex Example", ["phone"] = Number },
    };
}
