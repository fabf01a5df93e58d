using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Households;
using VcasFunctions.Http;

namespace VcasFunctions.Notifications;

/// <summary>
/// What Teams shows in its tab: a way out into the browser. The console itself lets nobody frame it, and Entra ID signs nobody in
/// within a frame; so nothing about anybody is in Teams but the reference that the notification has shown already.
/// </summary>
public sealed class OpenFromTeams
{
    // Who may frame this page: https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/tab-requirements
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft "
        + "https://*.microsoft365.com https://*.office.com";

    /// <summary><c>GET /console/teams/call-backs?offer=</c></summary>
    // The console takes every path beneath it. Azure's host asks the functions for theirs in the order of their names, and this
    // one comes before ServeConsole: https://github.com/Azure/azure-functions-host/issues/9876
    [Function(nameof(OpenFromTeams))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/teams/call-backs")] HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        // Teams puts the notification's id here; opened by itself the tab has none, and the placeholder or nothing is there.
        var (title, target) = Guid.TryParseExact(request.Query["offer"], "D", out var offer)
            ? ($"Call-back {Household.ReferenceOf(offer)}", $"/console/call-backs/{offer:D}")
            : ("Call-backs", "/console/call-backs");
        return ApiResults.Text(
            $$"""
            <!DOCTYPE html>
            <html lang="en-GB">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{title}}</title>
            <style>
            body { margin: 0; font: 1.1rem/1.5 system-ui, sans-serif; color: #16202a; background: #fff; }
            main { max-width: 34rem; margin: 0 auto; padding: 2rem 1rem; }
            a { display: inline-block; padding: 0.7rem 1.4rem; font-weight: 600; color: #fff; background: #1f4e79; text-decoration: none; }
            a:focus-visible { outline: 3px solid #c25500; outline-offset: 3px; }
            </style>
            </head>
            <body>
            <main>
            <h1>{{title}}</h1>
            <p>It opens in your browser, where you sign in. Check first that it is still safe to call.</p>
            <p><a href="{{target}}" target="_blank" rel="noopener">Open {{title}}</a></p>
            </main>
            </body>
            </html>

            """,
            "text/html; charset=utf-8");
    }
}
