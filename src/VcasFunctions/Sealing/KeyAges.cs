using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using VcasFunctions.Tables;

namespace VcasFunctions.Sealing;

/// <summary>A key as people who look after keys may know it: nothing of the key itself is in it.</summary>
/// <param name="Use">What it is for.</param>
/// <param name="Id">Its id among those of its use; absent for the hash key.</param>
/// <param name="IsActive">Whether new things are written with it. Others only open what they wrote.</param>
/// <param name="Fingerprint">Tells whether two keys are the same, and nothing else.</param>
/// <param name="Since">When the service was first started with it, UTC.</param>
/// <param name="AgeDays">How many days ago that was.</param>
public sealed record KeyView(KeyUse Use, string? Id, bool IsActive, string Fingerprint, DateTimeOffset Since, int AgeDays);

/// <summary>How old each configured key is, by what the first start with it wrote down.</summary>
public sealed class KeyAges(VcasTables tables, IOptions<SealingOptions> options, TimeProvider time)
{
    /// <summary>Reads them: the hash key, then those that seal, then those of the index; of each the active one first.</summary>
    public async Task<IReadOnlyList<KeyView>> ReadAsync(CancellationToken cancellation)
    {
        var known = new Dictionary<string, TableEntity>(StringComparer.Ordinal);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {KeyCheck.Partition}");
        await foreach (var row in tables.Audit.QueryAsync<TableEntity>(
            filter, select: ["RowKey", KeyCheck.Fingerprint, KeyCheck.At], cancellationToken: cancellation))
            known.Add(row.RowKey, row);

        // The start has written each of them down.
        return
        [
            .. ConfiguredKeys.Of(options.Value)
                .Where(key => known.ContainsKey(key.Row))
                .Select(key => ViewOf(key, known[key.Row]))
                .OrderBy(key => key.Use).ThenByDescending(key => key.IsActive).ThenBy(key => key.Id, StringComparer.Ordinal),
        ];
    }

    private KeyView ViewOf(ConfiguredKey key, TableEntity row)
    {
        var (use, id, since) = (key.Kind.Use, key.Kind.IdOf(key.Row), row.GetDateTimeOffset(KeyCheck.At)!.Value);
        var isActive = use switch
        {
            KeyUse.Seal => id == options.Value.ActiveKey,
            KeyUse.Index => id == options.Value.ActiveIndexKeyInForce,
            _ => true,
        };
        return new KeyView(
            use,
            use == KeyUse.Hash ? null : id,
            isActive,
            row.GetString(KeyCheck.Fingerprint),
            since,
            Math.Max(0, (int)(time.GetUtcNow() - since).TotalDays));
    }
}
