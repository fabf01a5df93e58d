using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

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
        await IsPrintedSafelyAsync(page);
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

    /// <summary>
    /// What somebody at VCAS does on a morning: they take on four, close one of these, refuse the other six, each for its own reason. What
    /// the force's console shows of each is what they answered, under the same short reference.
    /// </summary>
    [Fact]
    public async Task Ten_referrals_are_answered_on_VCASs_page_and_the_force_sees_each_answer()
    {
        string[] refusals = ["atCapacity", "outOfArea", "notEligible", "duplicate", "unableToContact", "insufficientInformation"];
        await using var window = await Window.OpenAsync(browser, Window.Desk);
        await using var receiver = ReceiverProcess.Start(
            window.App.Azure.Broker.ConnectionString, folder.FullName, "hold", "--page", $"{port}", "--page-key", Key);
        var page = window.Page;
        var ids = new List<Guid>();
        for (var number = 0; number < 10; number++) ids.Add(await window.RecordAsync(Accepted($"07700 90012{number}", $"Case {number}")));
        await window.App.WhenIdleAsync(Cancellation);
        await OpenAsync(page, receiver);
        await Eventually.HoldsAsync(
            async () => await page.ReloadAsync() is not null && await page.Locator("th a").CountAsync() == ids.Count,
            () => $"ten referrals to come. It printed:\n{receiver.Output}",
            Cancellation);
        var list = page.GetByRole(AriaRole.Table, new() { Name = "To answer" });
        await Assertions.Expect(list.GetByRole(AriaRole.Columnheader)).ToHaveTextAsync(
            ["Referral", "Due", "Risks", "Safe to call", "Household", "From", "Received"]);
        await window.IsAccessibleAsync("ten referrals to answer");
        await window.PictureAsync("vcas-ten");

        for (var number = 0; number < ids.Count; number++)
        {
            var offer = await window.App.GetAsync($"offers/{ids[number]}?reason=ownRecord", Cancellation);
            await page.GetByRole(AriaRole.Link, new() { Name = offer.GetProperty("reference").GetString()!, Exact = true }).ClickAsync();
            if (number < 4)
            {
                await page.GetByLabel("Your case reference, if you have one").FillAsync($"VC-{number}");
                await page.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
                await page.GetByText($"as VC-{number}").WaitForAsync();
            }
            else
            {
                await page.Locator($"#rejected-{refusals[number - 4]}").CheckAsync();
                await page.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
                await page.GetByText("Not taken on (").WaitForAsync();
            }

            if (number == 0)
            {
                await page.Locator("#closed-needsMet").CheckAsync();
                await page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
                await page.GetByText("Closed (").WaitForAsync();
            }

            await page.GetByRole(AriaRole.Link, new() { Name = "All referrals" }).ClickAsync();
        }

        await page.GetByText("Nothing waits for an answer.").WaitForAsync();
        await window.IsAccessibleAsync("ten referrals answered");
        await window.PictureAsync("vcas-ten-answered");
        await Eventually.HoldsAsync(
            async () =>
            {
                await window.App.WhenIdleAsync(Cancellation);
                return (await CountAsync("accepted"), await CountAsync("rejected"), await CountAsync("closed")) == (3, 6, 1);
            },
            "the force to hear of all ten",
            Cancellation);
        for (var number = 0; number < ids.Count; number++)
        {
            await window.GoToAsync(new Uri(window.App.Http.BaseAddress!, $"/console/supervise/{ids[number]}").ToString());
            var state = number == 0 ? "closed" : number < 4 ? "accepted" : "rejected";
            await Assertions.Expect(page.Locator("main .govuk-tag")).ToHaveTextAsync(Text($"words.ReferralState.{state}"));
            await Assertions.Expect(page.Locator("main")).ToContainTextAsync(
                number == 0 ? Text("words.ClosureReason.needsMet") : number < 4 ? $"VC-{number}"
                : Text($"words.RejectionReason.{refusals[number - 4]}"));
        }

        async Task<int> CountAsync(string state) =>
            (await window.App.GetAsync($"referrals?state={state}", Cancellation)).GetProperty("referrals").GetArrayLength();
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);

    // On paper are neither forms nor ways to go on, and the number only where it is safe to call at the time of printing.
    private static async Task IsPrintedSafelyAsync(IPage page)
    {
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
        var isSafe = await page.Locator(".safe.open").CountAsync() == 1;
        Assert.Equal(isSafe, (await page.InnerTextAsync("main")).Contains("900123", StringComparison.Ordinal));
        Assert.Contains("harbour", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await page.EmulateMediaAsync(new() { Media = Media.Null });
    }

    private async Task OpenAsync(IPage page, ReceiverProcess receiver)
    {
        await Eventually.HoldsAsync(
            () => Task.FromResult(receiver.Output.Contains($"127.0.0.1:{port}/", StringComparison.Ordinal)),
            () => $"the page. It printed:\n{receiver.Output}",
            Cancellation);
        await page.GotoAsync($"http://127.0.0.1:{port}/?key={Key}");
        await page.Locator("h1").WaitForAsync();
    }

    private static JsonObject Accepted(string phone = "07700 900123", string crimeReference = "42/123456/24") => new()
    {
        ["answer"] = "accepted",
        ["crimeReference"] = crimeReference,
        ["contact"] = new JsonObject
        {
            ["name"] = "Alex Example",
            ["phone"] = phone,
            ["safeTimes"] = new JsonArray(
                new JsonObject { ["days"] = new JsonArray("monday", "wednesday"), ["from"] = "10:00", ["to"] = "14:00" }),
            ["codeWord"] = "harbour",
        },
        ["risks"] = new JsonArray("suspectMayReturn"),
    };
}
