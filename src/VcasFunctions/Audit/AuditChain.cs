using Azure;
using Azure.Data.Tables;
using VcasFunctions.Sealing;

namespace VcasFunctions.Audit;

/// <summary>
/// Chains rows of the audit by a keyed hash: anyone who may write to the tables but hasn't the key can neither alter a row nor take
/// one out, unless it is the last, without its being found.
/// </summary>
public sealed class AuditChain(Sealer sealer)
{
    /// <summary>The row with the hash that follows on <paramref name="previous"/>; empty before the first.</summary>
    internal AuditRow After(string previous, AuditRow row) => row with { Hash = HashOf(row.Contents(previous)) };

    /// <summary>The keyed hash of a text.</summary>
    internal string HashOf(string text) => Convert.ToBase64String(sealer.HashInChain(text));

    /// <summary>
    /// Appends a row to a chain that nobody holds: whoever inserts a number first has it, and others take the next. Somebody always
    /// gets on, so no crowd of readers can stop itself, and a household that is being changed stops nobody.
    /// </summary>
    internal async Task AppendAsync(TableClient table, AuditRow row, CancellationToken cancellation)
    {
        var (number, hash) = await NewestAsync(table, row.Partition, row.Prefix, cancellation);
        while (true)
        {
            var next = After(hash, row with { Number = number + 1 });
            try
            {
                await table.AddEntityAsync(next.ToEntity(), cancellation);
                return;
            }
            catch (RequestFailedException taken) when (taken.Status == 409)
            {
                var quicker = AuditRow.Read(
                    await table.GetEntityAsync<TableEntity>(next.Partition, next.RowKey, cancellationToken: cancellation));
                (number, hash) = (quicker.Number, quicker.Hash);
            }
        }
    }

    /// <summary>The newest row of a chain of consultations: its number and hash; 0 and empty if there is none.</summary>
    internal static async Task<(int Number, string Hash)> NewestAsync(
        TableClient table, string partition, string prefix, CancellationToken cancellation)
    {
        await foreach (var entity in Rows(table, partition, prefix, pageSize: 1, cancellation))
        {
            var newest = AuditRow.Read(entity);
            return (newest.Number, newest.Hash);
        }

        return (0, "");
    }

    /// <summary>The rows of one chain in the order of their keys.</summary>
    internal static AsyncPageable<TableEntity> Rows(
        TableClient table, string partition, string prefix, int? pageSize, CancellationToken cancellation) =>
        table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {prefix} and RowKey lt {prefix + "~"}"),
            pageSize,
            cancellationToken: cancellation);
}
