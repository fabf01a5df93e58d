using Azure;
using Azure.Data.Tables;
using Vcas.Domain.Households;
using Vcas.Domain.Reporting;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Problems;
using VcasFunctions.Sealing;
using VcasFunctions.Tables;

namespace VcasFunctions.Households;

/// <summary>Offers in their table. A read by key is one storage transaction, a change one entity-group transaction.</summary>
public sealed class HouseholdStore(VcasTables tables, Sealer sealer, AuditChain chain)
{
    private readonly HouseholdLocks locks = new();

    /// <summary>Waits until nobody else in this process changes the household; disposing lets the next one in.</summary>
    internal ValueTask<HouseholdLocks.Turn> LockAsync(Guid id, CancellationToken cancellation) => locks.TakeAsync(id, cancellation);

    /// <summary>The offer with this id, or null.</summary>
    public async Task<StoredHousehold?> FindAsync(Guid id, CancellationToken cancellation)
    {
        var found = await tables.Offers.GetEntityIfExistsAsync<TableEntity>(
            HouseholdRow.PartitionOf(id), VcasTables.OfferRow, cancellationToken: cancellation);
        return found.HasValue ? Read(found.Value!) : null;
    }

    /// <summary>The offer with this id, or the problem that there is none.</summary>
    public async Task<StoredHousehold> MustFindAsync(Guid id, CancellationToken cancellation) =>
        await FindAsync(id, cancellation) ?? throw new ProblemException(Problem.NotFound("offer"));

    /// <summary>The revision that an offer has come to, without opening the offer; null where there is none.</summary>
    internal async Task<int?> FindRevisionAsync(Guid id, CancellationToken cancellation)
    {
        var found = await tables.Offers.GetEntityIfExistsAsync<TableEntity>(
            HouseholdRow.PartitionOf(id), VcasTables.OfferRow, [HouseholdRow.RevisionColumn], cancellation);
        return found.HasValue ? found.Value!.GetInt32(HouseholdRow.RevisionColumn) : null;
    }

    /// <summary>The offer; null where there is none, or where it can't be read.</summary>
    public async Task<Household?> TryFindAsync(Guid id, CancellationToken cancellation)
    {
        try
        {
            return (await FindAsync(id, cancellation))?.Household;
        }
        catch (Exception damaged) when (damaged is DamagedRowException or SealBrokenException)
        {
            return null;
        }
    }

    /// <summary>
    /// The offers whose ids begin with these six hexadecimal digits, which is what a short reference says. Ids are the partitions' keys, so
    /// this reads between two of them: about one household in sixteen million.
    /// </summary>
    public async Task<IReadOnlyList<Guid>> FindByFirstDigitsAsync(string digits, int most, CancellationToken cancellation)
    {
        var offers = new List<Guid>();
        // A key goes on with a digit or a hyphen, and "g" sorts behind both.
        var (first, behind) = (digits.ToLowerInvariant(), digits.ToLowerInvariant() + "g");
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {first} and PartitionKey lt {behind} and RowKey eq {VcasTables.OfferRow}");
        await foreach (var entity in tables.Offers.QueryAsync<TableEntity>(filter, most, ["PartitionKey"], cancellation))
        {
            offers.Add(Guid.Parse(entity.PartitionKey));
            if (offers.Count == most) break;
        }

        return offers;
    }

    /// <summary>The offer with its trail, or null: one query of one partition.</summary>
    public async Task<(StoredHousehold Stored, IReadOnlyList<TrailEntry> Trail)?> FindWithTrailAsync(
        Guid id, CancellationToken cancellation)
    {
        StoredHousehold? stored = null;
        var trail = new List<TrailEntry>();
        await foreach (var entity in PartitionAsync(id, cancellation))
        {
            if (HouseholdRow.IsEvent(entity)) trail.Add(DamagedRow.Named(tables.Offers, entity, HouseholdRow.ReadTrail));
            else if (entity.RowKey == VcasTables.OfferRow) stored = Read(entity);
        }

        return stored is null ? null : (stored, trail);
    }

