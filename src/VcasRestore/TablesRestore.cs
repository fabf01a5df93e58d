using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Vcas.Domain.Households;
using VcasFunctions.Audit;
using VcasFunctions.Backup;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Tables;
using VcasFunctions.WriteOnceStorage;

namespace VcasRestore;

/// <summary>
/// Puts a backup back. First what protects: the numbers that nobody is ever to call, whoever said that, and the erasures, from the
/// chosen backup and from every later one, so that an older one brings neither a number back nor a person. Then the rest, and last a
/// mark for every household, by which the sweep draws up the lists and starts the waits. What is in the tables is never replaced.
/// </summary>
internal sealed class TablesRestore(IWriteOnceStore store, TableServiceClient service, TextWriter log)
{
    // Written by an app at its first start, before it has any data: tables that hold nothing else are empty.
    private static readonly string[] OfEveryStart = ["keys", VcasTables.Marks];

    private readonly VcasTables tables = new(service);

    /// <summary>Puts the backup of this name back; the newest whole one when null.</summary>
    /// <param name="name">Which.</param>
    /// <param name="fillIn">Whether the tables may hold something.</param>
    /// <param name="cancellation">Ends it early; it can be begun again with <paramref name="fillIn"/>.</param>
    /// <exception cref="RestoreRefusedException">There is no such backup, it isn't whole, or the tables hold something.</exception>
    public async Task<RestoreResult> RestoreAsync(string? name, bool fillIn, CancellationToken cancellation)
    {
        var all = await BackupReader.ListAsync(store, cancellation);
        var chosen = (name is null ? (all.Count > 0 ? all[^1] : null) : all.FirstOrDefault(backup => backup.Name == name))
            ?? throw new RestoreRefusedException(
                name is null
                    ? "There is no backup that was finished."
                    : $"There is no finished backup {name}. --list says which there are.");
        log.WriteLine($"Looking through {chosen.Name}: {chosen.Manifest.Rows} rows.");
        await BackupReader.CheckAsync(store, chosen, cancellation);
        await tables.EnsureAsync(cancellation);
        if (!fillIn) await MustBeEmptyAsync(cancellation);

        // A later one that is damaged can't be put back, and what can be read of it still protects.
        var later = await WholeAsync(all.Where(backup => string.CompareOrdinal(backup.Name, chosen.Name) > 0), cancellation);
        var result = new RestoreResult(chosen.Name, [.. later.Select(backup => backup.Name)], all[^1].Manifest.TakenAt);
        foreach (var backup in later.Append(chosen))
            result.DoNotCall += await AddAsync(
                tables.DoNotCall, BackupReader.RowsAsync(store, backup, tables.DoNotCall.Name, cancellation), cancellation);
        log.WriteLine($"{result.DoNotCall} rows of numbers that must never be called are in store.");

        var barred = await BarredAsync(cancellation);
        var settled = await SettledHereAsync(barred, cancellation);
        var settledThen = await SettledInAsync(chosen, barred, cancellation);
        foreach (var backup in Enumerable.Reverse(later))
            result.Settled += await ReplayAsync(backup, barred, settled, settledThen, cancellation);
        log.WriteLine($"{result.Settled} households that later backups know as erased, or as never to be called, are in store.");

        // Known to have said never, and in no backup as anything but one that is called: better missing than called.
        result.Withheld = [.. (await BarredAndCalledAsync(chosen, barred, cancellation)).Except(settled)];
        settled.UnionWith(result.Withheld);
        foreach (var table in chosen.Manifest.Tables.Select(table => table.Name).Except(NotAsTheyWere))
        {
            var rows = BackupReader.RowsAsync(store, chosen, table, cancellation).Where(row => !IsOfOneOf(settled, table, row));
            var written = await AddAsync(service.GetTableClient(table), rows, cancellation);
            result.Rows += written;
            log.WriteLine($"{table}: {written} rows.");
        }

        result.Households = await AddAsync(tables.CallBacks, MarksAsync(chosen, settled, cancellation), cancellation);
        return result;
    }

