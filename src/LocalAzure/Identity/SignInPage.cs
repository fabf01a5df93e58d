using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace LocalAzure.Identity;

/// <summary>Where Entra ID asks for a password, this asks who one would like to be.</summary>
internal sealed class SignInPage(LocalTokens tokens, RedeemedCodes redeemed) :
    IOpenIddictServerHandler<ValidateAuthorizationRequestContext>,
    IOpenIddictServerHandler<HandleAuthorizationRequestContext>,
    IOpenIddictServerHandler<ValidateTokenRequestContext>,
    IOpenIddictServerHandler<HandleTokenRequestContext>,
    IOpenIddictServerHandler<GenerateTokenContext>
{
    private const string PersonField = "person";

    // Stands sealed in the code and in what it is renewed by, and in no token that a page can read.
    private const string CodeId = "local_code_id";

    public static void Handle(OpenIddictServerBuilder server) => server
        .AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseSingletonHandler<SignInPage>())
        .AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseSingletonHandler<SignInPage>())
        .AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseSingletonHandler<SignInPage>())
        .AddEventHandler<HandleTokenRequestContext>(handler => handler.UseSingletonHandler<SignInPage>())
        .AddEventHandler<GenerateTokenContext>(handler => handler.UseSingletonHandler<SignInPage>()
            .SetOrder(OpenIddictServerHandlers.Protection.GenerateIdentityModelToken.Descriptor.Order - 1));

    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        if (!tokens.Options.Clients.Contains(context.ClientId ?? ""))
            context.Reject(Errors.InvalidClient, "No page of this client id signs people in here.");
        // Nobody else's page may be handed a code.
        else if (!Uri.TryCreate(context.RedirectUri, UriKind.Absolute, out var back) || !back.IsLoopback)
            context.Reject(Errors.InvalidRequest, "redirect_uri must lie on this machine.");
        return ValueTask.CompletedTask;
    }

    public async ValueTask HandleAsync(HandleAuthorizationRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        var chosen = (string?)context.Request.GetParameter(PersonField);
        if (tokens.Find(chosen) is not { } person)
        {
            await ShowAsync(http, context.Request);
            context.HandleRequest();
            return;
        }

        var identity = new ClaimsIdentity("LocalAzure", Claims.Name, Claims.Role);
        identity.AddClaim(new Claim(Claims.Subject, person.Id).SetDestinations(Destinations.IdentityToken));
        identity.AddClaim(new Claim("oid", person.Id).SetDestinations(Destinations.IdentityToken));
        identity.AddClaim(new Claim("tid", tokens.Options.TenantId).SetDestinations(Destinations.IdentityToken));
        identity.AddClaim(new Claim(Claims.Name, chosen!).SetDestinations(Destinations.IdentityToken));
        identity.AddClaim(new Claim(CodeId, Guid.NewGuid().ToString("N")));
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(context.Request.GetScopes());
        context.SignIn(principal);
    }

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (!tokens.Options.Clients.Contains(context.ClientId ?? ""))
            context.Reject(Errors.InvalidClient, "No page of this client id signs people in here.");
        return ValueTask.CompletedTask;
    }

    // Comes after the proof key was checked: anyone who has the code alone can't use it up.
    public ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        if (!context.Request.IsAuthorizationCodeGrantType()) return ValueTask.CompletedTask;
        var code = context.AuthorizationCodePrincipal;
        if (code?.GetClaim(CodeId) is not { } id || code.GetExpirationDate() is not { } until || !redeemed.TryRedeem(id, until))
            context.Reject(Errors.InvalidGrant, "This code was redeemed before.");
        return ValueTask.CompletedTask;
    }

    // Access tokens are made as Entra ID makes them; codes and id tokens are the library's.
    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.TokenType != TokenTypeIdentifiers.AccessToken) return ValueTask.CompletedTask;
        var person = tokens.Options.People.Values.First(one => one.Id == context.Principal.GetClaim(Claims.Subject));
        context.Token = tokens.Make(person, context.ClientId ?? "");
        return ValueTask.CompletedTask;
    }

    private async Task ShowAsync(HttpContext http, OpenIddictRequest request)
    {
        var encode = HtmlEncoder.Default;
        var page = new StringBuilder("""
            <!doctype html><html lang="en-GB"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Local sign-in</title>
            <style>body{font:1.1rem/1.5 sans-serif;max-width:32rem;margin:2rem auto;padding:0 1rem;color:#0b0c0c;background:#fff}
            .notice{border:3px solid #b50000;padding:.5rem 1rem}
            button{font:inherit;display:block;width:100%;min-height:44px;margin:.75rem 0;text-align:left;padding:.5rem 1rem}</style></head>
            <body><main><h1>Local sign-in</h1><p class="notice"><strong>This is a developer's machine.</strong>
            Nobody is asked for a password; no real person's data belongs here.</p>
            <form method="get"><fieldset><legend>Who would you like to be?</legend>
            """);
        foreach (var (name, value) in request.GetParameters())
        {
            if (name == PersonField) continue;
            page.Append($"<input type=\"hidden\" name=\"{encode.Encode(name)}\" value=\"{encode.Encode((string?)value ?? "")}\">\n");
        }

        foreach (var (name, person) in tokens.Options.People)
            page.Append(
                $"<button name=\"{PersonField}\" value=\"{encode.Encode(name)}\">{encode.Encode(name)} "
                + $"<small>({encode.Encode(string.Join(", ", person.Roles))})</small></button>\n");
        page.Append("</fieldset></form></main></body></html>\n");

        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; "
            + "base-uri 'none'";
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(page.ToString(), http.RequestAborted);
    }
}
