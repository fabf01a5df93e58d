using Azure.Data.Tables;
using VcasFunctions.Tables;

namespace VcasFunctions.Sweep;

/// <summary>
/// What the last sweep came to, kept where people can see it: a sweep that has stopped, or a household that it can't
/// repair, must not go unnoticed.
/// </summary>
public sealed class LastSweepStore(VcasTables tables)
{
    private const string Mark = "sweep";

    // A text of a row ends at 32,768 characters; who has so many has one fault, not many.
    private const int MostNamed = 500;

    /// <summary>Writes down how a sweep went.</summary>
    /// <param name="repaired">What it found.</param>
    /// <param name="failed">The households that could not be repaired.</param>
    /// <param name="ahead">The households whose dates were reckoned by a clock that ran ahead.</param>
    /// <param name="at">When it ended, UTC.</param>
    /// <param name="cancellation">Ends it early.</param>
    public Task WriteAsync(
        RepairResult repaired,
        IReadOnlyCollection<Guid> failed,
        IReadOnlyCollection<Guid> ahead,
        DateTimeOffset at,
        CancellationToken cancellation) =>
        tables.Audit.UpsertEntityAsync(
            new TableEntity(VcasTables.Marks, Mark)
            {
                ["At"] = at,
                ["Households"] = repaired.Households,
                ["Failed"] = Written(failed),
                ["Ahead"] = Written(ahead),
            },
            TableUpdateMode.Replace,
            cancellation);

    /// <summary>The last one; null where there was none yet.</summary>
    public async Task<LastSweep?> ReadAsync(CancellationToken cancellation)
    {
        if (await tables.FindMarkAsync(Mark, cancellation) is not { } row) return null;
        return new LastSweep(
            row.GetDateTimeOffset("At")!.Value,
            row.GetInt32("Households") ?? 0,
            Ids(row.GetString("Failed")),
            Ids(row.GetString("Ahead")));
    }

    private static string Written(IEnumerable<Guid> ids) => WordList.Write(ids.Order().Take(MostNamed).Select(id => id.ToString("D")));

    private static IReadOnlyList<Guid> Ids(string? text) =>
        [.. WordList.Read(text).Select(Guid.Parse)];
}

/// <summary>How a sweep went.</summary>
/// <param name="At">When it ended, UTC.</param>
/// <param name="Households">Looked at.</param>
/// <param name="Failed">Those that could not be repaired.</param>
/// <param name="Ahead">Those whose dates were reckoned by a clock that ran ahead.</param>
public sealed record LastSweep(DateTimeOffset At, int Households, IReadOnlyList<Guid> Failed, IReadOnlyList<Guid> Ahead);
