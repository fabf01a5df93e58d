using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>A phone whose storage is full or shut: with signal it is sent all the same; without, the officer is told what to do.</summary>
[Needs(Tool.Chromium)]
public sealed class StorageTests(Browser browser)
{
    private const string Number = "07700 900741";

    // What browsers do: shut it altogether (private windows, a policy), refuse to write when the disk is full, or fail as it is opened.
    private const string Shut =
        "Object.defineProperty(globalThis, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } });";
    private const string Full = "IDBObjectStore.prototype.put = function () { throw new DOMException('full', 'QuotaExceededError'); };";
    private const string Damaged =
        "IDBFactory.prototype.open = function () { const asked = {}; setTimeout(() => asked.onerror?.(), 0); return asked; };";

    public static TheoryData<string> Ways => [nameof(Shut), nameof(Full), nameof(Damaged)];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task With_signal_it_is_sent_all_the_same(string way)
    {
        await using var window = await OpenAsync(way);
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await page.DeclineAsync(Number);
        await page.ArrivedAsync();
        Assert.Equal(1, (await window.ReadAsync("call-backs?state=waiting")).GetProperty("total").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Without_signal_the_officer_is_told_to_keep_the_page_and_it_goes_out_when_signal_returns(string way)
    {
        await using var window = await OpenAsync(way);
        var page = window.Page;
        await window.GoToAsync("/console/record");
        await window.SetOfflineAsync(true);
        await page.FillDeclineAsync(Number);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(Text("phone.broken"));
        await window.IsAccessibleAsync("the storage is shut");
        await window.PictureAsync($"record-storage-{way}-360");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
        await Assertions.Expect(page.GetByText(Text("phone.keepOpen"))).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(Text("recorded.nowhere"))).ToBeVisibleAsync();
        await window.IsAccessibleAsync("not recorded and not kept");
        await window.PictureAsync($"recorded-storage-{way}-360");
        await window.SetOfflineAsync(false);
        await page.ArrivedAsync();
        Assert.Equal(1, (await window.ReadAsync("call-backs?state=waiting")).GetProperty("total").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task On_any_other_form_it_is_said_once_and_the_form_works(string way)
    {
        await using var window = await OpenAsync(way);
        var page = window.Page;
        var id = await window.RecordAsync(new()
        {
            ["answer"] = "declined",
            ["offeredAt"] = Window.Monday.AddDays(-1).ToString("O"),
            ["contact"] = new System.Text.Json.Nodes.JsonObject { ["phone"] = Number },
        });
        await window.GoToAsync($"/console/households/{id}?reason=supervision&what=withdraw");
        await page.GetByLabel(Text("household.withdrawReason")).SelectOptionAsync("moved");
        await page.GetByLabel(Text("household.withdrawReason")).SelectOptionAsync("recordedInError");
        await Assertions.Expect(page.GetByText(Text("typed.notKept"))).ToHaveCountAsync(1);
        await window.IsAccessibleAsync("what is typed is not kept");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("household.withdrawIt") }).TapAsync();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("household.withdrawn"));
    }

    [Fact]
    public async Task Whoever_is_signed_out_is_told_to_sign_in_before_they_type()
    {
        await using var window = await OpenAsync(nameof(Shut), person: null);
        await window.GoToAsync("/console/record");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(Text("phone.brokenSignIn"));
    }

    [Fact]
    public async Task The_browser_is_asked_to_keep_it_at_the_first_draft_and_not_before()
    {
        await using var window = await Window.OpenAsync(browser, alone: true);
        var page = window.Page;
        await page.AddInitScriptAsync(
            "globalThis.asked = 0; navigator.storage.persist = async () => { globalThis.asked++; return false; };");
        await window.GoToAsync("/console/record");
        Assert.Equal(0, await page.EvaluateAsync<int>("asked"));
        await page.FillDeclineAsync(Number);
        await page.WrittenDownAsync();
        Assert.Equal(1, await page.EvaluateAsync<int>("asked"));
    }

    private async Task<Window> OpenAsync(string way, string? person = Shared.Someone.WhoMayDoAll)
    {
        var window = await Window.OpenAsync(browser, person: person, alone: true);
        await window.Page.AddInitScriptAsync(way switch { nameof(Shut) => Shut, nameof(Full) => Full, _ => Damaged });
        return window;
    }
}
