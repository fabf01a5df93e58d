using System.Text.Json;
using Vcas.Domain.Audit;
using VcasFunctions.Access;
using VcasFunctions.Settings;
using VcasFunctions.Tables;

namespace VcasFunctions.Audit;

/// <summary>Writes down who looks at what, and why, before they see it: what can't be written down is not shown.</summary>
public sealed class ReadLog(VcasTables tables, AuditChain chain, TouchedDays days, VcasSettings settings)
{
    private const string Lists = "lists";
    private const int Shards = 16;

    /// <summary>Somebody opens a household.</summary>
    public Task OfferAsync(Guid offerId, Actor actor, string what, string why, CancellationToken cancellation) =>
        OfferAsync(offerId, actor, AuditKind.Consultation, what, why, to: null, cancellation);

    /// <summary>A household's data is shown, or handed to somebody.</summary>
    public async Task OfferAsync(Guid offerId, Actor actor, AuditKind kind, string what, string why, string? to, CancellationToken cancellation)
    {
        var now = settings.Moment.Now;
        await days.NoteAsync(offerId, now, cancellation);
        var row = AuditRow.Of(offerId.ToString("D"), AuditRow.Reads, 0, now, actor, kind, what) with { Why = why, To = to };
        await chain.AppendAsync(tables.Offers, row, cancellation);
    }

    /// <summary>Somebody looks at a list, or takes a file in: one entry, with what was asked for and how many it was.</summary>
    public Task ListAsync(Actor actor, AuditKind kind, string what, object asked, int count, CancellationToken cancellation)
    {
        var now = settings.Moment.Now;
        var row = AuditRow.Of(PartitionOf(TouchedDays.DayOf(now), ShardOf(actor)), AuditRow.Reads, 0, now, actor, kind, what) with
        {
            // What was asked for has no setters, and what is stored elsewhere leaves such properties out.
            Data = JsonSerializer.Serialize(new { asked, count }, Json.Api),
        };
        return chain.AppendAsync(tables.Audit, row, cancellation);
    }

    /// <summary>The partitions of a day's entries about lists.</summary>
    internal static IEnumerable<string> PartitionsOf(DateOnly day) => Enumerable.Range(0, Shards).Select(shard => PartitionOf(day, shard));

    private static string PartitionOf(DateOnly day, int shard) => $"{Lists}|{TouchedDays.Text(day)}|{shard:x}";

    // The same person always writes to the same chain, another one mostly to another. string.GetHashCode differs from process to process.
    private static int ShardOf(Actor actor) => $"{actor.Role}/{actor.Id}".Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)) & (Shards - 1);
}
