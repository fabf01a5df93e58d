using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>
/// Each page has its pictures in docs/screens, on a phone and on a desk. The tests of a page take them (<see cref="Window.PictureAsync"/>
/// with <c>forDocuments</c>) where VCAS_WRITE_SCREENS is 1.
/// </summary>
public sealed class ScreenTests(Browser browser)
{
    /// <summary>A phone, and a desk.</summary>
    internal static readonly int[] Widths = [360, 1280];

    // A page that is added gets a line here, and its own test takes the pictures.
    private static readonly Dictionary<string, string[]> Screens = new(StringComparer.Ordinal)
    {
        ["audit.js"] = ["audit"],
        ["call-backs.js"] = ["call-backs"],
        ["call.js"] = ["call-check", "call"],
        ["closed.js"] = ["closed"],
        ["data-requests.js"] = ["data-requests"],
        ["find.js"] = ["find-search", "find-found"],
        ["guide.js"] = ["guide"],
        ["history.js"] = ["history"],
        ["household.js"] = ["household"],
        ["record.js"] = ["record-empty"],
        ["recorded.js"] = ["recorded"],
        ["referral.js"] = ["referral-refused"],
        ["service.js"] = ["service"],
        ["start.js"] = ["start"],
        ["supervise.js"] = ["supervise"],
        ["uptake.js"] = ["uptake"],
    };

    // What is no page of the console's own, and what shows a state of one.
    private static readonly string[] Others = ["locked", "vcas", "vcas-list"];

    public static TheoryData<string> Pages =>
        [.. Directory.EnumerateFiles(Sources.Path("src/VcasConsole/web/pages"), "*.js").Select(file => System.IO.Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_page_has_a_picture_at_both_widths(string module)
    {
        Assert.True(Screens.TryGetValue(module, out var names), $"{module} has no line in {nameof(Screens)}.");
        Assert.NotEmpty(names);
        Assert.All(names, AreThere);
    }

    [Fact]
    public void What_is_listed_is_there_and_nothing_is_listed_that_is_no_page()
    {
        Assert.All(Others, AreThere);
        Assert.All(Screens.Keys, module => Assert.Contains(module, Pages.Select(page => page.Data)));
    }

    [Theory]
    [Needs(Tool.Chromium)]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task The_first_page_leads_to_all_that_one_may_do(int width)
    {
        await using var window = await Window.OpenAsync(browser, width == 360 ? Window.Phone : Window.Desk);
        await window.GoToAsync("/console/");
        await Assertions.Expect(window.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = Text("record.title") }))
            .ToBeVisibleAsync();
        await window.IsAccessibleAsync("the first page");
        await window.PictureAsync($"start-{width}", forDocuments: true);
    }

    private static void AreThere(string name) => Assert.All(Widths, width =>
    {
        var picture = new FileInfo(Sources.Path($"docs/screens/{name}-{width}.png"));
        Assert.True(picture.Exists && picture.Length > 1_000, $"{picture.Name} is missing: run its test with VCAS_WRITE_SCREENS=1.");
    });
}
