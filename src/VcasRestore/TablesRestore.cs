using System.Globalization;
using Azure.Data.Tables;
using VcasFunctions.Backup;
using VcasFunctions.CallBacks;
using VcasFunctions.Tables;

namespace VcasRestore;

/// <summary>
/// Puts a backup back. First what protects: the numbers that nobody is ever to call and the erasures, from the chosen backup and from
/// every later one, so that an older backup brings neither a number back nor a person. Then the rest, and last a mark for every
/// household, by which the sweep draws up the lists and starts the waits. What stands in the tables is never replaced.
/// </summary>
internal sealed class TablesRestore(IBackupPlace place, TableServiceClient service, TextWriter log)
{
    private const string OfferRow = "offer";

    // Written by an app at its first start, before it has any data: tables that hold nothing else are empty.
    private static readonly string[] OfEveryStart = ["keys", "marks"];

    private readonly VcasTables tables = new(service);

    /// <summary>Puts the backup of this name back; the newest whole one when null.</summary>
    /// <param name="name">Which.</param>
    /// <param name="fillIn">Whether the tables may hold something.</param>
    /// <param name="cancellation">Ends it early; it can be begun again with <paramref name="fillIn"/>.</param>
    /// <exception cref="RestoreRefusedException">There is no such backup, it isn't whole, or the tables hold something.</exception>
    public async Task<Restored> RestoreAsync(string? name, bool fillIn, CancellationToken cancellation)
    {
        var all = await BackupReader.ListAsync(place, cancellation);
        var chosen = (name is null ? all.LastOrDefault() : all.FirstOrDefault(backup => backup.Name == name))
            ?? throw new RestoreRefusedException(
                name is null
                    ? "There is no backup that was finished."
                    : $"There is no finished backup {name}. --list says which there are.");
        log.WriteLine($"Looking through {chosen.Name}: {chosen.Manifest.Rows} rows.");
        await BackupReader.CheckAsync(place, chosen, cancellation);
        await tables.EnsureAsync(cancellation);
        if (!fillIn) await MustBeEmptyAsync(cancellation);

        // A later one that is damaged can't be put back, and what can be read of it still protects.
        var later = await WholeAsync(all.Where(backup => string.CompareOrdinal(backup.Name, chosen.Name) > 0), cancellation);
        var restored = new Restored(chosen.Name, [.. later.Select(backup => backup.Name)], all[^1].Manifest.TakenAt);
        foreach (var backup in later.Append(chosen))
            restored.Never += await AddAsync(
                tables.Never, BackupReader.RowsAsync(place, backup, tables.Never.Name, cancellation), cancellation);
        log.WriteLine($"{restored.Never} rows of numbers that must never be called are in place.");

        var erased = await ErasedHereAsync(cancellation);
        var erasedThen = await ErasedInAsync(chosen, cancellation);
        foreach (var backup in Enumerable.Reverse(later))
            restored.Erasures += await ReplayErasuresAsync(backup, erased, erasedThen, cancellation);
        log.WriteLine($"{restored.Erasures} erasures of later backups are in place.");

        foreach (var table
            in chosen.Manifest.Tables.Select(table => table.Name).Except(tables.DrawnUp.Append(tables.Never).Select(table => table.Name)))
        {
            var rows = BackupReader.RowsAsync(place, chosen, table, cancellation)
                .Where(row => table != tables.Offers.Name || !erased.Contains(row.PartitionKey));
            var written = await AddAsync(service.GetTableClient(table), rows, cancellation);
            restored.Rows += written;
            log.WriteLine($"{table}: {written} rows.");
        }

        restored.Households = await AddAsync(tables.CallBacks, MarksAsync(chosen, erased, cancellation), cancellation);
        return restored;
    }

    private async Task MustBeEmptyAsync(CancellationToken cancellation)
    {
        var filled = new List<string>();
        foreach (var table in tables.InBackupOrder)
        {
            await foreach (var row in table.QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey"], cancellationToken: cancellation))
            {
                if (OfEveryStart.Contains(row.PartitionKey)) continue;
                filled.Add(table.Name);
                break;
            }
        }

        if (filled.Count > 0)
        {
            throw new RestoreRefusedException(
                $"These tables hold something: {string.Join(", ", filled)}. Choose an empty account; or say --fill-in: "
                + "what stands there stays as it is, and what is missing is put beside it.");
        }
    }

    private async Task<IReadOnlyList<FoundBackup>> WholeAsync(IEnumerable<FoundBackup> backups, CancellationToken cancellation)
    {
        var whole = new List<FoundBackup>();
        foreach (var backup in backups)
        {
            try
            {
                await BackupReader.CheckAsync(place, backup, cancellation);
                whole.Add(backup);
            }
            catch (RestoreRefusedException damaged)
            {
                log.WriteLine($"{backup.Name} is later and can't be used: {damaged.Message}");
            }
        }

        return whole;
    }

    // Households that are erased where the backup is put back: they stay so.
    private async Task<HashSet<string>> ErasedHereAsync(CancellationToken cancellation)
    {
        var erased = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in tables.Offers.QueryAsync<TableEntity>($"RowKey eq '{OfferRow}'", cancellationToken: cancellation))
            if (IsErased(row)) erased.Add(row.PartitionKey);
        return erased;
    }

    private async Task<HashSet<string>> ErasedInAsync(FoundBackup backup, CancellationToken cancellation)
    {
        var erased = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in BackupReader.RowsAsync(place, backup, tables.Offers.Name, cancellation))
            if (row.RowKey == OfferRow && IsErased(row)) erased.Add(row.PartitionKey);
        return erased;
    }

    // A household that a later backup knows as erased is put back as that backup has it.
    private async Task<int> ReplayErasuresAsync(
        FoundBackup later, HashSet<string> erased, HashSet<string> erasedThen, CancellationToken cancellation)
    {
        var own = await ErasedInAsync(later, cancellation);
        own.ExceptWith(erased);
        own.ExceptWith(erasedThen);
        var rows = BackupReader.RowsAsync(place, later, tables.Offers.Name, cancellation).Where(row => own.Contains(row.PartitionKey));
        await AddAsync(tables.Offers, rows, cancellation);
        erased.UnionWith(own);
        return own.Count;
    }

    private async IAsyncEnumerable<TableEntity> MarksAsync(
        FoundBackup chosen, HashSet<string> erased, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in BackupReader.RowsAsync(place, chosen, tables.Offers.Name, cancellation))
        {
            if (row.RowKey != OfferRow || erased.Contains(row.PartitionKey) || IsErased(row)) continue;
            yield return CallBackList.Mark(Guid.Parse(row.PartitionKey, CultureInfo.InvariantCulture), row.GetInt32("Revision") ?? 0);
        }
    }

    // With the people goes the key that sealed them.
    private static bool IsErased(TableEntity offer) => !offer.ContainsKey("DataKey");

    private static async Task<int> AddAsync(TableClient table, IAsyncEnumerable<TableEntity> rows, CancellationToken cancellation)
    {
        var written = 0;
        var batch = new RowBatch(table);
        await foreach (var row in rows) written += await batch.AddAsync(row, cancellation);
        return written + await batch.EndAsync(cancellation);
    }
}
