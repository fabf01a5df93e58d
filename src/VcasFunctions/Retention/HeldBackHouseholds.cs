using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using VcasFunctions.Tables;

namespace VcasFunctions.Retention;

/// <summary>
/// Households whose time was over while a disclosure hold stood against their erasure, by their ids: the day on which they would have been
/// found again lies behind, so the first night after the release finds them here.
/// </summary>
public sealed class HeldBackHouseholds(VcasTables tables)
{
    private const string Partition = "held-back";

    /// <summary>All of them.</summary>
    public async IAsyncEnumerable<Guid> AllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        await foreach (var row in tables.Audit.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return Guid.Parse(row.RowKey);
    }

    /// <summary>Its time is over, and it may not be erased.</summary>
    public Task AddAsync(Guid id, CancellationToken cancellation) =>
        tables.Audit.UpsertEntityAsync(new TableEntity(Partition, id.ToString("D")), TableUpdateMode.Replace, cancellation);

    /// <summary>It is erased, or was worked with since and is found by that day.</summary>
    public Task RemoveAsync(Guid id, CancellationToken cancellation) =>
        tables.Audit.DeleteEntityAsync(Partition, id.ToString("D"), ETag.All, cancellation);
}
