using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace VcasFunctions.Console;

/// <summary>
/// What every answer tells the pages about the service, refusals included: its clock, by which they say "today", and its version, by
/// which a page that stood open over an upgrade learns that it is an old one. The server's own <c>Date</c> is the machine's clock, and
/// that of whatever stands between.
/// </summary>
public sealed class ServiceStateMiddleware(TimeProvider time) : IFunctionsWorkerMiddleware
{
    /// <summary>The header with the service's clock, UTC.</summary>
    public const string Time = "Vcas-Time";

    /// <summary>The header with the version of the pages that it serves.</summary>
    public const string Version = "Vcas-Version";

    /// <inheritdoc/>
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var headers = context.GetHttpContext()!.Response.Headers;
        headers[Time] = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        headers[Version] = ConsoleFiles.Version;
        return next(context);
    }
}
