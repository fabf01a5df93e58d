using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Azure.Data.Tables;
using VcasFunctions.Backup;
using VcasFunctions.Http;
using VcasFunctions.WriteOnceStorage;

namespace VcasRestore;

/// <summary>A backup that is whole by its own word: its manifest is there.</summary>
internal sealed record FoundBackup(string Name, BackupManifest Manifest)
{
    public TableInBackup? Table(string name) => Manifest.Tables.FirstOrDefault(table => table.Name == name);
}

/// <summary>Reads backups, and believes no file whose hash isn't the one that its manifest names.</summary>
internal static class BackupReader
{
    /// <summary>All that were finished, oldest first.</summary>
    public static async Task<IReadOnlyList<FoundBackup>> ListAsync(IWriteOnceStore store, CancellationToken cancellation)
    {
        var found = new List<FoundBackup>();
        await foreach (var name in store.NamesAsync("", cancellation))
        {
            if (!name.EndsWith(BackupManifest.FileName, StringComparison.Ordinal)) continue;
            var manifest = JsonSerializer.Deserialize<BackupManifest>(await store.ReadAsync(name, cancellation), Json.Stored)!;
            found.Add(new FoundBackup(name[..^BackupManifest.FileName.Length], manifest));
        }

        return [.. found.OrderBy(backup => backup.Name, StringComparer.Ordinal)];
    }

    /// <summary>Goes on where every file is there and is the one that was written.</summary>
    /// <exception cref="RestoreRefusedException">One isn't.</exception>
    public static async Task CheckAsync(IWriteOnceStore store, FoundBackup backup, CancellationToken cancellation)
    {
        foreach (var table in backup.Manifest.Tables)
            await foreach (var row in RowsAsync(store, backup, table.Name, cancellation)) _ = row.PartitionKey;
    }

    /// <summary>The rows of one table, in the order in which they were written.</summary>
    /// <exception cref="RestoreRefusedException">A file is gone or altered, or holds another number of rows.</exception>
    public static async IAsyncEnumerable<TableEntity> RowsAsync(
        IWriteOnceStore store, FoundBackup backup, string table, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var part in backup.Table(table)?.Parts ?? [])
        {
            var rows = 0;
            using var lines = new StreamReader(new GZipStream(
                new MemoryStream(await ReadAsync(store, backup.Name + part.Name, part, cancellation)), CompressionMode.Decompress));
            while (await lines.ReadLineAsync(cancellation) is { } line)
            {
                rows++;
                yield return BackupRowText.Read(line);
            }

            if (rows != part.Rows)
                throw new RestoreRefusedException($"{backup.Name}{part.Name} holds {rows} rows, and its manifest says {part.Rows}.");
        }
    }

    private static async Task<byte[]> ReadAsync(IWriteOnceStore store, string name, PartOfBackup part, CancellationToken cancellation)
    {
        byte[] content;
        try
        {
            content = await store.ReadAsync(name, cancellation);
        }
        catch (Azure.RequestFailedException missing) when (missing.Status == 404)
        {
            throw new RestoreRefusedException($"{name} is missing, and the manifest names it. Choose another backup.");
        }

        return Convert.ToHexStringLower(SHA256.HashData(content)) == part.Sha256
            ? content
            : throw new RestoreRefusedException($"{name} is not the file that was written: its hash is another. Choose another backup.");
    }
}
