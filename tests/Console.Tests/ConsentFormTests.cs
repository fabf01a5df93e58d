using System.Text.Json;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>What somebody said yes or no to, and the force's words on the law: folded away, and nothing ticked for anybody.</summary>
[Needs(Tool.Chromium)]
public sealed class ConsentFormTests(Browser browser)
{
    [Fact]
    public async Task What_was_said_arrives_and_what_goes_against_the_answer_is_said_at_the_door()
    {
        await using var window = await Window.OpenAsync(browser);
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await Assertions.Expect(page.GetByText(Text("law.notSet"))).ToBeVisibleAsync();
        await page.GetByLabel(Text("words.OfferAnswer.declined")).CheckAsync();
        var consent = page.GetByText(Text("consent.title"));
        await consent.TapAsync();
        await Assertions.Expect(page.GetByText("May somebody phone you about support?")).ToBeVisibleAsync();
        await SayAsync(page, "beingReferred", "no");
        await SayAsync(page, "beingAskedAgain", "no");
        await page.GetByLabel(Text("consent.by")).SelectOptionAsync("themselves");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("problems.2063.message"));
        await window.IsAccessibleAsync("consent");

        await SayAsync(page, "beingAskedAgain", "yes");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        await Assertions.Expect(page.GetByText(Text("recorded.arrived")).First).ToBeVisibleAsync();
        var id = new Uri(page.Url).Segments[^1];
        var offer = await window.ReadOfferAsync(Guid.Parse(id));
        var said = Assert.Single(offer.GetProperty("consents").EnumerateArray());
        Assert.Equal(
            ("beingAskedAgain", "beingReferred", "themselves", "standard-1", false),
            (
                said.GetProperty("yesTo")[0].GetString(), said.GetProperty("noTo")[0].GetString(), said.GetProperty("by").GetString(),
                said.GetProperty("wordsVersion").GetString(), said.TryGetProperty("how", out _)));
    }

    private static Task SayAsync(IPage page, string to, string answer) =>
        page.Locator($"input[name=\"consent.{to}\"][value=\"{answer}\"]").CheckAsync(new() { Force = true });
}
