using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using VcasFunctions.WriteOnceStorage;

namespace VcasFunctions.Backup;

/// <summary>Writes a table's rows into files of a size that fits into the memory of the smallest instance.</summary>
internal sealed class BackupPartWriter(IWriteOnceStore store, string backup, string table, int rowsAPart) : IAsyncDisposable
{
    private const int BytesAPart = 32 * 1024 * 1024;

    private readonly List<PartOfBackup> parts = [];
    private MemoryStream content = new();
    private GZipStream? zip;
    private int rows;
    private long bytes;

    public async Task AddAsync(TableEntity row, CancellationToken cancellation)
    {
        zip ??= new GZipStream(content, CompressionLevel.Fastest, leaveOpen: true);
        var line = Encoding.UTF8.GetBytes(BackupRowText.Write(row) + "\n");
        await zip.WriteAsync(line, cancellation);
        (rows, bytes) = (rows + 1, bytes + line.Length);
        if (rows >= rowsAPart || bytes >= BytesAPart) await EndPartAsync(cancellation);
    }

    public async Task<TableInBackup> EndAsync(CancellationToken cancellation)
    {
        await EndPartAsync(cancellation);
        return new TableInBackup(table, parts.Sum(part => (long)part.Rows), parts);
    }

    private async Task EndPartAsync(CancellationToken cancellation)
    {
        if (zip is null) return;
        await zip.DisposeAsync();
        var written = content.ToArray();
        var name = $"/{table}-{parts.Count + 1:D4}.ndjson.gz";
        await store.WriteNewAsync(backup + name, written, cancellation);
        parts.Add(new PartOfBackup(name, rows, written.Length, Convert.ToHexStringLower(SHA256.HashData(written))));
        await content.DisposeAsync();
        (content, zip, rows, bytes) = (new MemoryStream(), null, 0, 0);
    }

    public async ValueTask DisposeAsync()
    {
        if (zip is not null) await zip.DisposeAsync();
        await content.DisposeAsync();
    }
}
