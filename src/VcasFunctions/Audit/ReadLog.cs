using System.Text.Json;
using Azure.Data.Tables;
using Vcas.Domain.Audit;
using VcasFunctions.Access;
using VcasFunctions.Http;
using VcasFunctions.Settings;
using VcasFunctions.Tables;

namespace VcasFunctions.Audit;

/// <summary>Writes down who looks at what, and why, before they see it: what can't be written down is not shown.</summary>
public sealed class ReadLog(VcasTables tables, AuditChain chain, AuditDayIndex days, VcasSettings settings)
{
    private const string Lists = "lists";
    private const int Shards = 16;

    /// <summary>Somebody opens a household.</summary>
    public Task RecordOfferAsync(Guid offerId, Actor actor, string what, string why, CancellationToken cancellation) =>
        RecordOfferAsync(offerId, actor, AuditKind.Consultation, what, why, to: null, cancellation);

    /// <summary>Somebody is answered with a household that their request did not change.</summary>
    public Task RecordAnsweredAgainAsync(Guid offerId, Actor actor, CancellationToken cancellation) =>
        RecordOfferAsync(offerId, actor, "offerAnswered", "repeatedRequest", cancellation);

    /// <summary>A household's data is shown, or handed to somebody.</summary>
    public async Task RecordOfferAsync(
        Guid offerId, Actor actor, AuditKind kind, string what, string why, string? to, CancellationToken cancellation)
    {
        var now = settings.Moment.Now;
        await days.AddAsync(offerId, now, cancellation);
        var row = AuditRow.Of(offerId.ToString("D"), AuditRow.Reads, 0, now, actor, kind, what) with { Why = why, To = to };
        await chain.AppendAsync(tables.Offers, row, cancellation);
    }

    /// <summary>Somebody asked for what is not theirs to have: of a household that is there, with that household.</summary>
    /// <param name="offerId">The household.</param>
    /// <param name="actor">Who asked.</param>
    /// <param name="what">What was refused.</param>
    /// <param name="refused">The command, the status and the code; nothing of what was sent.</param>
    /// <param name="cancellation">Gives up.</param>
    internal async Task RecordRefusalAsync(Guid offerId, Actor actor, string what, Refused refused, CancellationToken cancellation)
    {
        var now = settings.Moment.Now;
        await days.AddAsync(offerId, now, cancellation);
        var row = AuditRow.Of(offerId.ToString("D"), AuditRow.Reads, 0, now, actor, AuditKind.Refusal, what) with
        {
            Data = JsonSerializer.Serialize(refused, Json.Api),
        };
        await chain.AppendAsync(tables.Offers, row, cancellation);
    }

    /// <summary>Somebody looks at a list, or takes a file in: one entry, with what was asked for and how many it was.</summary>
    public Task RecordListAsync(Actor actor, AuditKind kind, string what, object asked, int count, CancellationToken cancellation)
    {
        var now = settings.Moment.Now;
        var row = AuditRow.Of(PartitionOf(AuditDayIndex.DayOf(now), ShardOf(actor)), AuditRow.Reads, 0, now, actor, kind, what) with
        {
            // What was asked for has no setters, and what is stored elsewhere leaves such properties out.
            Data = JsonSerializer.Serialize(new { asked, count }, Json.Api),
        };
        return chain.AppendAsync(tables.Audit, row, cancellation);
    }

    /// <summary>The partitions of a day's entries about lists.</summary>
    internal static IEnumerable<string> PartitionsOf(DateOnly day) => Enumerable.Range(0, Shards).Select(shard => PartitionOf(day, shard));

    /// <summary>All of a day's entries about lists by their partition, newest first: one query in place of one a partition.</summary>
    internal static async Task<ILookup<string, AuditRow>> ListsOfAsync(TableClient table, DateOnly day, CancellationToken cancellation)
    {
        var rows = new List<AuditRow>();
        var first = $"{Lists}|{AuditDayIndex.Text(day)}|";
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey lt {first + "~"}");
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            rows.Add(AuditRow.Read(entity));
        return rows.ToLookup(row => row.Partition, StringComparer.Ordinal);
    }

    private static string PartitionOf(DateOnly day, int shard) => $"{Lists}|{AuditDayIndex.Text(day)}|{shard:x}";

    // The same person always writes to the same chain, another one mostly to another. string.GetHashCode differs from process to process.
    private static int ShardOf(Actor actor) =>
        $"{actor.Role}/{actor.Id}".Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)) & (Shards - 1);
}
