using System.Text;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VcasFunctions.Tables;

namespace VcasFunctions.Sealing;

/// <summary>
/// Holds every start to the keys of the first one. Each key leaves a fingerprint in the tables and a canary that it sealed; a start with a
/// key that is another, or that is gone while something still needs it, is stopped by the setting's name. Otherwise it would go on
/// as if nothing were wrong: numbers that must never be called would be free, and every entry of the audit would count as altered.
/// </summary>
public sealed class KeyCheck(
    VcasTables tables, IOptions<SealingOptions> options, TimeProvider time, ILogger<KeyCheck> log) : IHostedLifecycleService
{
    internal const string Partition = "keys";
    internal const string Fingerprint = "Fingerprint";
    internal const string At = "At";

    private const string Canary = "Canary";
    private const string Song = "This key opens what it sealed.";

    private const string PutBack =
        "Put back the value it had (in Azure: the secret's earlier version in the vault; on a laptop: vault.json of the data folder).";

    /// <summary>Before anything else starts: nothing must be read or written with another key. The tables are there by now.</summary>
    /// <exception cref="KeyMismatchException">A key isn't the one that is written down.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, TableEntity>(StringComparer.Ordinal);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        await foreach (var row in tables.Audit.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            known.Add(row.RowKey, row);

        // All faults are reported together, before anything is stored.
        var keys = ConfiguredKeys.Of(options.Value);
        var wrong = keys.Where(key => known.TryGetValue(key.Row, out var row) && !Is(row, key))
            .Select(key => $"{key.Setting} is not the key that this data was written with. {PutBack}{key.Kind.OfAnother}")
            .ToList();
        var gone = known.Keys.Except(keys.Select(key => key.Row), StringComparer.Ordinal).ToList();
        foreach (var row in gone)
        {
            var kind = KeyKind.Of(row);
            if (await kind.IsNeededAsync(tables, kind.IdOf(row), cancellationToken))
                wrong.Add($"{kind.SettingOf(row)} is missing, and {kind.StillNeeded}. Put it back; {kind.WhenItMayGo}");
        }

        if (wrong.Count > 0) throw new KeyMismatchException(string.Join(" ", wrong));

        foreach (var key in keys.Where(key => !known.ContainsKey(key.Row))) await WriteDownAsync(key, cancellationToken);
        foreach (var row in gone)
        {
            await tables.Audit.DeleteEntityAsync(Partition, row, ETag.All, cancellationToken);
            log.LogInformation("The key {Key} has been taken away; nothing needs it", row);
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Derived from the key only for this: it shows whether a key is the same, and reveals nothing about it.
    private static string FingerprintOf(ConfiguredKey key) =>
        Convert.ToHexString(DerivedKeys.Derive(key.Value, $"fingerprint of {key.Row}"))[..32];

    private static byte[] KeyOfCanaries(ConfiguredKey key) => DerivedKeys.Derive(key.Value, "canaries");

    private static bool Is(TableEntity row, ConfiguredKey key) => row.GetString(Fingerprint) == FingerprintOf(key) && Opens(row, key);

    private static bool Opens(TableEntity row, ConfiguredKey key)
    {
        try
        {
            var opened = PreparedCipher.OpenOnce(KeyOfCanaries(key), row.GetBinary(Canary) ?? [], Encoding.UTF8.GetBytes(row.RowKey));
            return Encoding.UTF8.GetString(opened) == Song;
        }
        catch (SealBrokenException)
        {
            return false;
        }
    }

    private async Task WriteDownAsync(ConfiguredKey key, CancellationToken cancellation)
    {
        var row = new TableEntity(Partition, key.Row)
        {
            [Fingerprint] = FingerprintOf(key),
            [Canary] = PreparedCipher.SealOnce(KeyOfCanaries(key), Encoding.UTF8.GetBytes(Song), Encoding.UTF8.GetBytes(key.Row)),
            [At] = time.GetUtcNow(),
        };
        try
        {
            await tables.Audit.AddEntityAsync(row, cancellation);
            log.LogInformation("The key {Key} is written down by its fingerprint", key.Row);
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            // Another instance started at the same time: it must have the same key.
            var quicker = await tables.Audit.GetEntityAsync<TableEntity>(Partition, key.Row, cancellationToken: cancellation);
            if (!Is(quicker, key))
                throw new KeyMismatchException($"{key.Setting} is not the key that another instance has just started with. {PutBack}");
        }
    }
}
