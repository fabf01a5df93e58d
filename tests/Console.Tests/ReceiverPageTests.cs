using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;

namespace VcasFunctions.ConsoleTests;

/// <summary>VCAS's own page, of a receiver that runs as a process of its own beside the app.</summary>
[Needs(Tool.Chromium)]
public sealed class ReceiverPageTests(Browser browser) : IDisposable
{
    private const string Key = "akeythatischosenfortests";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vcas-page-");
    private readonly int port = FreePorts.Next();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task A_referral_is_read_and_answered_with_the_keyboard_alone(int width)
    {
        await using var window = await Window.OpenAsync(browser, width == 360 ? Window.Phone : Window.Desk, person: null);
        await using var receiver = ReceiverProcess.Start(
            window.App.Azure.Broker.ConnectionString, folder.FullName, "hold", "--page", $"{port}", "--page-key", Key);
        var page = window.Page;
        await OpenAsync(page, receiver);
        await window.IsAccessibleAsync("VCAS's list with nothing on it");

        await window.RecordAsync(Accepted());
        await window.App.WhenIdleAsync(Cancellation);
        await Eventually.HoldsAsync(async () =>
        {
            await page.ReloadAsync();
            return await page.Locator("th a").CountAsync() == 1;
        }, () => $"the referral to come. It printed:\n{receiver.Output}", Cancellation);
        await window.IsAccessibleAsync("VCAS's list");
        Assert.DoesNotContain("Alex", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await window.PictureAsync($"vcas-list-{width}", forDocuments: true);
        Assert.Empty(await page.EvaluateAsync<string[]>("[...document.querySelectorAll('main *')].filter(one => one.scrollWidth > "
            + "one.clientWidth + 1 && getComputedStyle(one).overflowX === 'auto').map(one => one.outerHTML.slice(0, 80))"));

        await page.TabToAsync("a[href^='/referrals/']");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Before you call").WaitForAsync();
        await window.IsAccessibleAsync("a referral");
        await window.PictureAsync($"vcas-{width}", forDocuments: true);

        // A mistake is said at the top, and what to do about it is one key away.
        window.Expect("422");
        await page.TabToAsync("#caseReference");
        await page.Keyboard.TypeAsync("VC 77?");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        Assert.StartsWith("Error: ", await page.TitleAsync(), StringComparison.Ordinal);
        await window.IsAccessibleAsync("a referral with a mistake in its answer");

        await page.TabToAsync("#caseReference");
        await page.Keyboard.TypeAsync("VC-77");
        await page.TabToAsync("button");
        await page.Keyboard.PressAsync("Space");
        await page.GetByText("as VC-77").WaitForAsync();
        await window.IsAccessibleAsync("a referral that VCAS has taken on");

        // The keyboard goes to a choice as a whole, and within it by arrows.
        await page.TabToAsync("input[name=reason]");
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.checked"));
        await page.TabToAsync("button");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Closed (").WaitForAsync();
        await window.IsAccessibleAsync("a referral that is closed");
        await window.App.WhenIdleAsync(Cancellation);
        await Eventually.HoldsAsync(
            async () => (await window.ReadAsync("referrals?state=closed")).GetProperty("referrals").GetArrayLength() == 1,
            "the force to hear of it",
            Cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);

    private async Task OpenAsync(IPage page, ReceiverProcess receiver)
    {
        await Eventually.HoldsAsync(
            () => Task.FromResult(receiver.Output.Contains($"127.0.0.1:{port}/", StringComparison.Ordinal)),
            () => $"the page. It printed:\n{receiver.Output}",
            Cancellation);
        await page.GotoAsync($"http://127.0.0.1:{port}/?key={Key}");
        await page.Locator("h1").WaitForAsync();
    }

    private static JsonObject Accepted() => new()
    {
        ["answer"] = "accepted",
        ["crimeReference"] = "42/123456/24",
        ["contact"] = new JsonObject
        {
            ["name"] = "Alex Example",
            ["phone"] = "07700 900123",
            ["safeTimes"] = new JsonArray(
                new JsonObject { ["days"] = new JsonArray("monday", "wednesday"), ["from"] = "10:00", ["to"] = "14:00" }),
            ["codeWord"] = "harbour",
        },
        ["risks"] = new JsonArray("suspectMayReturn"),
    };
}