    /// <summary>Only the trail, as the domain's events.</summary>
    public async Task<IReadOnlyList<RecordedEvent>> TrailAsync(Guid id, CancellationToken cancellation)
    {
        var trail = new List<RecordedEvent>();
        await foreach (var entity in PartitionAsync(id, cancellation))
        {
            if (HouseholdRow.IsEvent(entity)) trail.Add(DamagedRow.Named(tables.Offers, entity, HouseholdRow.ReadEvent));
        }

        return trail;
    }

    /// <summary>Stores a new offer with its first events. False: an offer of this id is there already, and nothing was stored.</summary>
    public async Task<bool> TryAddAsync(
        Transition recorded, string requestHash, Actor actor, DateTimeOffset at, CancellationToken cancellation)
    {
        var key = sealer.NewKey(recorded.Household.Id);
        var events = HouseholdRow.EventsOf(recorded, actor, at, chain, head: "");
        try
        {
            await tables.Offers.SubmitTransactionAsync(
                [
                    new TableTransactionAction(
                        TableTransactionActionType.Add, HouseholdRow.Of(
                            recorded.Household, key, key.Hash(requestHash), events[^1].Hash, at)),
                    .. ToAdd(events),
                ],
                cancellation);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            return false;
        }
    }

    /// <summary>Stores a change with its events. False: somebody else was quicker, and nothing was stored.</summary>
    public async Task<bool> TryUpdateAsync(
        StoredHousehold before, Transition change, Actor actor, DateTimeOffset at, CancellationToken cancellation)
    {
        var key = before.Key is null ? null : sealer.Renew(before.Household.Id, before.Key);
        var events = HouseholdRow.EventsOf(change, actor, at, chain, before.Chain);
        try
        {
            await tables.Offers.SubmitTransactionAsync(
                [
                    new TableTransactionAction(
                        TableTransactionActionType.UpdateReplace,
                        HouseholdRow.Of(
                            change.Household,
                            key,
                            before.RequestHash,
                            events.Count > 0 ? events[^1].Hash : before.Chain,
                            events.Count > 0 ? at : before.ChangedAt),
                        before.ETag),
                    .. ToAdd(events),
                ],
                cancellation);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status is 412 or 409)
        {
            return false;
        }
    }

    /// <summary>
    /// Gives the offer a new version and changes nothing else: whoever read it before can't store any more. False: somebody was
    /// quicker.
    /// </summary>
    public async Task<bool> TryRenewVersionAsync(StoredHousehold read, CancellationToken cancellation)
    {
        try
        {
            var untouched = new TableEntity(HouseholdRow.PartitionOf(read.Household.Id), VcasTables.OfferRow);
            await tables.Offers.UpdateEntityAsync(untouched, read.ETag, TableUpdateMode.Merge, cancellation);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            return false;
        }
    }

    /// <summary>Offers whose data keys are wrapped by another than this key: a scan of the table, for a nightly job.</summary>
    public async IAsyncEnumerable<Guid> NotUnderAsync(
        string keyId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"RowKey eq {VcasTables.OfferRow} and KeyId ne {keyId}");
        await foreach (var entity in tables.Offers.QueryAsync<TableEntity>(
            filter, select: ["PartitionKey"], cancellationToken: cancellation))
            yield return Guid.Parse(entity.PartitionKey);
    }

    /// <summary>Offers that are not erased: a scan of the table, for a nightly job.</summary>
    public async IAsyncEnumerable<Guid> NotErasedAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        // What was erased has lost its key.
        var filter = TableClient.CreateQueryFilter($"RowKey eq {VcasTables.OfferRow} and KeyId ge {""}");
        await foreach (var entity in tables.Offers.QueryAsync<TableEntity>(
            filter, select: ["PartitionKey"], cancellationToken: cancellation))
            yield return Guid.Parse(entity.PartitionKey);
    }

    private StoredHousehold Read(TableEntity entity) => DamagedRow.Named(tables.Offers, entity, row => HouseholdRow.Read(row, sealer));

    private static IEnumerable<TableTransactionAction> ToAdd(IEnumerable<AuditRow> events) =>
        events.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row.ToEntity()));

    private AsyncPageable<TableEntity> PartitionAsync(Guid id, CancellationToken cancellation)
    {
        var partition = HouseholdRow.PartitionOf(id);
        // The offer and its trail; the rows about who read it come after them.
        return tables.Offers.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey lt {AuditRow.Reads}"), cancellationToken: cancellation);
    }
}
