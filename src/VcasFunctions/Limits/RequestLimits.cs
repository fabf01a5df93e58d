using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using VcasFunctions.Access;
using VcasFunctions.Http;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Limits;

/// <summary>
/// Counts who asks: anyone who is signed in by their id, wherever they ask from; anybody else by their address. As configured at the start.
/// </summary>
public sealed class RequestLimits : IDisposable
{
    private readonly PartitionedRateLimiter<Asker> limiter;

    /// <summary>Limits as configured at the start.</summary>
    public RequestLimits(IOptions<VcasOptions> options)
    {
        var limits = options.Value.Limits;
        int PerMinute(AskKind kind) => kind switch
        {
            AskKind.Export => limits.ExportsPerMinute,
            AskKind.Unsigned => limits.UnsignedPerMinute,
            _ => limits.RequestsPerMinute,
        };
        limiter = PartitionedRateLimiter.Create<Asker, Asker>(
            asker => RateLimitPartition.GetTokenBucketLimiter(asker, known => BucketOf(PerMinute(known.Kind))));
    }

    /// <summary>Counts a request of somebody who is signed in.</summary>
    /// <exception cref="ProblemException">They ask too often; the answer says how long to wait.</exception>
    public void Count(HttpContext http, Visit visit, bool isExport) =>
        Count(http, new Asker(visit.Person.Id, isExport ? AskKind.Export : AskKind.Request));

    /// <summary>Counts a request of somebody who didn't sign in, or wasn't let in.</summary>
    /// <exception cref="ProblemException">Too many come from there; the answer says how long to wait.</exception>
    public void CountStranger(HttpContext http) => Count(http, new Asker(CallerAddress.Of(http), AskKind.Unsigned));

    /// <inheritdoc/>
    public void Dispose() => limiter.Dispose();

    private void Count(HttpContext http, Asker asker)
    {
        using var lease = limiter.AttemptAcquire(asker);
        if (lease.IsAcquired) return;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        throw new ProblemException(Problem.TooManyRequests);
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
