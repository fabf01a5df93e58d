using Azure;
using Azure.Data.Tables;

namespace VcasRestore;

/// <summary>Adds rows to a table, many of a partition at once. A row that is there already stays as it is.</summary>
internal sealed class RowBatch(TableClient table)
{
    // The service takes 100 rows and 4 MiB; a row may have 1 MiB.
    private const int Most = 100;
    private const int LargestRow = 1024 * 1024;
    private const int MostBytes = 4 * LargestRow - (LargestRow / 2);

    private readonly List<TableEntity> rows = [];
    private long bytes;

    /// <summary>Takes a row, and says how many were written by that.</summary>
    public async Task<int> AddAsync(TableEntity row, CancellationToken cancellation)
    {
        var size = SizeOf(row);
        var written = rows.Count > 0 && (rows.Count == Most || rows[0].PartitionKey != row.PartitionKey || bytes + size > MostBytes)
            ? await EndAsync(cancellation) : 0;
        rows.Add(row);
        bytes += size;
        return written;
    }

    /// <summary>Writes what was taken, and says how many rows that were.</summary>
    public async Task<int> EndAsync(CancellationToken cancellation)
    {
        if (rows.Count == 0) return 0;
        var written = await WriteAsync(cancellation);
        rows.Clear();
        bytes = 0;
        return written;
    }

    private async Task<int> WriteAsync(CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(
                rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), cancellation);
            return rows.Count;
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            // One of them is there: each by itself.
        }

        var written = 0;
        foreach (var row in rows)
        {
            try
            {
                await table.AddEntityAsync(row, cancellation);
                written++;
            }
            catch (RequestFailedException taken) when (taken.Status == 409)
            {
                // It stays as it is.
            }
        }

        return written;
    }

    private static long SizeOf(TableEntity row) => row.Sum(column => column.Key.Length + column.Value switch
    {
        string text => 4L * text.Length,
        byte[] binary => 2L * binary.Length,
        _ => 64L,
    });
}
