using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shared;
using VcasFunctions.Tables;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>An auditor finds who did what, and sees whether all of it is still there as it was written.</summary>
[Needs(Tool.Chromium)]
public sealed partial class AuditPageTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(360, false)]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task What_was_done_with_a_household_is_found_by_its_reference_and_kept_as_a_file(int width, bool plain)
    {
        await using var window = await Window.OpenAsync(
            browser, width == 360 ? Window.Phone : Window.Desk, plain, person: "auditor");
        var id = await window.RecordAsync(Offer("07700 900721"));
        await window.RecordAsync(Offer("07700 900722"));
        var reference = (await window.ReadOfferAsync(id)).GetProperty("reference").GetString()!;
        await window.GoToAsync("/console/");
        var page = window.Page;
        await page.Locator(".vcas-doors a").First.ClickAsync();
        var go = page.GetByRole(AriaRole.Button, new() { Name = Text("audit.go") });
        await page.GetByLabel(Text("audit.reference")).FillAsync("nobody");
        await go.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("audit.referenceWrong"));
        await window.IsAccessibleAsync("a reference that is none");

        await page.GetByLabel(Text("audit.reference")).FillAsync(reference.Replace("-", " ", StringComparison.Ordinal));
        await go.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = Text("audit.found.other", ("count", "2")) }))
            .ToBeVisibleAsync();
        var rows = page.Locator(".vcas-call");
        await Assertions.Expect(rows.First).ToContainTextAsync(Text("audit.what.offerRead"));
        await Assertions.Expect(rows.First).ToContainTextAsync(Text("words.ReadReason.callBack"));
        await Assertions.Expect(rows.Last).ToContainTextAsync(Text("trail.offerRecorded"));
        var text = await page.InnerTextAsync("main");
        Assert.DoesNotContain("07700", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Alex", text, StringComparison.Ordinal);
        await window.IsAccessibleAsync("a household's entries");
        await window.PictureAsync($"audit-{width}{(plain ? "-plain" : "")}", forDocuments: !plain);

        var file = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = Text("audit.download") }).ClickAsync());
        var lines = (await File.ReadAllTextAsync(await file.PathAsync(), Cancellation)).Split("\r\n");
        Assert.StartsWith("at,meaning,kind,what,by,byId,why,to,reference,offerId,entry,data", lines[0], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);
        Assert.Contains(
            $",offerRead,officer,e0000000-0000-4000-8000-000000000001,callBack,,{reference},{id},", lines[1], StringComparison.Ordinal);

        await rows.First.GetByRole(AriaRole.Link, new() { Name = Text("audit.onlyPerson") }).ClickAsync();
        await Assertions.Expect(rows.GetByRole(AriaRole.Link, new() { Name = Text("audit.onlyPerson") })).ToHaveCountAsync(0);
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await page.GetByText(Text("audit.again")).ClickAsync();
        await Assertions.Expect(page.GetByLabel(Text("audit.person"), new() { Exact = true }))
            .ToHaveValueAsync("e0000000-0000-4000-8000-000000000001");
        await window.IsAccessibleAsync("the form again");
    }

    [Fact]
    public async Task Who_was_refused_is_told_with_why_and_a_long_list_goes_on()
    {
        await using var window = await Window.OpenAsync(browser, person: "auditor");
        for (var made = 0; made < 51; made++)
        {
            using var _ = await window.App.Http.DeleteAsync($"api/call-backs/{Guid.NewGuid()}/hold", Cancellation);
        }

        await window.GoToAsync("/console/audit");
        var page = window.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = Text("audit.watch.refusal") }).ClickAsync();
        var rows = page.Locator(".vcas-call");
        await Assertions.Expect(rows).ToHaveCountAsync(50);
        await Assertions.Expect(rows.First).ToContainTextAsync("ReleaseHold");
        await Assertions.Expect(rows.First).ToContainTextAsync(Text("problems.1006.message"));
        await page.GetByRole(AriaRole.Button, new() { Name = Text("callBacks.more") }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(51);
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task The_audit_is_verified_and_what_was_altered_is_named(int width)
    {
        await using var window = await Window.OpenAsync(browser, width == 360 ? Window.Phone : Window.Desk, person: "auditor");
        var id = await window.RecordAsync(Offer("07700 900723"));
        await window.App.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
        await window.SetTimeAsync(Window.Monday.AddDays(1));
        await window.GoToAsync("/console/audit?part=whole");
        var page = window.Page;
        await Assertions.Expect(page.GetByText(AsWhole())).ToBeVisibleAsync();
        var verify = page.GetByRole(AriaRole.Button, new() { Name = Text("audit.verify"), Exact = true });
        await verify.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = Text("audit.isWhole") })).ToBeFocusedAsync();
        await window.IsAccessibleAsync("whole");
        await window.PictureAsync($"audit-whole-{width}");

        var tables = window.App.Services.GetRequiredService<VcasTables>();
        var row = (await tables.Offers.GetEntityAsync<TableEntity>($"{id}", "event-000001", cancellationToken: Cancellation)).Value;
        row["By"] = "somebody";
        await tables.Offers.UpdateEntityAsync(row, Azure.ETag.All, TableUpdateMode.Replace, Cancellation);
        await verify.ClickAsync();
        var found = page.GetByRole(AriaRole.Heading, new() { NameRegex = NotWhole() });
        await Assertions.Expect(found).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = Text("words.FindingKind.entryAltered") }).First)
            .ToBeVisibleAsync();
        await window.IsAccessibleAsync("altered");
        await window.PictureAsync($"audit-altered-{width}");
    }

    [GeneratedRegex("not whole", RegexOptions.None, 1000)]
    private static partial Regex NotWhole();

    [GeneratedRegex("all as it was written", RegexOptions.None, 1000)]
    private static partial Regex AsWhole();

    private static JsonObject Offer(string phone) => new()
    {
        ["answer"] = "declined",
        ["team"] = "north",
        ["offeredAt"] = Window.Monday.AddDays(-1).ToString("O"),
        ["contact"] = new JsonObject { ["name"] = "Alex Example", ["phone"] = phone },
    };
}
