using Azure.Data.Tables;
using Vcas.Domain.Offers;
using VcasFunctions.Sealing;
using VcasFunctions.Tables;

namespace VcasFunctions.Retention;

/// <summary>
/// Numbers that nobody is ever to call, as keyed hashes: a household that asked for it is not phoned again when everything else
/// about it is erased and somebody records the same number anew. Without the key no number can be tried.
/// </summary>
public sealed class NeverCalled(VcasTables tables, Sealer sealer)
{
    private const string Purpose = "numbers never to be called";

    /// <summary>Whether this contact's number is one of them.</summary>
    public async Task<bool> IncludesAsync(SafeContact? contact, CancellationToken cancellation) =>
        contact is not null && (await tables.NeverCalled.GetEntityIfExistsAsync<TableEntity>(RowOf(contact).PartitionKey, RowOf(contact).RowKey, cancellationToken: cancellation)).HasValue;

    /// <summary>Takes the number in; again changes nothing.</summary>
    public Task AddAsync(SafeContact contact, CancellationToken cancellation) =>
        tables.NeverCalled.UpsertEntityAsync(RowOf(contact), TableUpdateMode.Replace, cancellation);

    /// <summary>The household came forward by itself: its number may be called again.</summary>
    public Task RemoveAsync(SafeContact contact, CancellationToken cancellation) =>
        tables.NeverCalled.DeleteEntityAsync(RowOf(contact).PartitionKey, RowOf(contact).RowKey, Azure.ETag.All, cancellation);

    // 256 partitions by the hash itself. Nothing stands in the row: that it is there is all.
    private TableEntity RowOf(SafeContact contact)
    {
        var hash = Convert.ToHexString(sealer.Hash(Purpose, contact.Phone));
        return new TableEntity(hash[..2], hash);
    }
}
