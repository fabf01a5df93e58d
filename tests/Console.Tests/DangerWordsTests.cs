using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>Whoever ticks a danger reads at once that this calls nobody, with signal and without.</summary>
[Needs(Tool.Chromium)]
public sealed class DangerWordsTests(Browser browser)
{
    // As the settings are where a force has set nothing.
    private const string ControlRoom = "999 in an emergency, otherwise 101";

    [Theory]
    [InlineData("selfHarm", true)]
    [InlineData("violence", true)]
    [InlineData("childAtRisk", true)]
    [InlineData("suspectAtAddress", false)]
    public async Task They_stand_there_as_soon_as_the_box_is_ticked_and_go_with_it(string risk, bool isDanger)
    {
        await using var window = await Window.OpenAsync(browser);
        await window.GoToAsync("/console/record");
        var page = window.Page;
        await page.GetByText(Text("record.more")).ClickAsync();
        var box = page.GetByLabel(Text($"words.Risk.{risk}"));
        await box.CheckAsync();
        var words = page.Locator("#danger");
        if (isDanger) await Assertions.Expect(words).ToContainTextAsync(ControlRoom);
        await window.IsAccessibleAsync("a risk is ticked");
        await box.UncheckAsync();
        await Assertions.Expect(words).ToBeEmptyAsync();
        await page.GetByLabel(Text("record.directVictim")).CheckAsync();
        await Assertions.Expect(words).ToContainTextAsync("CHISVA");
    }

    [Fact]
    public async Task Without_signal_they_stand_in_the_form_and_beside_what_has_not_been_sent()
    {
        await using var window = await Window.OpenAsync(browser, offlineToo: true);
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        await window.SetOfflineAsync(true);
        await page.ReloadAsync();
        await page.FillDeclineAsync("07700 900655");
        await page.GetByText(Text("record.more")).ClickAsync();
        await page.GetByLabel(Text("words.Risk.selfHarm")).CheckAsync();
        await Assertions.Expect(page.Locator("#danger")).ToContainTextAsync(ControlRoom);
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        await Assertions.Expect(page.GetByText(Text("recorded.onThisPhoneOnly"))).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(ControlRoom);

        await window.SetOfflineAsync(false);
        await page.ArrivedAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(ControlRoom);
    }
}
