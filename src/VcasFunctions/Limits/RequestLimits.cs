using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using VcasFunctions.Access;
using VcasFunctions.Http;
using VcasFunctions.Problems;

namespace VcasFunctions.Limits;

/// <summary>
/// Counts who asks: anyone who is signed in by their id, wherever they ask from; anybody else by their address. As configured at the start.
/// </summary>
public sealed class RequestLimits : IDisposable
{
    private readonly PartitionedRateLimiter<Caller> limiter;

    /// <summary>Limits as configured at the start.</summary>
    public RequestLimits(IOptions<LimitOptions> options)
    {
        var limits = options.Value;
        int PerMinute(CallerKind kind) => kind switch
        {
            CallerKind.Export => limits.ExportsPerMinute,
            CallerKind.Search => limits.SearchesPerMinute,
            CallerKind.NotSignedIn => limits.UnsignedPerMinute,
            _ => limits.RequestsPerMinute,
        };
        limiter = PartitionedRateLimiter.Create<Caller, Caller>(
            caller => RateLimitPartition.GetTokenBucketLimiter(caller, known => BucketOf(PerMinute(known.Kind))));
    }

    /// <summary>Counts a request of somebody who is signed in.</summary>
    /// <exception cref="ProblemException">They ask too often; the answer says how long to wait.</exception>
    internal void Count(HttpContext http, RequestAccess access, CallerKind kind) => Count(http, new Caller(access.Person.Id, kind));

    /// <summary>Counts a request of somebody who didn't sign in, or wasn't let in.</summary>
    /// <exception cref="ProblemException">Too many come from there; the answer says how long to wait.</exception>
    public void CountUnsigned(HttpContext http) => Count(http, new Caller(CallerAddress.Of(http), CallerKind.NotSignedIn));

    /// <inheritdoc/>
    public void Dispose() => limiter.Dispose();

    private void Count(HttpContext http, Caller caller)
    {
        using var lease = limiter.AttemptAcquire(caller);
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

    private readonly record struct Caller(string Who, CallerKind Kind);
}

/// <summary>What is counted apart from all else.</summary>
internal enum CallerKind
{
    /// <summary>A request of somebody who is signed in.</summary>
    Request,

    /// <summary>One that carries many households at once or costs much.</summary>
    Export,

    /// <summary>One that looks for a household by what somebody says.</summary>
    Search,

    /// <summary>One of somebody who isn't signed in.</summary>
    NotSignedIn,
}
