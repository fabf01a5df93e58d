using System.Text.Json.Nodes;

namespace VcasFunctions.Tests.Notifications;

/// <summary>The way from a notification to the call screen.</summary>
public sealed class OpenFromTeamsTests(SharedApp shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_tab_opens_the_call_screen_of_the_offer_that_the_notification_named()
    {
        var id = Guid.NewGuid();
        var page = await PageAsync($"{id}");
        Assert.Contains($"href=\"/console/call-backs/{id}\" target=\"_blank\" rel=\"noopener\"", page, StringComparison.Ordinal);
        Assert.Contains($"Open Call-back {Vcas.Domain.Households.Household.ReferenceOf(id)}", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{page.subPageId}")]
    [InlineData("\"><script>alert(1)</script>")]
    public async Task Without_an_id_it_opens_the_list_and_repeats_nothing(string offer)
    {
        var page = await PageAsync(offer);
        Assert.Contains("href=\"/console/call-backs\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("subPageId", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Teams_may_frame_it_and_nobody_else_and_no_script_runs()
    {
        using var answer = await shared.App.Http.GetAsync("console/teams/call-backs", Cancellation);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors https://teams.microsoft.com ", policy, StringComparison.Ordinal);
    }

    [Fact]
    public void The_manifest_names_this_page()
    {
        var tab = JsonNode.Parse(File.ReadAllText(Path.Combine(Golden.Root, "infra/teams/manifest.json")))!["staticTabs"]![0]!;
        Assert.Equal("/console/teams/call-backs", new Uri((string)tab["contentUrl"]!).AbsolutePath);
    }

    private async Task<string> PageAsync(string offer)
    {
        using var answer = await shared.App.Http.GetAsync($"console/teams/call-backs?offer={Uri.EscapeDataString(offer)}", Cancellation);
        Assert.Equal(("text/html", true), (answer.Content.Headers.ContentType!.MediaType, answer.IsSuccessStatusCode));
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }
}
