using System.Security.Cryptography;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VcasFunctions.Audit;
using VcasFunctions.Http;
using VcasFunctions.Settings;
using VcasFunctions.Tables;
using VcasFunctions.WriteOnceStorage;

namespace VcasFunctions.Backup;

/// <summary>
/// Writes all tables to a place of their own, sealed as they are stored. The service has no picture of a moment over several partitions,
/// so each household is of one piece and the tables follow each other in an order in which nothing can be missing that a later one relies
/// on: docs/decisions/0030-a-backup-of-all-tables.md.
/// </summary>
public sealed class TablesBackup(
    VcasTables tables,
    Func<IWriteOnceStore> store,
    IOptionsMonitor<BackupOptions> options,
    VcasSettings settings,
    ILogger<TablesBackup> log)
{
    /// <summary>What fits into a file, unless it is large.</summary>
    internal const int RowsAPart = 10_000;

    // A household that changes all the while is being worked on by more than one; one of these finds them between two changes.
    private const int Patience = 20;

    /// <summary>Writes one, where that is switched on, and gives its name.</summary>
    public async Task<string?> WriteAsync(CancellationToken cancellation, int rowsAPart = RowsAPart)
    {
        if (!options.CurrentValue.Enabled) return null;
        var takenAt = settings.Moment.Now;
        var (backup, to) = (BackupManifest.NameAt(takenAt), store());
        var (written, torn) = (new List<TableInBackup>(), new List<string>());
        foreach (var table in tables.InBackupOrder)
        {
            await using var parts = new BackupPartWriter(to, backup, table.Name, rowsAPart);
            if (table == tables.Offers) await WriteHouseholdsAsync(parts, torn, cancellation);
            else await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: cancellation))
                await parts.AddAsync(row, cancellation);
            written.Add(await parts.EndAsync(cancellation));
        }

        var manifest = new BackupManifest(takenAt, settings.Moment.Now, settings.Options.Force, written, torn);
        var content = JsonSerializer.SerializeToUtf8Bytes(manifest, Json.Stored);
        await to.WriteNewAsync(backup + BackupManifest.FileName, content, cancellation);
        // The manifest's hash goes into the log, which is kept in another place.
        log.LogInformation(
            "The backup {Backup} holds {Rows} rows of {Tables} tables, its manifest is {Hash}",
            backup,
            manifest.Rows,
            written.Count,
            Convert.ToHexStringLower(SHA256.HashData(content)));
        if (torn.Count > 0)
            log.LogWarning("{Households} households were changed all the while; they may be in pieces in {Backup}", torn.Count, backup);
        return backup;
    }

    private async Task WriteHouseholdsAsync(BackupPartWriter parts, List<string> torn, CancellationToken cancellation)
    {
        var household = new List<TableEntity>();
        await foreach (var row in tables.Offers.QueryAsync<TableEntity>(cancellationToken: cancellation))
        {
            if (household.Count > 0 && household[0].PartitionKey != row.PartitionKey)
                await WriteHouseholdAsync(parts, household, torn, cancellation);
            household.Add(row);
        }

        await WriteHouseholdAsync(parts, household, torn, cancellation);
    }

    // A page of the table may end within a household that is changed before the next one is read: its last events, and then a row that
    // knows more.
    private async Task WriteHouseholdAsync(
        BackupPartWriter parts, List<TableEntity> household, List<string> torn, CancellationToken cancellation)
    {
        if (household.Count == 0) return;
        var partition = household[0].PartitionKey;
        var rows = household.ToList();
        for (var attempt = 0; !IsOfOnePiece(rows) && attempt < Patience; attempt++)
        {
            rows = [];
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
            await foreach (var row in tables.Offers.QueryAsync<TableEntity>(filter, cancellationToken: cancellation)) rows.Add(row);
        }

        if (!IsOfOnePiece(rows)) torn.Add(partition);
        foreach (var row in rows) await parts.AddAsync(row, cancellation);
        household.Clear();
    }

    private static bool IsOfOnePiece(IReadOnlyList<TableEntity> rows)
    {
        var events = rows.Where(row => AuditRow.IsOne(row, AuditRow.Events)).Select(AuditRow.Read).ToList();
        var own = rows.FirstOrDefault(row => row.TryGetValue("Revision", out _) && row.ContainsKey("Chain"));
        if (own is null) return events.Count == 0;
        return own.GetInt32("Revision") == events.Count && (events.Count == 0 || events[^1].Hash == own.GetString("Chain"));
    }
}
