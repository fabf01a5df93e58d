using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>Two callers never phone one household: whoever opens a call claims it, and the other sees that.</summary>
[Needs(Tool.Chromium)]
public sealed class ClaimPageTests(Browser browser)
{
    private const string Number = "07700 900577";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_a_colleague_is_calling_no_number_is_shown_and_the_list_says_so()
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await DueAsync(window);
        using var colleague = window.App.As("caller");
        using var claimed = await colleague.PutAsync($"api/call-backs/{id}/claim", content: null, Cancellation);
        claimed.EnsureSuccessStatusCode();

        var said = Text("claims.another", ("when", "today at 10:00"));
        await window.GoToAsync("/console/call-backs");
        await Assertions.Expect(window.Page.Locator(".vcas-call")).ToContainTextAsync(said);
        await window.IsAccessibleAsync("a list in which a colleague is calling");
        await window.GoToAsync($"/console/call-backs/{id}");
        await Assertions.Expect(window.Page.GetByText(said)).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByLabel(Text("call.safe"))).ToHaveCountAsync(0);
        await window.IsAccessibleAsync("a colleague is calling");
        await window.PictureAsync("call-claimed-360");
    }

    [Fact]
    public async Task Opening_a_call_claims_it_and_leaving_it_gives_it_back()
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await DueAsync(window);
        await window.GoToAsync($"/console/call-backs/{id}");
        await window.Page.GetByLabel(Text("call.safe")).CheckAsync();
        await Assertions.Expect(window.Page.GetByText(Number)).ToBeVisibleAsync();
        Assert.True((await window.ReadOfferAsync(id)).GetProperty("claim").GetProperty("mine").GetBoolean());

        var givenBack = window.Page.WaitForResponseAsync(
            answer => answer.Request.Method == "DELETE" && answer.Url.EndsWith("/claim", StringComparison.Ordinal));
        await window.Page.GetByRole(AriaRole.Link, new() { Name = Text("call.back") }).TapAsync();
        Assert.Equal(200, (await givenBack).Status);
        Assert.False((await window.ReadOfferAsync(id)).TryGetProperty("claim", out _));
    }

    private static async Task<Guid> DueAsync(Window window)
    {
        var id = await window.RecordAsync(new JsonObject
        {
            ["answer"] = "declined",
            ["offeredAt"] = Window.Monday.AddDays(-22).ToString("O"),
            ["offeredAtConfirmed"] = true,
            ["contact"] = new JsonObject { ["phone"] = Number },
        });
        await window.App.WhenIdleAsync(Cancellation);
        return id;
    }
}
