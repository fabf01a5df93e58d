using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Shared;

namespace VcasFunctions.ConsoleTests;

/// <summary>
/// Signing in. Most tests begin with somebody who has: what they begin with is held here to be what the issuer's page leads to.
/// </summary>
[Needs(Tool.Chromium)]
public sealed class SignInTests(Browser browser)
{
    // Drawn anew for each sign-in.
    private static readonly string[] ItsOwn = ["iat", "nbf", "exp", "uti"];

    [Theory]
    [InlineData(Someone.WhoMayDoAll)]
    [InlineData("officer")]
    public async Task A_sign_in_over_the_issuers_page_leaves_what_tests_begin_with(string person)
    {
        await using var window = await Window.OpenAsync(browser, person: person);
        await window.GoToAsync("/console/");
        var given = await KeptAsync(window);
        await window.SignOutAsync();
        await window.SignInAsync(person);
        var signedIn = await KeptAsync(window);

        Assert.Equal(["vcas.phoneKey", "vcas.tokens"], signedIn.Keys.Order());
        Assert.Equal(signedIn.Keys.Order(), given.Keys.Order());
        Assert.Equal(signedIn["vcas.phoneKey"], given["vcas.phoneKey"]);
        var (wanted, had) = (Tokens(signedIn), Tokens(given));
        Assert.Equal(wanted.Keys.Order(), had.Keys.Order());
        foreach (var field in new[] { "expiresAt", "subject", "name" }) Assert.Equal($"{wanted[field]}", $"{had[field]}");
        Assert.Equal(Claims(wanted), Claims(had));
        Assert.Equal(Sealing(wanted), Sealing(had));
    }

    [Fact]
    public async Task What_tests_begin_with_can_be_renewed_and_ended()
    {
        await using var window = await Window.OpenAsync(browser);
        await window.GoToAsync("/console/");
        var renewed = await window.Page.EvaluateAsync<string?>("import('/console/session.js').then(session => session.renew())");
        Assert.Equal(3, renewed!.Split('.').Length);
        await window.SignOutAsync();
        Assert.Empty(await KeptAsync(window));
    }

    // How far the device's clock is off is the tab's, whoever is signed in.
    private static async Task<IReadOnlyDictionary<string, string>> KeptAsync(Window window)
    {
        var kept = await window.Page.EvaluateAsync<string>("JSON.stringify(sessionStorage)");
        return JsonSerializer.Deserialize<Dictionary<string, string>>(kept)!
            .Where(one => one.Key != "vcas.clockOffset").ToDictionary(StringComparer.Ordinal);
    }

    private static Dictionary<string, JsonElement> Tokens(IReadOnlyDictionary<string, string> kept) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(kept["vcas.tokens"])!;

    // What it is sealed with stands in its first part; the rest is for the issuer alone.
    private static string Sealing(Dictionary<string, JsonElement> tokens) => tokens["refresh"].GetString()!.Split('.')[0];

    private static IEnumerable<string> Claims(Dictionary<string, JsonElement> tokens) => new JsonWebToken(tokens["access"].GetString())
        .Claims.Where(claim => !ItsOwn.Contains(claim.Type)).Select(claim => $"{claim.Type}={claim.Value}").Order(StringComparer.Ordinal);
}
