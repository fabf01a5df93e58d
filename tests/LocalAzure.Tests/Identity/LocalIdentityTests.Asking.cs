using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LocalAzure.Tests.Functions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LocalAzure.Tests.Identity;

/// <summary>How the issuer is asked.</summary>
public sealed partial class LocalIdentityTests
{
    private static Task<TestApp> StartAsync(string? folder = null, string? more = null, Action<LocalAzureBuilder>? configure = null) =>
        TestApp.StartAsync(typeof(Nothing), configure, folder, more is null ? Settings : [.. Settings, more]);

    private static async Task AdvanceAsync(TestApp app)
    {
        using var moved = await app.SendAsync("POST", "local/clock/advance", new { by = "400.00:00:00" });
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
    }

    private static string Authority(TestApp app) => app.Host.Services.GetRequiredService<IConfiguration>()["App:Authority"]!;

    private static async Task<JsonElement> DiscoveryAsync(TestApp app) =>
        JsonDocument.Parse(await app.GetAsync("local/identity/v2.0/.well-known/openid-configuration")).RootElement;

    private static async Task<string> TokenAsync(TestApp app, string who)
    {
        using var answer = await app.Client.PostAsync($"local/identity/token?role={who}", null, Cancellation);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancellation);
    }

    private static async Task MustBeSignedByAsync(TestApp app, string token, bool anyIssuer = false)
    {
        var keys = new JsonWebKeySet(await app.GetAsync((await DiscoveryAsync(app)).GetProperty("jwks_uri").GetString()!));
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Authority(app),
            ValidateIssuer = !anyIssuer,
            ValidAudience = "service",
            IssuerSigningKeys = keys.Keys,
        });
        Assert.True(result.IsValid, result.Exception?.GetType().Name);
    }

    private static string Authorize(string? changed = null, string? value = null)
    {
        var parameters = new Dictionary<string, string>
        {
            ["client_id"] = Client,
            ["response_type"] = "code",
            ["redirect_uri"] = Page,
            ["scope"] = "openid profile offline_access api://service/access_as_user",
            ["state"] = "s<1",
            ["nonce"] = "n1",
            ["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
        };
        if (changed is not null) parameters[changed] = value!;
        return "local/identity/v2.0/authorize?"
            + string.Join('&', parameters.Select(parameter => $"{parameter.Key}={Uri.EscapeDataString(parameter.Value)}"));
    }

    private static async Task<string> SignInAsync(TestApp app, string path, string person)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = app.Client.BaseAddress };
        using var answer = await http.GetAsync($"{path}&person={person}", Cancellation);
        return answer.Headers.Location!.OriginalString;
    }

    private static string CodeOf(string back) => System.Web.HttpUtility.ParseQueryString(new Uri(back).Query)["code"]!;

    private static Task<JsonElement> RedeemAsync(TestApp app, string code, string verifier) => PostAsync(
        app,
        ("grant_type", "authorization_code"),
        ("client_id", Client),
        ("redirect_uri", Page),
        ("code", code),
        ("code_verifier", verifier));

    private static async Task<JsonElement> PostAsync(TestApp app, params (string Name, string Value)[] form)
    {
        using var answer = await app.Client.PostAsync(
            "local/identity/v2.0/token",
            new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))),
            Cancellation);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement;
    }
}
