using System.Diagnostics;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using LocalAzure.Storage;
using LocalAzure.Tables;

namespace Benchmarks.Tables;

/// <summary>
/// What a table operation costs beside the bare SQLite statements that it can't do without, through the same group-commit
/// writer, in the same run: figures of different runs don't compare.
/// </summary>
internal static class TablesBenchmark
{
    private const string RawInsert = "INSERT OR REPLACE INTO raw(tbl, pk, rk, ts, body) VALUES(1, ?, ?, 1, ?)";
    private static readonly byte[] Body = new byte[200];
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(0.5);

    // Floor and operation take turns, so that a neighbour's noise falls on both; the first turn only warms.
    private const int Turns = 8;

    public static async Task RunAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"tables-benchmark-{Guid.NewGuid():N}");
        try
        {
            await using var store = LocalStore.Open(Path.Combine(folder, "store.db"));
            store.Define("CREATE TABLE raw(tbl INTEGER, pk TEXT, rk TEXT, ts INTEGER, body BLOB, PRIMARY KEY(tbl, pk, rk)) WITHOUT ROWID");
            var table = new LocalTableServiceClient(store, TimeProvider.System).GetTableClient("Bench");
            await table.CreateAsync();
            foreach (var writers in new[] { 1, 64 })
            {
                await CompareAsync(
                    "3 rows in one commit",
                    "SubmitTransaction of 3",
                    writers,
                    number => RawAsync(store, number, rows: 3),
                    number => SubmitAsync(table, number));
                await CompareAsync(
                    "1 row",
                    "UpsertEntity",
                    writers,
                    number => RawAsync(store, number, rows: 1),
                    number => table.UpsertEntityAsync(NewOffer(number, 0), TableUpdateMode.Replace));
            }

            await CompareAsync(
                "1 row by key",
                "GetEntity",
                1,
                number => RawReadAsync(store, 1 + (number % 1_000)),
                number => table.GetEntityAsync<Offer>(Partition(1 + (number % 1_000)), "0"));
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CompareAsync(string floor, string operation, int callers, Func<int, Task> raw, Func<int, Task> ours)
    {
        var (bare, table) = (new Meter(raw), new Meter(ours));
        for (var turn = 0; turn <= Turns; turn++)
        {
            await bare.RunAsync(callers, counts: turn > 0);
            await table.RunAsync(callers, counts: turn > 0);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{callers,3} callers  raw {floor,-22}{bare.PerSecond,9:N0}/s {bare.Microseconds,6:N1} µs CPU   "
            + $"{operation,-24}{table.PerSecond,9:N0}/s {table.Microseconds,6:N1} µs CPU   {table.PerSecond / bare.PerSecond:P0} of the "
            + $"floor"));
    }

    private static string Partition(int number) => string.Create(CultureInfo.InvariantCulture, $"offer-{number:D12}");

    private static Task<bool> RawAsync(LocalStore store, int number, int rows) => store.WriteAsync(connection =>
    {
        for (var row = 0; row < rows; row++)
            connection.Prepare(RawInsert).Bind(1, Partition(number)).Bind(2, row == 0 ? "0" : row == 1 ? "1" : "2").Bind(3, Body).Run();
        return true;
    });

    private static Task<byte[]> RawReadAsync(LocalStore store, int number) => Task.FromResult(store.Read(connection =>
    {
        using var row = connection.Prepare("SELECT ts, body FROM raw WHERE tbl = 1 AND pk = ? AND rk = '0'").Bind(1, Partition(number));
        return row.Step() ? row.GetBytes(1).ToArray() : [];
    }));

    private static Task<Response<IReadOnlyList<Response>>> SubmitAsync(TableClient table, int number) => table.SubmitTransactionAsync(
        [
            new TableTransactionAction(TableTransactionActionType.UpsertReplace, NewOffer(number, 0)),
            new TableTransactionAction(TableTransactionActionType.UpsertReplace, NewOffer(number, 1)),
            new TableTransactionAction(TableTransactionActionType.UpsertReplace, NewOffer(number, 2)),
        ]);

    private static Offer NewOffer(int number, int row) => new()
    {
        PartitionKey = Partition(number),
        RowKey = row == 0 ? "0" : row == 1 ? "1" : "2",
        CrimeReference = "AB/12345/26",
        Team = "north",
        State = "waiting",
        OfferedAt = DateTimeOffset.UnixEpoch,
        DueAt = DateTimeOffset.UnixEpoch.AddDays(21),
        Attempts = number,
        Household = """[{"relationship":"householder","ageBand":"adult"},{"relationship":"child","ageBand":"under10"}]""",
    };

    private sealed class Offer : ITableEntity
    {
        public string PartitionKey { get; set; } = "";

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public string CrimeReference { get; set; } = "";

        public string Team { get; set; } = "";

        public string State { get; set; } = "";

        public DateTimeOffset OfferedAt { get; set; }

        public DateTimeOffset DueAt { get; set; }

        public int Attempts { get; set; }

        public string Household { get; set; } = "";
    }

    /// <summary>Calls something for a while, and adds up the calls, the time and the processor time.</summary>
    private sealed class Meter(Func<int, Task> call)
    {
        private int next;
        private int counted;
        private TimeSpan elapsed;
        private TimeSpan processor;

        public double PerSecond => counted / elapsed.TotalSeconds;

        public double Microseconds => processor.TotalMicroseconds / counted;

        public async Task RunAsync(int callers, bool counts)
        {
            var from = next;
            var before = Environment.CpuUsage.TotalTime;
            var start = Stopwatch.GetTimestamp();
            var end = start + (long)(Length.TotalSeconds * Stopwatch.Frequency);
            await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
            {
                while (Stopwatch.GetTimestamp() < end) await call(Interlocked.Increment(ref next));
            })));
            if (!counts) return;
            counted += next - from;
            elapsed += Stopwatch.GetElapsedTime(start);
            processor += Environment.CpuUsage.TotalTime - before;
        }
    }
}
