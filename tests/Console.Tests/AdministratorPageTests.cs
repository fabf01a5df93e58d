using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>An administrator answers a request for data, and sees how the service is kept, without an id or a token in hand.</summary>
[Needs(Tool.Chromium)]
public sealed class AdministratorPageTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(360, false)]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task All_that_is_kept_goes_into_a_file_and_is_erased_once_that_was_asked_for_twice(int width, bool plain)
    {
        await using var window = await Window.OpenAsync(
            browser, width == 360 ? Window.Phone : Window.Desk, plain, person: "administrator");
        var id = await window.RecordAsync(Offer("07700 900731"));
        using (var closed = await window.App.Http.PostAsync(
            $"api/offers/{id}/withdrawal", new StringContent("""{"reason":"moved"}""", null, "application/json"), Cancellation))
            closed.EnsureSuccessStatusCode();
        var reference = (await window.ReadOfferAsync(id)).GetProperty("reference").GetString()!;
        await window.GoToAsync("/console/");
        var page = window.Page;
        await page.Locator(".vcas-doors a").First.ClickAsync();
        await SearchAsync(page, "07700 900731");
        var row = page.Locator(".vcas-call");
        await Assertions.Expect(row).ToContainTextAsync(reference);
        Assert.DoesNotContain("Alex", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.DoesNotContain("900731", page.Url, StringComparison.Ordinal);
        await window.IsAccessibleAsync("found");

        await Press(page, "dataRequests.acts.export");
        await window.IsAccessibleAsync("export");
        await window.PictureAsync($"data-requests-{width}{(plain ? "-plain" : "")}", forDocuments: !plain);
        var file = await page.RunAndWaitForDownloadAsync(() => Press(page, "dataRequests.export", reference));
        Assert.Equal($"{reference}-2024-03-11.json", file.SuggestedFilename);
        var kept = JsonDocument.Parse(await File.ReadAllTextAsync(await file.PathAsync(), Cancellation)).RootElement;
        Assert.Equal("+447700900731", kept.GetProperty("offer").GetProperty("contact").GetProperty("phone").GetString());
        Assert.Contains("householdExported", kept.GetProperty("audit").ToString(), StringComparison.Ordinal);

        await Press(page, "dataRequests.acts.erase");
        await Press(page, "dataRequests.erase");
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("household.reasonMissing"));
        await page.GetByLabel(Text("dataRequests.why")).SelectOptionAsync("dataSubjectRequest");
        await Press(page, "dataRequests.erase");
        var sure = page.GetByRole(AriaRole.Heading, new() { Name = Text("dataRequests.sure", ("reference", reference)) });
        await Assertions.Expect(sure).ToBeFocusedAsync();
        await window.IsAccessibleAsync("erase");
        await window.PictureAsync($"data-requests-erase-{width}{(plain ? "-plain" : "")}");
        await Press(page, "dataRequests.keepIt");
        await Assertions.Expect(sure).ToBeHiddenAsync();
        await Press(page, "dataRequests.erase");
        await Press(page, "dataRequests.eraseIt", reference);
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("dataRequests.erased", ("reference", reference)));
        Assert.Equal("dataSubjectRequest", (await window.ReadOfferAsync(id)).GetProperty("erasure").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_household_that_still_waits_is_not_erased_and_the_page_says_why()
    {
        await using var window = await Window.OpenAsync(browser, person: "administrator");
        var id = await window.RecordAsync(Offer("07700 900732"));
        await window.GoToAsync("/console/data-requests");
        var page = window.Page;
        await SearchAsync(page, "07700 900732");
        await Press(page, "dataRequests.acts.erase");
        await page.GetByLabel(Text("dataRequests.why")).SelectOptionAsync("dataSubjectRequest");
        await Press(page, "dataRequests.erase");
        window.Expect("status of 409");
        await page.GetByRole(AriaRole.Button, new() { Name = "for good" }).ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("problems.2011.message"));
        Assert.False((await window.ReadOfferAsync(id)).TryGetProperty("erasure", out _));
    }

    [Theory]
    [InlineData(320)]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task The_nights_the_backup_and_the_keys_are_told_by_their_age(int width)
    {
        await using var window = await Window.OpenAsync(
            browser, new ViewportSize { Width = width, Height = Window.Desk.Height }, person: "administrator");
        await window.GoToAsync("/console/service");
        var page = window.Page;
        await Assertions.Expect(page.GetByText(Text("service.night.none"))).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(Text("service.backup.off"))).ToBeVisibleAsync();
        await window.RecordAsync(Offer("07700 900733"));
        await window.App.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
        await window.SetTimeAsync(Window.Monday.AddDays(1));
        await window.GoToAsync("/console/service");
        await Assertions.Expect(page.GetByText(Text("service.night.well"))).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(Text("service.keys.active")).First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = Text("words.RetentionClass.declined") }))
            .ToBeVisibleAsync();
        await window.IsAccessibleAsync("service");
        await window.PictureAsync($"service-{width}", forDocuments: true);
    }

    [Theory]
    [InlineData("officer", "record find guide")]
    [InlineData("caller", "callBacks find guide")]
    [InlineData("auditor", "audit uptake service guide")]
    [InlineData("administrator", "dataRequests uptake history service guide")]
    public async Task Each_role_begins_with_its_own_work_and_sees_no_page_that_it_may_not_use(string role, string pages)
    {
        await using var window = await Window.OpenAsync(browser, Window.Desk, person: role);
        await window.GoToAsync("/console/");
        await Assertions.Expect(window.Page.Locator(".vcas-doors a")).ToHaveTextAsync(
            [.. pages.Split(' ').Select(page => Text($"{page}.title"))]);
        await Assertions.Expect(window.Page.Locator("header")).ToContainTextAsync(Text("shell.signedInAs", ("name", role)));
        await window.IsAccessibleAsync(role);
        await window.PictureAsync($"start-{role}");
    }

    private static async Task SearchAsync(IPage page, string phone)
    {
        await page.GetByLabel(Text("find.phone"), new() { Exact = true }).CheckAsync();
        await page.GetByLabel(Text("find.phoneField"), new() { Exact = true }).FillAsync(phone);
        await page.GetByRole(AriaRole.Button, new() { Name = Text("find.go"), Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = Text("find.found.one") })).ToBeFocusedAsync();
    }

    private static Task Press(IPage page, string text, string reference = "") =>
        page.GetByRole(AriaRole.Button, new() { Name = Text(text, ("reference", reference)) }).First.ClickAsync();

    private static JsonObject Offer(string phone) => new()
    {
        ["answer"] = "declined",
        ["team"] = "north",
        ["offeredAt"] = Window.Monday.AddDays(-1).ToString("O"),
        ["contact"] = new JsonObject { ["name"] = "Alex Example", ["phone"] = phone },
    };
}