    private IEnumerable<string> NotAsTheyWere => tables.DrawnUp.Append(tables.DoNotCall).Select(table => table.Name);

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
                await BackupReader.CheckAsync(store, backup, cancellation);
                whole.Add(backup);
            }
            catch (RestoreRefusedException damaged)
            {
                log.WriteLine($"{backup.Name} is later and can't be used: {damaged.Message}");
            }
        }

        return whole;
    }

    // Those where the backup is put back: they stay as they are.
    private async Task<HashSet<string>> SettledHereAsync(HashSet<string> barred, CancellationToken cancellation)
    {
        var settled = new HashSet<string>(StringComparer.Ordinal);
        var offers = TableClient.CreateQueryFilter($"RowKey eq {VcasTables.OfferRow}");
        await foreach (var row in tables.Offers.QueryAsync<TableEntity>(offers, cancellationToken: cancellation))
            if (IsSettled(row, barred)) settled.Add(row.PartitionKey);
        return settled;
    }

    // The offers under which a number is barred.
    private async Task<HashSet<string>> BarredAsync(CancellationToken cancellation)
    {
        var barred = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in tables.DoNotCall.QueryAsync<TableEntity>(cancellationToken: cancellation))
            if (DoNotCallRegister.BarredBy(row) is { } id) barred.Add(id);
        return barred;
    }

    // Whom a backup knows as erased, or as having said never.
    private async Task<HashSet<string>> SettledInAsync(FoundBackup backup, HashSet<string> barred, CancellationToken cancellation)
    {
        var settled = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in BackupReader.RowsAsync(store, backup, tables.Offers.Name, cancellation))
            if (row.RowKey == VcasTables.OfferRow && IsSettled(row, barred)) settled.Add(row.PartitionKey);
        return settled;
    }

    private async Task<List<string>> BarredAndCalledAsync(FoundBackup chosen, HashSet<string> barred, CancellationToken cancellation)
    {
        var called = new List<string>();
        await foreach (var row in BackupReader.RowsAsync(store, chosen, tables.Offers.Name, cancellation))
        {
            if (row.RowKey == VcasTables.OfferRow && barred.Contains(row.PartitionKey) && !IsSettled(row, barred))
                called.Add(row.PartitionKey);
        }

        return called;
    }

    // Whom a later backup knows as erased, or as having said never, is put back as that backup has it: with its figures and its days.
    private async Task<int> ReplayAsync(
        FoundBackup later, HashSet<string> barred, HashSet<string> settled, HashSet<string> settledThen, CancellationToken cancellation)
    {
        var own = await SettledInAsync(later, barred, cancellation);
        own.ExceptWith(settled);
        own.ExceptWith(settledThen);
        IAsyncEnumerable<TableEntity> Of(TableClient table, Func<TableEntity, bool> isOne) =>
            BackupReader.RowsAsync(store, later, table.Name, cancellation).Where(isOne);
        await AddAsync(tables.Offers, Of(tables.Offers, row => own.Contains(row.PartitionKey)), cancellation);
        await AddAsync(tables.Register, Of(tables.Register, row => own.Contains(row.RowKey)), cancellation);
        await AddAsync(tables.Audit, Of(tables.Audit, row => AuditDayIndex.IsOne(row) && own.Contains(row.RowKey)), cancellation);
        settled.UnionWith(own);
        return own.Count;
    }

    private async IAsyncEnumerable<TableEntity> MarksAsync(
        FoundBackup chosen,
        HashSet<string> settled,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in BackupReader.RowsAsync(store, chosen, tables.Offers.Name, cancellation))
        {
            if (row.RowKey != VcasTables.OfferRow || settled.Contains(row.PartitionKey) || IsErased(row)) continue;
            yield return CallBackList.Mark(Guid.Parse(row.PartitionKey, CultureInfo.InvariantCulture), row.GetInt32("Revision") ?? 0);
        }
    }

    // What a household is found by goes with its people.
    private bool IsOfOneOf(HashSet<string> settled, string table, TableEntity row) =>
        (table == tables.Offers.Name && settled.Contains(row.PartitionKey))
        || (table == tables.HouseholdIndex.Name && settled.Contains(row.RowKey));

    // With the people goes the key that sealed them.
    private static bool IsErased(TableEntity offer) => !offer.ContainsKey("DataKey");

    private static bool IsSettled(TableEntity offer, HashSet<string> barred) =>
        IsErased(offer) || (barred.Contains(offer.PartitionKey) && !IsCalled(offer));

    private static bool IsCalled(TableEntity offer) =>
        JsonSerializer.Deserialize<Household>(offer.GetString("State"), Json.Stored) is { IsOpen: true };

    private static async Task<int> AddAsync(TableClient table, IAsyncEnumerable<TableEntity> rows, CancellationToken cancellation)
    {
        var written = 0;
        var batch = new RowBatch(table);
        await foreach (var row in rows) written += await batch.AddAsync(row, cancellation);
        return written + await batch.EndAsync(cancellation);
    }
}
