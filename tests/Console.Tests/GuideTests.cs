using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>The guide, which anybody may read.</summary>
[Needs(Tool.Chromium)]
public sealed class GuideTests(Browser browser)
{
    [Theory]
    [InlineData(360, false)]
    [InlineData(1280, false)]
    [InlineData(640, false)]
    [InlineData(320, false)]
    [InlineData(360, true)]
    public async Task The_guide_is_read_without_signing_in_and_names_this_forces_days(int width, bool plain)
    {
        var size = width switch { 360 => Window.Phone, 1280 => Window.Desk, _ => new ViewportSize { Width = width, Height = 450 } };
        await using var window = await Window.OpenAsync(browser, size, plain, person: null);
        await window.GoToAsync("/console/guide");
        await Assertions.Expect(window.Page.GetByText("phoned after 21 days and offered it again")).ToBeVisibleAsync();
        Assert.DoesNotMatch(@"\{\w+\}", await window.Page.InnerTextAsync("main"));
        if (plain)
            Assert.Equal("", await window.Page.EvaluateAsync<string>(
                "getComputedStyle(document.documentElement).getPropertyValue('--govuk-frontend-version')"));
        await window.IsAccessibleAsync("the guide");
        await window.PictureAsync($"guide-{width}{(plain ? "-plain" : "")}", forDocuments: !plain);

        await window.Page.GetByRole(AriaRole.Link, new() { Name = Text("guide.safe.title") }).FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = Text("guide.safe.title") })).ToBeFocusedAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = Text("guide.safe.title") })).ToBeInViewportAsync();
    }

    [Fact]
    public async Task The_guide_promises_no_entitlement()
    {
        await using var window = await Window.OpenAsync(browser, person: null);
        await window.GoToAsync("/console/guide");
        var text = await window.Page.InnerTextAsync("main");
        Assert.Contains("not a legal entitlement", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Victims’ Code", text, StringComparison.Ordinal);
    }
}
