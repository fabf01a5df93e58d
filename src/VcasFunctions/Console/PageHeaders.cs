using Microsoft.AspNetCore.Http;

namespace VcasFunctions.Console;

/// <summary>What a browser is told to hold itself to. https://www.w3.org/TR/CSP3/, https://owasp.org/www-project-secure-headers/</summary>
internal static class PageHeaders
{
    /// <summary>Adds the security headers of a page.</summary>
    /// <param name="headers">Of the answer.</param>
    /// <param name="authority">The issuer, whose token endpoint the pages ask.</param>
    public static void Add(IHeaderDictionary headers, string authority)
    {
        var issuer = Uri.TryCreate(authority, UriKind.Absolute, out var address) ? $" {address.GetLeftPart(UriPartial.Authority)}" : "";
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; manifest-src 'self'; worker-src 'self'; "
            + $"connect-src 'self'{issuer}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types vcas-worker";
        headers.XContentTypeOptions = "nosniff";
        // An address of a page holds an offer's id, which nobody else needs.
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers.StrictTransportSecurity = "max-age=31536000";
        // The browser asks each time and gets 304, so that nobody works with last week's page.
        headers.CacheControl = "no-cache";
    }
}
