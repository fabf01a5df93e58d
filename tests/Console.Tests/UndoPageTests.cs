using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>Whoever pressed the wrong outcome has ten seconds to take it back, with one press and by the keyboard too.</summary>
[Needs(Tool.Chromium)]
public sealed class UndoPageTests(Browser browser)
{
    private const string Number = "07700 900583";
    private const string OtherNumber = "07700 900584";

    private static readonly string NoAnswer = Text("words.CallOutcome.noAnswer");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task An_outcome_is_undone_and_the_call_goes_on_where_it_was(int width)
    {
        await using var window = await Window.OpenAsync(
            browser, width == 1280 ? Window.Desk : new ViewportSize { Width = width, Height = 740 });
        var (id, page) = (await DueAsync(window), window.Page);
        await window.GoToAsync("/console/call-backs");
        await page.PressButtonAsync(Text("callBacks.next"));
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        await Assertions.Expect(page.GetByText(Number)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = NoAnswer, Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("call.recorded.noAnswer"));
        await Assertions.Expect(page.GetByText(Text("callBacks.progress", ("done", "1"), ("total", "1")))).ToBeVisibleAsync();
        await Assertions.Expect(Undo(page)).ToHaveTextAsync($"{Text("undo.undo", ("outcome", NoAnswer))} (10)");
        await Assertions.Expect(page.GetByText(Text("undo.spoken.other", ("outcome", NoAnswer), ("count", "10")))).ToHaveCountAsync(1);
        await window.IsAccessibleAsync("an outcome that can be undone");
        await window.PictureAsync($"undo-{width}");

        await page.HeadingHasTheKeyboardAsync();
        await page.TabToAsync(".vcas-undo button");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("undo.done", ("outcome", NoAnswer)));
        // It was checked a moment ago.
        await Assertions.Expect(page.GetByText(Number)).ToBeVisibleAsync();
        await Assertions.Expect(Undo(page)).ToHaveCountAsync(0);
        await window.IsAccessibleAsync("an outcome was undone");
        await window.PictureAsync($"undone-{width}");
        var offer = await window.ReadOfferAsync(id);
        Assert.Equal(("due", 0), (offer.GetProperty("state").GetString(), offer.GetProperty("attempts").GetArrayLength()));
        Assert.True(offer.GetProperty("claim").GetProperty("mine").GetBoolean());
        await page.GetByRole(AriaRole.Link, new() { Name = Text("call.back") }).ClickAsync();
        await Assertions.Expect(page.GetByText(Text("callBacks.progress", ("done", "0"), ("total", "1")))).ToBeVisibleAsync();
    }

    [Fact]
    public async Task After_ten_seconds_there_is_nothing_to_press_and_no_asked_twice_never_to_undo()
    {
        await using var window = await Window.OpenAsync(browser);
        var (id, page) = (await DueAsync(window), window.Page);
        await window.GoToAsync($"/console/call-backs/{id}");
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = NoAnswer, Exact = true }).ClickAsync();
        await Assertions.Expect(Undo(page)).ToBeVisibleAsync();
        await page.TabToAsync(".vcas-undo button");
        await window.SetTimeAsync(Window.Monday.AddSeconds(10));
        await Assertions.Expect(Undo(page)).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText(Text("undo.over"))).ToHaveCountAsync(1);
        await page.HeadingHasTheKeyboardAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = Text("callBacks.next") })).ToBeVisibleAsync();

        var never = await DueAsync(window, OtherNumber);
        await window.GoToAsync($"/console/call-backs/{never}");
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("words.CallOutcome.doNotContact") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("call.record"), Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("call.recorded.doNotContact"));
        await Assertions.Expect(Undo(page)).ToHaveCountAsync(0);
    }

    private static ILocator Undo(IPage page) => page.Locator(".vcas-undo button");

    private static async Task<Guid> DueAsync(Window window, string number = Number)
    {
        var id = await window.RecordAsync(new JsonObject
        {
            ["answer"] = "declined",
            ["offeredAt"] = Window.Monday.AddDays(-22).ToString("O"),
            ["offeredAtConfirmed"] = true,
            ["contact"] = new JsonObject { ["phone"] = number },
        });
        await window.App.WhenIdleAsync(Cancellation);
        return id;
    }
}
