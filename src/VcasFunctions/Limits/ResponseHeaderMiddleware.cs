using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace VcasFunctions.Limits;

/// <summary>
/// What every answer tells a browser, refusals included: keep nothing of it, take it for nothing but what it says it is, show it
/// inside no other page. A function that serves pages puts its own in their place. https://owasp.org/www-project-secure-headers/
/// </summary>
public sealed class ResponseHeaderMiddleware : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        Add(context.GetHttpContext()!.Response.Headers);
        return next(context);
    }

    private static void Add(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
    }
}
