using Microsoft.Extensions.Options;
using VcasFunctions.Settings;
using VcasFunctions.Tables;

namespace VcasFunctions.Audit;

/// <summary>What is wrong with the audit.</summary>
public enum FindingKind
{
    /// <summary>A number is missing between two others, or before the first.</summary>
    EntryMissing,

    /// <summary>An entry isn't what was written, or doesn't follow on the one before it.</summary>
    EntryAltered,

    /// <summary>Entries at a chain's end are gone.</summary>
    EndMissing,

    /// <summary>All of a household's entries are gone.</summary>
    ChainMissing,

    /// <summary>The household's own row doesn't say what its trail says.</summary>
    HouseholdAltered,

    /// <summary>A day that is over has no anchor.</summary>
    AnchorMissing,

    /// <summary>A day's anchor doesn't cover what is there, or doesn't follow on the day before.</summary>
    AnchorBroken,

    /// <summary>A day's anchor and the copy of it that is kept elsewhere don't say the same, or one of them is missing.</summary>
    AnchorNotKept,
}

/// <summary>Something that is wrong.</summary>
/// <param name="Kind">What.</param>
/// <param name="Day">On which day it shows, UTC; absent if it is the household's alone.</param>
/// <param name="OfferId">Of which household.</param>
/// <param name="Entry">At which entry of a chain, as <c>event-000003</c>.</param>
public sealed record Finding(FindingKind Kind, DateOnly? Day = null, Guid? OfferId = null, string? Entry = null);

