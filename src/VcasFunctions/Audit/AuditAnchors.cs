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
    VcasTables tables, AuditChain chain, AuditDayIndex days, AnchorArchive archive, VcasSettings settings, ILogger<AuditAnchors> log)
{
    private const string Partition = "anchors";
    private const string Aside = "anchors-ahead";

    // The last anchor is the first row; only one that a clock which ran ahead has made lies before it.
    private const int FewAnchors = 10;

    /// <summary>Anchors every day that is over and has no anchor yet; what was cut short is made up.</summary>
    public async Task AnchorAsync(CancellationToken cancellation)
    {
        var yesterday = AuditDayIndex.DayOf(settings.Moment.Now).AddDays(-1);
        var last = await LastAsync(yesterday, cancellation);
        var day = last?.Day.AddDays(1) ?? await days.FirstAsync(cancellation) ?? yesterday;
        var previous = last?.Hash ?? "";
        for (; day <= yesterday; day = day.AddDays(1)) previous = await AnchorAsync(day, previous, cancellation);
    }

    /// <summary>The anchors of some days, both included.</summary>
    internal async Task<Dictionary<DateOnly, Anchor>> BetweenAsync(DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var anchors = new Dictionary<DateOnly, Anchor>();
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {Partition} and RowKey ge {Anchor.KeyOf(to)} and RowKey le {Anchor.KeyOf(from)}");
        await foreach (var entity in tables.Audit.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            var anchor = Anchor.Read(entity);
            anchors.Add(anchor.Day, anchor);
        }

        return anchors;
    }

    /// <summary>
    /// The hashes under which a day was anchored by a clock that ran ahead, and which were set aside since: a copy of such an anchor, kept
    /// where nothing can be changed, is no sign that anybody altered anything.
    /// </summary>
    internal async Task<IReadOnlyCollection<string>> AsideAsync(DateOnly day, CancellationToken cancellation)
    {
        var hashes = new List<string>();
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {Aside + "|"} and PartitionKey lt {Aside + "}"} and RowKey eq {Anchor.KeyOf(day)}");
        await foreach (var entity in tables.Audit.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            var anchor = Anchor.Read(entity);
            if (anchor.Seal == SealOf(anchor)) hashes.Add(anchor.Hash);
        }

        return hashes;
    }

    /// <summary>The hash of a day: of the one before, of each household as it stood, and of the chains about lists.</summary>
    internal string HashOf(DateOnly day, string previous, IEnumerable<AuditDayRow> rows, IEnumerable<ListEnd> lists) =>
        chain.HashOf(JsonSerializer.Serialize(
            new[] { AuditDayIndex.Text(day), previous }.Concat(rows.Select(row => row.Line).Order(StringComparer.Ordinal))
                .Concat(lists.Select(list => $"{list.Partition}|{list.Number}|{list.Hash}"))));

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
        var rows = new List<AuditDayRow>();
        await foreach (var touched in days.BetweenAsync(day, day, cancellation))
        {
            var row = (await AuditTrail.ReadAsync(tables, touched.OfferId, cancellation)).AtEndOf(day, touched);
            await tables.Audit.UpsertEntityAsync(row.ToEntity(), TableUpdateMode.Replace, cancellation);
            rows.Add(row);
        }

        var lists = await ListEndsAsync(day, cancellation);
        var anchor = new Anchor(day, previous, HashOf(day, previous, rows, lists), rows.Count, lists, settings.Moment.Now);
        anchor = anchor with { Seal = SealOf(anchor) };
        // First the copy: a day that has its row counts as done, and would never get its copy.
        await archive.ArchiveAsync(anchor, cancellation);
        // This row anchors the day. Until it is written, everything above is done again, with the same result.
        await tables.Audit.UpsertEntityAsync(anchor.ToEntity(Partition), TableUpdateMode.Replace, cancellation);
        log.LogInformation(
            "The audit of {Day} is anchored: {Households} households, {Hash}", AuditDayIndex.Text(day), rows.Count, anchor.Hash);
        return anchor.Hash;
    }

    // The newest of those that stand. Their keys count down, so it is found in one small query, however many years lie behind it.
    private async Task<Anchor?> LastAsync(DateOnly yesterday, CancellationToken cancellation)
    {
        Anchor? last = null;
        var ahead = new List<Anchor>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        await foreach (var entity in tables.Audit.QueryAsync<TableEntity>(filter, FewAnchors, cancellationToken: cancellation))
        {
            var anchor = Anchor.Read(entity);
            if (ClockWatch.IsAhead(anchor.At, settings.Moment.Now) && anchor.Seal == SealOf(anchor))
            {
                ahead.Add(anchor);
                continue;
            }

            // An anchor for a future day that we did not make must not keep any day from being anchored.
            if (anchor.Day > yesterday) continue;
            last = anchor;
            break;
        }

        if (ahead.Count > 0) await PutAsideAsync(ahead, cancellation);
        return last;
    }

    // A clock that ran ahead anchored days before they were over. They are anchored again later; the early anchors are kept.
    // The newest goes first: if this is interrupted, the rest still sorts before the valid anchors.
    private async Task PutAsideAsync(List<Anchor> ahead, CancellationToken cancellation)
    {
        foreach (var anchor in ahead)
        {
            await tables.Audit.UpsertEntityAsync(
                anchor.ToEntity($"{Aside}|{anchor.At.UtcTicks:D19}"), TableUpdateMode.Replace, cancellation);
            await tables.Audit.DeleteEntityAsync(Partition, Anchor.KeyOf(anchor.Day), Azure.ETag.All, cancellation);
        }

        log.LogWarning(
            "{Anchors} anchors, {First} to {Last}, were made by a clock that ran ahead: each day is anchored anew when it is over",
            ahead.Count,
            AuditDayIndex.Text(ahead[^1].Day),
            AuditDayIndex.Text(ahead[0].Day));
    }

    // Somebody who can write to the tables, and has no key, can't force a new anchor by claiming that the old one was too early.
    private string SealOf(Anchor anchor) => chain.HashOf(string.Create(
        CultureInfo.InvariantCulture, $"anchor|{AuditDayIndex.Text(anchor.Day)}|{anchor.Previous}|{anchor.Hash}|{anchor.At.UtcTicks}"));
}
