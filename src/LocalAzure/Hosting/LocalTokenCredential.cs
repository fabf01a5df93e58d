using System.Buffers.Text;
using System.Text.Json;
using Azure.Core;
using LocalAzure.Time;

namespace LocalAzure.Hosting;

/// <summary>
/// Gives tokens that nobody signed, for services that are stood in for and don't look. Azure's clients renew them by the clock on the wall.
/// </summary>
internal sealed class LocalTokenCredential(TimeProvider time) : TokenCredential
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        var expires = LocalClock.WallOf(time).GetUtcNow() + Lifetime;
        var audience = requestContext.Scopes.FirstOrDefault()?.Replace("/.default", string.Empty, StringComparison.Ordinal);
        var header = Part(new { typ = "JWT", alg = "none" });
        var payload = Part(new { aud = audience, iss = "local", sub = "local", exp = expires.ToUnixTimeSeconds() });
        return new AccessToken($"{header}.{payload}.", expires);
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));

    private static string Part(object content) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(content));
}