/// <summary>Looks whether the audit is whole and unaltered.</summary>
public sealed class AuditCheck(
    VcasTables tables,
    AuditChain chain,
    AuditAnchors anchors,
    AnchorArchive archive,
    AuditDayIndex days,
    IOptionsMonitor<RetentionOptions> retention,
    VcasSettings settings)
{
    /// <summary>One household: both its chains, and its own row.</summary>
    public async Task<(int Entries, IReadOnlyList<Finding> Findings)> CheckOfferAsync(Guid offerId, CancellationToken cancellation)
    {
        var trail = await AuditTrail.ReadAsync(tables, offerId, cancellation);
        return (trail.Events.Count + trail.Reads.Count, [.. FindingsOf(offerId, trail)]);
    }

    /// <summary>Some days, both included: every household that was touched on them, the chains about lists, and the anchors.</summary>
    public async Task<AuditVerification> CheckDaysAsync(DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var (findings, households, entries) = (new List<Finding>(), new HashSet<Guid>(), 0);
        // Earlier entries have been erased after their period, and only their anchors are left.
        var oldest = AuditDayIndex.DayOf(settings.Moment.Now).AddDays(1 - retention.CurrentValue.AuditDays);
        if (from < oldest) from = oldest;
        var known = await anchors.BetweenAsync(from.AddDays(-1), to, cancellation);
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            var rows = new List<AuditDayRow>();
            await foreach (var row in days.BetweenAsync(day, day, cancellation))
            {
                rows.Add(row);
                var trail = await AuditTrail.ReadAsync(tables, row.OfferId, cancellation);
                if (households.Add(row.OfferId))
                {
                    entries += trail.Events.Count + trail.Reads.Count;
                    findings.AddRange(FindingsOf(row.OfferId, trail));
                }

                findings.AddRange(EndFindings(row, trail));
            }

            entries += await CheckListsAsync(day, known.GetValueOrDefault(day), findings, cancellation);
            if (AnchorFinding(day, known, rows) is { } finding) findings.Add(finding);
            if (!await archive.MatchesAsync(day, known.GetValueOrDefault(day), () => anchors.AsideAsync(day, cancellation), cancellation))
                findings.Add(new Finding(FindingKind.AnchorNotKept, day));
        }

        return new AuditVerification(from, to, households.Count, entries, findings.Count == 0, findings);
    }

    private IEnumerable<Finding> FindingsOf(Guid offerId, AuditTrail trail)
    {
        foreach (var finding in ChainFindings(trail.Events, offerId).Concat(ChainFindings(trail.Reads, offerId))) yield return finding;
        if (trail.Events.Count == 0 && trail.Reads.Count == 0) yield break;
        var last = trail.Events.Count > 0 ? trail.Events[^1] : null;
        if (trail.Revision > (last?.Number ?? 0))
            yield return new Finding(
                FindingKind.EndMissing, OfferId: offerId, Entry: AuditRow.KeyOf(AuditRow.Events, trail.Revision.Value));
        else if (trail.Revision is null || trail.Revision != last?.Number || (trail.Head ?? "") != last.Hash)
            yield return new Finding(FindingKind.HouseholdAltered, OfferId: offerId);
    }

    private IEnumerable<Finding> ChainFindings(IReadOnlyList<AuditRow> rows, Guid? offerId)
    {
        var (number, hash) = (0, "");
        foreach (var row in rows)
        {
            if (row.Number != number + 1)
                yield return new Finding(
                    FindingKind.EntryMissing, AuditDayIndex.DayOf(row.At), offerId, AuditRow.KeyOf(row.Prefix, number + 1));
            // Entries of version 0.1.0 are older than the chain, and come before it.
            else if (hash.Length == 0 && row.Hash.Length == 0) (number, hash) = (row.Number, "");
            // After a missing row, the next row would look altered. The gap is reported, so the next row is checked by itself.
            else if (chain.After(hash, row).Hash != row.Hash)
                yield return new Finding(FindingKind.EntryAltered, AuditDayIndex.DayOf(row.At), offerId, row.RowKey);
            (number, hash) = (row.Number, row.Hash);
        }
    }

    private static IEnumerable<Finding> EndFindings(AuditDayRow anchored, AuditTrail trail)
    {
        if (anchored.Events is null) yield break;
        if (trail.Events.Count + trail.Reads.Count == 0 && anchored.Events + anchored.Reads > 0)
        {
            yield return new Finding(FindingKind.ChainMissing, anchored.Day, anchored.OfferId);
            yield break;
        }

        foreach (var (rows, prefix, number, hash) in new[]
        {
            (trail.Events, AuditRow.Events, anchored.Events.Value, anchored.EventsHash),
            (trail.Reads, AuditRow.Reads, anchored.Reads ?? 0, anchored.ReadsHash),
        })
        {
            if (number == 0) continue;
            var found = rows.FirstOrDefault(row => row.Number == number);
            if (found is null)
                yield return new Finding(FindingKind.EndMissing, anchored.Day, anchored.OfferId, AuditRow.KeyOf(prefix, number));
            else if (found.Hash != hash) yield return new Finding(FindingKind.EntryAltered, anchored.Day, anchored.OfferId, found.RowKey);
        }
    }

    private async Task<int> CheckListsAsync(DateOnly day, Anchor? anchor, List<Finding> findings, CancellationToken cancellation)
    {
        var entries = 0;
        var chains = await ReadLog.ListsOfAsync(tables.Audit, day, cancellation);
        foreach (var partition in ReadLog.PartitionsOf(day))
        {
            var rows = chains[partition].Reverse().ToList();
            entries += rows.Count;
            findings.AddRange(ChainFindings(rows, offerId: null));
            var last = rows.LastOrDefault();
            if (anchor is not null
                && (anchor.Lists.FirstOrDefault(list => list.Partition == partition) ?? new ListEnd(partition, 0, "")) is var end
                && (last?.Number ?? 0) < end.Number)
                findings.Add(new Finding(FindingKind.EndMissing, day, Entry: AuditRow.KeyOf(AuditRow.Reads, end.Number)));
        }

        return entries;
    }

    // The night after a day anchors it; until then there is nothing to miss.
    private Finding? AnchorFinding(DateOnly day, Dictionary<DateOnly, Anchor> known, List<AuditDayRow> rows)
    {
        if (!known.TryGetValue(day, out var anchor))
            return rows.Count > 0 && day < AuditDayIndex.DayOf(settings.Moment.Now).AddDays(-1)
                ? new Finding(FindingKind.AnchorMissing, day)
                : null;
        var follows = !known.TryGetValue(day.AddDays(-1), out var before) || before.Hash == anchor.Previous;
        return follows && anchors.HashOf(day, anchor.Previous, rows, anchor.Lists) == anchor.Hash
            ? null
            : new Finding(FindingKind.AnchorBroken, day);
    }
}

/// <summary>What a verification found.</summary>
/// <param name="From">First day, UTC.</param>
/// <param name="To">Last day, UTC.</param>
/// <param name="Households">Looked at, each with its whole trail.</param>
/// <param name="Entries">Looked at.</param>
/// <param name="IsWhole">Whether nothing is missing or altered.</param>
/// <param name="Findings">What is.</param>
public sealed record AuditVerification(
    DateOnly From, DateOnly To, int Households, int Entries, bool IsWhole, IReadOnlyList<Finding> Findings);
