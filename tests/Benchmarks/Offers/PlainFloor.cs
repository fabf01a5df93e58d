using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Offers;

/// <summary>
/// The floor: the same Kestrel, the same route, the same body read; then one row, in one group commit that is flushed before
/// the answer. Nothing is checked, nothing is listed, nothing waits: no system that keeps an offer can do less.
/// </summary>
internal static class PlainFloor
{
    public static async Task RunAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await using var writer = new PlainWriter(Path.Combine(folder, "floor.db"));
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.MapPut("/api/offers/{id:guid}", async (Guid id, HttpRequest request) =>
        {
            var body = new byte[(int)request.ContentLength!];
            await request.Body.ReadExactlyAsync(body);
            await writer.InsertAsync(id, body);
            return Results.Created((string?)null, new { offerId = id, state = "waiting" });
        });
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.First()).Port);
        while (await Console.In.ReadLineAsync() is { } line)
            Console.WriteLine(line == "allocated" ? GC.GetTotalAllocatedBytes(precise: true) : 0);
        await app.StopAsync();
    }

    /// <summary>One writer, which commits whatever has come while it committed before.</summary>
    private sealed class PlainWriter : IAsyncDisposable
    {
        private const int LargestGroup = 1_000;

        private readonly Channel<Row> rows = Channel.CreateUnbounded<Row>(new UnboundedChannelOptions { SingleReader = true });
        private readonly SqliteConnection connection;
        private readonly Thread thread;

        public PlainWriter(string path)
        {
            connection = new SqliteConnection($"Data Source={path};Pooling=False");
            connection.Open();
            Execute("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8000;");
            Execute("CREATE TABLE offer (id TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID");
            thread = new Thread(Write) { IsBackground = true };
            thread.Start();
        }

        public Task InsertAsync(Guid id, byte[] body)
        {
            var row = new Row(id, body);
            rows.Writer.TryWrite(row);
            return row.Committed.Task;
        }

        public async ValueTask DisposeAsync()
        {
            rows.Writer.Complete();
            thread.Join();
            await connection.DisposeAsync();
        }

        private void Write()
        {
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO offer (id, body) VALUES ($id, $body)";
            var id = insert.Parameters.Add("$id", SqliteType.Text);
            var body = insert.Parameters.Add("$body", SqliteType.Blob);
            insert.Prepare();
            var group = new List<Row>(LargestGroup);
            while (rows.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                using (var transaction = connection.BeginTransaction())
                {
                    insert.Transaction = transaction;
                    while (group.Count < LargestGroup && rows.Reader.TryRead(out var row))
                    {
                        id.Value = row.Id.ToString("D");
                        body.Value = row.Body;
                        insert.ExecuteNonQuery();
                        group.Add(row);
                    }

                    transaction.Commit();
                }

                foreach (var row in group) row.Committed.SetResult();
                group.Clear();
            }
        }

        private void Execute(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        private sealed record Row(Guid Id, byte[] Body)
        {
            public TaskCompletionSource Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
