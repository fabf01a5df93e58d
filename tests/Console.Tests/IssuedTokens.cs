using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace VcasFunctions.ConsoleTests;

/// <summary>A sign-in without a browser: the issuer is asked what the pages ask it, and its answer is put where they keep it.</summary>
internal static class IssuedTokens
{
    /// <summary>Keeps them in the tab. It is the page's clock that says when they end.</summary>
    public const string Keep = """
        ({ access, refresh, expiresIn, subject, name }) => sessionStorage.setItem(
            'vcas.tokens', JSON.stringify({ access, refresh, expiresAt: Date.now() + expiresIn * 1000, subject, name }))
        """;

    /// <summary>Somebody's tokens, of the app at this address.</summary>
    public static async Task<object> GetAsync(Uri app, string person, CancellationToken cancellation)
    {
        // Where the issuer sends people back to is only read.
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = app };
        var settings = await http.GetFromJsonAsync<JsonElement>("console/settings.json", cancellation);
        var (authority, client) = (settings.GetProperty("authority").GetString(), settings.GetProperty("clientId").GetString()!);
        var back = new Uri(app, "console/signed-in").ToString();
        var verifier = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

        var asked = HttpUtility.ParseQueryString("");
        asked.Add("client_id", client);
        asked.Add("redirect_uri", back);
        asked.Add("response_type", "code");
        asked.Add("response_mode", "fragment");
        asked.Add("scope", $"{settings.GetProperty("scope").GetString()} offline_access");
        asked.Add("code_challenge", Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
        asked.Add("code_challenge_method", "S256");
        asked.Add("person", person);
        using var sentBack = await http.GetAsync(new Uri($"{authority}/authorize?{asked}"), cancellation);
        var code = HttpUtility.ParseQueryString(sentBack.Headers.Location!.Fragment.TrimStart('#'))["code"]!;

        using var fields = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = client,
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = back,
            ["code_verifier"] = verifier,
        });
        using var answer = await http.PostAsync(new Uri($"{authority}/token"), fields, cancellation);
        var given = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        var claims = new JsonWebToken(given.GetProperty("id_token").GetString());
        return new
        {
            access = given.GetProperty("access_token").GetString(),
            refresh = given.GetProperty("refresh_token").GetString(),
            expiresIn = given.GetProperty("expires_in").GetInt32(),
            subject = claims.GetClaim("oid").Value,
            name = claims.GetClaim("name").Value,
        };
    }
}
