using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;

namespace LocalAzure.Identity;

/// <summary>
/// The OpenID Connect issuer in place of Entra ID, under <c>/local/identity</c>. Anyone who asks is given a token for whomever they
/// choose: it is for a developer's machine alone, and only this process believes it.
/// </summary>
internal static class LocalIdentity
{
    public const string Path = "local/identity";

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<LocalTokens>();
        services.AddSingleton<RedeemedCodes>();
        services.AddSingleton<SignInPage>();
        services.AddAuthentication();
        services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode().DisableAccessTokenEncryption()
                .AcceptAnonymousClients().AllowAuthorizationCodeFlow().AllowRefreshTokenFlow().RequireProofKeyForCodeExchange();
            server.DisableScopeValidation().DisableResourceValidation();
            server.SetConfigurationEndpointUris($"{Path}/v2.0/.well-known/openid-configuration")
                .SetJsonWebKeySetEndpointUris($"{Path}/v2.0/keys")
                .SetAuthorizationEndpointUris($"{Path}/v2.0/authorize")
                .SetTokenEndpointUris($"{Path}/v2.0/token");
            server.UseAspNetCore(web => web.DisableTransportSecurityRequirement());
            SignInPage.Handle(server);
        });
        services.AddOptions<OpenIddictServerOptions>().Configure<LocalTokens, HttpAddress>((server, tokens, address) =>
        {
            server.Issuer = new Uri(address.Issuer);
            server.TimeProvider = tokens.Clock;
            server.AccessTokenLifetime = TimeSpan.FromMinutes(tokens.Options.TokenMinutes);
            server.CodeChallengeMethods.Remove(OpenIddictConstants.CodeChallengeMethods.Plain);
            server.SigningCredentials.Add(new SigningCredentials(tokens.Key, SecurityAlgorithms.RsaSha256));
            // Seals the codes between the page and the token endpoint: for as long as this process lives.
            server.EncryptionCredentials.Add(new EncryptingCredentials(
                new SymmetricSecurityKey(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)),
                SecurityAlgorithms.Aes256KW,
                SecurityAlgorithms.Aes256CbcHmacSha512));
        });
    }

    /// <summary>Lets the issuer answer beneath its path, and nowhere else.</summary>
    public static void Use(IApplicationBuilder app) =>
        app.UseWhen(http => http.Request.Path.StartsWithSegments($"/{Path}"), branch => branch.UseAuthentication());

    /// <summary>The short way to a token, for a command line.</summary>
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapPost($"{Path}/token", (LocalTokens tokens, string? role) =>
        tokens.Find(role) is { } person
            ? Results.Text(tokens.Make(person, "command-line"), "text/plain")
            : Results.Text(
                $"Say who: ?role= and one of {string.Join(", ", tokens.Options.People.Keys)}.\n",
                "text/plain",
                statusCode: StatusCodes.Status400BadRequest));
}
