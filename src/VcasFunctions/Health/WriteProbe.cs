using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using VcasFunctions.Tables;

namespace VcasFunctions.Health;

/// <summary>
/// Whether the tables take what is written. Reading alone doesn't tell: a disk that is full, a role that was taken away, an account that
/// is locked for writing all still read. One tiny row is written over, the same by every instance; monitors that ask often share one look.
/// </summary>
public sealed class WriteProbe(VcasTables tables, TimeProvider time, ILogger<WriteProbe> log)
{
    /// <summary>For how long a look is believed where nobody asks for a fresh one.</summary>
    public static readonly TimeSpan Believed = TimeSpan.FromSeconds(5);

    private const string Mark = "health";

    private volatile DependencyView? last;

    /// <summary>
    /// How the tables are: down with <c>status…</c> where they can't be read, with <c>write…</c> where they can only be read.
    /// </summary>
    /// <param name="isFresh">Looks now, whatever the last look saw.</param>
    /// <param name="cancellation">Ends it early.</param>
    public async Task<DependencyView> CheckAsync(bool isFresh, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        // If the clock was put back, the last result seems to be from the future: it is not used either.
        if (!isFresh && last is { SeenAt: { } seen } known && seen <= now && now - seen < Believed) return known;
        var reason = await TimedProbe.FailureCodeAsync(ReadAsync, cancellation);
        if (reason is null && await TimedProbe.FailureCodeAsync(token => WriteAsync(now, token), cancellation) is { } refused)
            reason = $"write{char.ToUpperInvariant(refused[0])}{refused[1..]}";
        var seenNow = new DependencyView("tables", reason is null ? DependencyState.Up : DependencyState.Down, reason, now);
        // Logged once, and not each time that a monitor asks.
        if (reason is not null && last?.Reason != reason) log.LogError("The tables are down: {Reason}", reason);
        return last = seenNow;
    }

    private Task ReadAsync(CancellationToken cancellation) =>
        tables.Offers.GetEntityIfExistsAsync<TableEntity>(Mark, Mark, cancellationToken: cancellation);

    private Task<Response> WriteAsync(DateTimeOffset now, CancellationToken cancellation) =>
        tables.Audit.UpsertEntityAsync(new TableEntity(VcasTables.Marks, Mark) { ["At"] = now }, TableUpdateMode.Replace, cancellation);
}
