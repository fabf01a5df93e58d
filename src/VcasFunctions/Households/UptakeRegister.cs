using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Vcas.Domain;
using Vcas.Domain.Calendar;
using Vcas.Domain.Households;
using Vcas.Domain.Reporting;
using VcasFunctions.Http;
using VcasFunctions.Tables;

namespace VcasFunctions.Households;

/// <summary>What every figure is counted from: a row a household, a partition a month (London), nothing about a person.</summary>
public sealed class UptakeRegister(VcasTables tables)
{
    private const int LargestBatch = 100;

    /// <summary>Writes a household's row.</summary>
    /// <param name="record">What is counted.</param>
    /// <param name="recordedBy">Who recorded the offer: a directory id.</param>
    /// <param name="closed">Why the offer is closed; null while it isn't, and once the household is erased.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task PutAsync(HouseholdRecord record, string? recordedBy, ClosingReason? closed, CancellationToken cancellation) =>
        tables.Register.UpsertEntityAsync(EntityOf(record, recordedBy, closed), TableUpdateMode.Replace, cancellation);

    /// <summary>Writes a household's first row, unless somebody has written one already, who then knew more.</summary>
    public async Task TryAddAsync(
        HouseholdRecord record, string? recordedBy, ClosingReason? closed, CancellationToken cancellation)
    {
        try
        {
            await tables.Register.AddEntityAsync(EntityOf(record, recordedBy, closed), cancellation);
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            // The row is there already.
        }
    }

    /// <summary>Takes away a household's row of a month; where there is none, nothing happens.</summary>
    public Task RemoveAsync(Guid id, string month, CancellationToken cancellation) =>
        tables.Register.DeleteEntityAsync(month, RowOf(id), ETag.All, cancellation);

    /// <summary>
    /// Takes imported households in. Each is known by its reference: one that stood with another date is corrected, in whatever month it
    /// stood, and counts once.
    /// </summary>
    /// <param name="records">All rows of a file.</param>
    /// <param name="isPreview">Only says what would come of it.</param>
    /// <param name="cancellation">Gives up. The same file again finishes what was begun.</param>
    public async Task<Imported> ImportAsync(IReadOnlyList<HouseholdRecord> records, bool isPreview, CancellationToken cancellation)
    {
        var known = await ImportedBeforeAsync(records.Select(record => record.Id).ToHashSet(), cancellation);
        var changed = records.Where(record => !known.TryGetValue(record.Id, out var before) || before is not [var one] || one != record)
            .ToList();
        var added = changed.Count(record => !known.ContainsKey(record.Id));
        if (!isPreview)
        {
            await PutAsync(changed, cancellation);
            foreach (var record in changed)
            {
                foreach (var moved in known.GetValueOrDefault(record.Id, []).Where(before => before.Month != record.Month))
                    await tables.Register.DeleteEntityAsync(moved.Month, RowOf(moved.Id), ETag.All, cancellation);
            }
        }

        return new Imported(added, changed.Count - added, records.Count - changed.Count);
    }

    // A reference does not say in which month it was before, so all months are read. An import may cost that.
    private async Task<Dictionary<Guid, List<HouseholdRecord>>> ImportedBeforeAsync(HashSet<Guid> wanted, CancellationToken cancellation)
    {
        var known = new Dictionary<Guid, List<HouseholdRecord>>();
        await foreach (var entity in tables.Register.QueryAsync<TableEntity>(cancellationToken: cancellation))
        {
            if (!Guid.TryParseExact(entity.RowKey, "D", out var id) || !wanted.Contains(id)) continue;
            if (!known.TryGetValue(id, out var rows)) known[id] = rows = [];
            rows.Add(Read(entity));
        }

        return known;
    }

    private async Task PutAsync(IEnumerable<HouseholdRecord> records, CancellationToken cancellation)
    {
        foreach (var month in records.GroupBy(record => record.Month))
        {
            foreach (var batch in month.Chunk(LargestBatch))
            {
                await tables.Register.SubmitTransactionAsync(
                    batch.Select(record => new TableTransactionAction(TableTransactionActionType.UpsertReplace, EntityOf(record))),
                    cancellation);
            }
        }
    }

    /// <summary>The row of one household, or null.</summary>
    public async Task<HouseholdRecord?> FindAsync(HouseholdRecord like, CancellationToken cancellation)
    {
        var found = await tables.Register.GetEntityIfExistsAsync<TableEntity>(like.Month, RowOf(like.Id), cancellationToken: cancellation);
        return found.HasValue ? Read(found.Value!) : null;
    }

    /// <summary>The households offered from one date to another, both in London and both included.</summary>
    public async IAsyncEnumerable<HouseholdRecord> BetweenAsync(
        DateOnly from, DateOnly to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var start = CallBackCalendar.StartOf(from);
        var end = to == DateOnly.MaxValue ? DateTimeOffset.MaxValue : CallBackCalendar.StartOf(to.AddDays(1));
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {from.ToString("yyyy-MM")} and PartitionKey le {to.ToString("yyyy-MM")}");
        await foreach (var entity in tables.Register.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            var record = Read(entity);
            if (record.OfferedAt >= start && record.OfferedAt < end) yield return record;
        }
    }

    /// <summary>The offers that somebody recorded in the months from one to another ("yyyy-MM"), both included, in no order.</summary>
    public async Task<IReadOnlyList<(Guid OfferId, DateTimeOffset OfferedAt)>> RecordedByAsync(
        string person, string from, string to, CancellationToken cancellation)
    {
        var offers = new List<(Guid, DateTimeOffset)>();
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {from} and PartitionKey le {to} and RecordedBy eq {person.ToLowerInvariant()}");
        await foreach (var entity in tables.Register.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            var record = Read(entity);
            offers.Add((record.Id, record.OfferedAt));
        }

        return offers;
    }

    /// <summary>
    /// The offers of the months from one to another ("yyyy-MM"), both included, that are closed, for one reason or for any, in no order.
    /// </summary>
    public async Task<IReadOnlyList<HouseholdRecord>> ClosedAsync(
        ClosingReason? reason, string from, string to, CancellationToken cancellation)
    {
        var offers = new List<HouseholdRecord>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey le {to}") + " and "
            + (reason is { } one
                ? TableClient.CreateQueryFilter($"Closed eq {Word.Of(one)}")
                // Every word is more than no text, and where there is no column nothing is.
                : TableClient.CreateQueryFilter($"Closed gt {""}"));
        await foreach (var entity in tables.Register.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            offers.Add(Read(entity));
        return offers;
    }

    private static TableEntity EntityOf(
        HouseholdRecord record, string? recordedBy = null, ClosingReason? closed = null) => new(record.Month, RowOf(record.Id))
        {
            ["Record"] = JsonSerializer.Serialize(record, Json.Stored),
            // Somebody's own are picked out by this. The service tells capitals from small letters.
            ["RecordedBy"] = recordedBy?.ToLowerInvariant(),
            // The closed ones are picked out by this.
            ["Closed"] = closed is { } reason ? Word.Of(reason) : null,
        };

    private static string RowOf(Guid id) => id.ToString("D");

    private HouseholdRecord Read(TableEntity entity) =>
        DamagedRow.Named(
            tables.Register, entity, row => JsonSerializer.Deserialize<HouseholdRecord>(row.GetString("Record"), Json.Stored)!);
}

/// <summary>What an import came to.</summary>
/// <param name="Added">Households that were not there.</param>
/// <param name="Corrected">Households that were different before.</param>
/// <param name="Unchanged">Households that were already as they are in the file.</param>
public sealed record Imported(int Added, int Corrected, int Unchanged);
