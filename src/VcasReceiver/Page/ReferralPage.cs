using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace VcasReceiver.Page;

/// <summary>
/// The page on which people read and answer referrals. It listens on this computer alone and opens only with a key, because
/// others may use the same computer; it has no accounts, so who answered is not known by it (docs/decisions/0016).
/// </summary>
internal sealed class ReferralPage : IAsyncDisposable
{
    private const string Cookie = "vcas-page";
    private readonly WebApplication app;

    private ReferralPage(WebApplication app) => this.app = app;

    /// <summary>Starts it, and says where it is.</summary>
    /// <exception cref="BadSettingException">The port is another's.</exception>
    public static async Task<ReferralPage> StartAsync(
        PageOptions options, ReferralStore store, AnswerOutbox outbox, Journal journal, TimeProvider time)
    {
        // Empty: no environment variable and no file of the folder can make it listen elsewhere.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 16 * 1024;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.AddLogging().AddRoutingCore();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAntiforgery(
            forgery => (forgery.Cookie.Name, forgery.Cookie.SameSite) = ("vcas-page-form", SameSiteMode.Strict));
        // A page of another name that resolves to this computer gets nothing.
        builder.Services.AddHostFiltering(hosts => hosts.AllowedHosts = ["127.0.0.1", "localhost"]);

        var server = builder.Build();
        var key = options.Key ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
        server.UseHostFiltering();
        server.Use(Headers);
        server.Use((context, next) => OnlyWithKey(context, next, key));
        server.UseRouting();
        server.UseAntiforgery();
        new PageRoutes(store, outbox, journal, time, options.AnswerDays).Map(server);
        try
        {
            await server.StartAsync();
        }
        catch (IOException)
        {
            await server.DisposeAsync();
            throw new BadSettingException("--page", $"port {options.Port} can't be listened on: another program has it.");
        }

        // A key that was chosen is known to whoever chose it.
        journal.Page(options.Key is null ? $"{server.Urls.Single()}/?key={key}" : $"{server.Urls.Single()}/?key=(as set)");
        return new ReferralPage(server);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static Task Headers(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return next(context);
    }

    private static Task OnlyWithKey(HttpContext context, RequestDelegate next, string key)
    {
        if (context.Request.Path == "/style.css") return next(context);
        if (Same(context.Request.Query["key"], key))
        {
            // Out of the address, so that it is in no history and on no screen.
            context.Response.Cookies.Append(Cookie, key, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
            context.Response.Redirect("/");
            return Task.CompletedTask;
        }

        return Same(context.Request.Cookies[Cookie], key)
            ? next(context)
            : PageViews.Document(
                "This page needs its key",
                Html.Of($"<h1>This page needs its key</h1><p>Open the address that VcasReceiver printed when it started.</p>"),
                StatusCodes.Status403Forbidden)
                .ExecuteAsync(context);
    }

    private static bool Same(string? given, string key) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(key));
}
