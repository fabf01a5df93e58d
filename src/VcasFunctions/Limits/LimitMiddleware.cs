using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Options;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Problems;
using VcasFunctions.Reporting;
using VcasFunctions.Retention;
using VcasFunctions.Settings;

namespace VcasFunctions.Limits;

/// <summary>
/// Nobody takes the service from others: who asks too often waits (429 with Retry-After), and an address that is longer than any
/// of ours isn't looked at. Stands behind the door, so that what is counted is who asks, wherever they ask from; only those who
/// need not sign in are counted by their address. docs/decisions/0026-limits.md says why each instance counts for itself.
/// </summary>
public sealed class LimitMiddleware : IFunctionsWorkerMiddleware, IDisposable
{
    /// <summary>The longest path with its query, characters. The longest that the API's own links have is about 300.</summary>
    public const int LongestAddress = 2048;

    private static readonly HashSet<string> Exports = new(StringComparer.Ordinal)
    {
        nameof(ReportUptake), nameof(ImportHistory), nameof(ExportAudit), nameof(ExportHousehold),
    };

    private readonly PartitionedRateLimiter<Asker> limiter;

    /// <summary>Limits as configured at the start.</summary>
    public LimitMiddleware(IOptions<VcasOptions> options)
    {
        var limits = options.Value.Limits;
        limiter = PartitionedRateLimiter.Create<Asker, Asker>(asker => RateLimitPartition.GetTokenBucketLimiter(asker, known => BucketOf(known.Kind switch
        {
            AskKind.Export => limits.ExportsPerMinute,
            AskKind.Unsigned => limits.UnsignedPerMinute,
            _ => limits.RequestsPerMinute,
        })));
    }

    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http) Check(http, context.FunctionDefinition.Name);
        await next(context);
    }

    /// <inheritdoc/>
    public void Dispose() => limiter.Dispose();

    private void Check(HttpContext http, string function)
    {
        if (http.Request.Path.Value!.Length + http.Request.QueryString.Value!.Length > LongestAddress) throw new ProblemException(Problem.AddressTooLong);
        using var lease = limiter.AttemptAcquire(AskerOf(http, function));
        if (lease.IsAcquired) return;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        throw new ProblemException(Problem.TooManyRequests);
    }

    private static Asker AskerOf(HttpContext http, string function)
    {
        if (http.Features.Get<Visit>() is not { } visit) return new Asker(AddressOf(http), AskKind.Unsigned);
        return new Asker(visit.Person.Id, Exports.Contains(function) ? AskKind.Export : AskKind.Request);
    }

    // App Service's front end adds the caller's address as the last; what stands before it anybody may have written.
    private static string AddressOf(HttpContext http)
    {
        var forwarded = http.Request.Headers["X-Forwarded-For"].ToString();
        var last = forwarded[(forwarded.LastIndexOf(',') + 1)..].Trim();
        return last.Length is > 0 and <= 60 ? last : http.Connection.RemoteIpAddress?.ToString() ?? "";
    }

    // A bucket that holds a minute's worth and fills evenly: a burst is fine, a stream of them isn't.
    private static TokenBucketRateLimiterOptions BucketOf(int perMinute) => new()
    {
        TokenLimit = perMinute,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromMinutes(1) / perMinute,
        QueueLimit = 0,
    };

    private enum AskKind
    {
        Request,
        Export,
        Unsigned,
    }

    private readonly record struct Asker(string Who, AskKind Kind);
}
