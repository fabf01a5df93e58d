using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using VcasFunctions.Settings;
using VcasFunctions.Tables;

namespace VcasFunctions.Audit;

/// <summary>
/// Every night, holds fast where each chain that was touched on the day before had ended. An anchor covers them all and the anchor of
/// the day before it, so that a chain's missing end, a whole missing chain and a missing day are found. A copy is kept elsewhere, where
/// nothing can be changed: who puts all tables back to an earlier day is found by that. Its hash is logged as well.
/// </summary>
public sealed class AuditAnchors(
    VcasTables tables, AuditChain chain, TouchedDays days, KeptAnchors kept, VcasSettings settings, ILogger<AuditAnchors> log)
{
    private const string Partition = "anchors";

    /// <summary>Anchors every day that is over and has no anchor yet; what was cut short is made up.</summary>
    public async Task AnchorAsync(CancellationToken cancellation)
    {
        var yesterday = TouchedDays.DayOf(settings.Moment.Now).AddDays(-1);
        var last = await LastAsync(cancellation);
        var day = last?.Day.AddDays(1) ?? await days.FirstAsync(cancellation) ?? yesterday;
        var previous = last?.Hash ?? "";
        for (; day <= yesterday; day = day.AddDays(1)) previous = await AnchorAsync(day, previous, cancellation);
    }

    /// <summary>The anchors of some days, both included.</summary>
    internal async Task<Dictionary<DateOnly, Anchor>> BetweenAsync(DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var anchors = new Dictionary<DateOnly, Anchor>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {TouchedDays.Text(from)} and RowKey le {TouchedDays.Text(to)}");
        await foreach (var entity in tables.Audit.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            var anchor = Anchor.Read(entity);
            anchors.Add(anchor.Day, anchor);
        }

        return anchors;
    }

    /// <summary>The hash of a day: of the one before, of each household as it stood, and of the chains about lists.</summary>
    internal string HashOf(DateOnly day, string previous, IEnumerable<TouchedRow> rows, IEnumerable<ListEnd> lists) => chain.HashOf(JsonSerializer.Serialize(
        new[] { TouchedDays.Text(day), previous }.Concat(rows.Select(row => row.Line).Order(StringComparer.Ordinal)).Concat(lists.Select(list => $"{list.Partition}|{list.Number}|{list.Hash}"))));

    /// <summary>Where the chains about lists end now, those of a day that has any.</summary>
    internal async Task<IReadOnlyList<ListEnd>> ListEndsAsync(DateOnly day, CancellationToken cancellation)
    {
        var ends = await Task.WhenAll(ReadLog.PartitionsOf(day).Select(async partition =>
        {
            var (number, hash) = await AuditChain.NewestAsync(tables.Audit, partition, AuditRow.Reads, cancellation);
            return new ListEnd(partition, number, hash);
        }));
        return [.. ends.Where(end => end.Number > 0)];
    }

    private async Task<string> AnchorAsync(DateOnly day, string previous, CancellationToken cancellation)
    {
        var rows = new List<TouchedRow>();
        await foreach (var touched in days.BetweenAsync(day, day, cancellation))
        {
            var row = (await AuditTrail.ReadAsync(tables, touched.OfferId, cancellation)).AtEndOf(day, touched);
            await tables.Audit.UpsertEntityAsync(row.ToEntity(), TableUpdateMode.Replace, cancellation);
            rows.Add(row);
        }

        var lists = await ListEndsAsync(day, cancellation);
        var anchor = new Anchor(day, previous, HashOf(day, previous, rows, lists), rows.Count, lists);
        // First the copy: a day that has its row is done with, and would never be kept.
        await kept.KeepAsync(anchor, cancellation);
        // The day is anchored by this row; until it stands, all above is done again, with the same result.
        await tables.Audit.UpsertEntityAsync(anchor.ToEntity(Partition), TableUpdateMode.Replace, cancellation);
        log.LogInformation("The audit of {Day} is anchored: {Households} households, {Hash}", TouchedDays.Text(day), rows.Count, anchor.Hash);
        return anchor.Hash;
    }

    private async Task<Anchor?> LastAsync(CancellationToken cancellation)
    {
        // Newest last: a year of nights is one page, and only the nightly job asks.
        Anchor? last = null;
        await foreach (var entity in tables.Audit.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellation)) last = Anchor.Read(entity);
        return last;
    }
}

/// <summary>Where one chain about lists ended.</summary>
internal sealed record ListEnd(string Partition, int Number, string Hash);

/// <summary>A day held fast.</summary>
internal sealed record Anchor(DateOnly Day, string Previous, string Hash, int Households, IReadOnlyList<ListEnd> Lists)
{
    public static Anchor Read(TableEntity entity) => new(
        DateOnly.ParseExact(entity.RowKey, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        entity.GetString("Previous"),
        entity.GetString("Hash"),
        entity.GetInt32("Households") ?? 0,
        JsonSerializer.Deserialize<IReadOnlyList<ListEnd>>(entity.GetString("Lists"), Json.Stored)!);

    public TableEntity ToEntity(string partition) => new(partition, TouchedDays.Text(Day))
    {
        ["Previous"] = Previous, ["Hash"] = Hash, ["Households"] = Households, ["Lists"] = JsonSerializer.Serialize(Lists, Json.Stored),
    };
}
