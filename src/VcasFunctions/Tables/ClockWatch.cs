using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Vcas.Domain.Households;

namespace VcasFunctions.Tables;

/// <summary>
/// Whether this clock ran ahead and was corrected. Each sweep and each night writes down how far time has come; one that finds a later
/// instant there than it is now says so. docs/decisions/0029-a-clock-that-ran-ahead.md says what happens to what was written meanwhile.
/// </summary>
public sealed class ClockWatch(VcasTables tables, TimeProvider time, ILogger<ClockWatch> log)
{
    /// <summary>A longer gap between two nights means that the machine was off, or that a clock runs ahead.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromDays(3);

    // Less than from one night to the next: a run that was missed is made up at the start, and is none of them.
    private static readonly TimeSpan FromNightToNight = TimeSpan.FromHours(20);

    private const string Mark = "clock";

    /// <summary>Whether a stored instant is in the future, so that a clock that ran ahead must have written it.</summary>
    public static bool IsAhead(DateTimeOffset stored, DateTimeOffset now) => WrongClock.IsAhead(stored, now);

    /// <summary>Writes down how far time has come, and notices where it had come further.</summary>
    public Task CheckAsync(CancellationToken cancellation) => CheckAsync(isNight: false, cancellation);

    /// <summary>
    /// The same at the beginning of a night, and whether what can't be undone may be done in it: not in the first one after a gap. A clock
    /// that ran ahead for an hour or a night would otherwise have erased for good what was to be kept for months.
    /// </summary>
    public Task<bool> MayEraseTonightAsync(CancellationToken cancellation) => CheckAsync(isNight: true, cancellation);

    private async Task<bool> CheckAsync(bool isNight, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var row = await FindAsync(cancellation) ?? new TableEntity(VcasTables.Marks, Mark);
        if (row.GetDateTimeOffset("Latest") is { } latest && IsAhead(latest, now))
        {
            log.LogError("The clock ran ahead, to {RanAheadTo:u}, and was put right", latest);
            (row["RanAheadTo"], row["PutRightAt"]) = (latest, now);
        }

        row["Latest"] = now;
        if (row.GetDateTimeOffset("Night") is { } last && now - last > LongestGap && isNight) row["Leapt"] = now;
        var mayErase = row.GetDateTimeOffset("Leapt") is not { } leapt || now < leapt || now - leapt >= FromNightToNight;
        if (isNight)
        {
            row["Night"] = now;
            if (!mayErase)
                log.LogWarning("The last night was long ago: the clock may run ahead, and nothing is erased before the next night");
        }

        await tables.Audit.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
        return mayErase;
    }

    /// <summary>The last time that it ran ahead; null if it never did.</summary>
    public async Task<RanAhead?> ReadAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { } row) return null;
        var now = time.GetUtcNow();
        // The clock was corrected a moment ago, and no sweep has run since.
        if (row.GetDateTimeOffset("Latest") is { } latest && IsAhead(latest, now)) return new RanAhead(latest, now);
        return row.GetDateTimeOffset("RanAheadTo") is { } to && row.GetDateTimeOffset("PutRightAt") is { } putRightAt
            ? new RanAhead(to, putRightAt)
            : null;
    }

    private Task<TableEntity?> FindAsync(CancellationToken cancellation) => tables.FindMarkAsync(Mark, cancellation);
}

/// <summary>A clock that ran ahead.</summary>
/// <param name="To">How far, UTC.</param>
/// <param name="PutRightAt">When it was found to have been corrected, UTC.</param>
public sealed record RanAhead(DateTimeOffset To, DateTimeOffset PutRightAt);
