using Microsoft.Data.Sqlite;
using VcasReceiver;

namespace Simulation;

/// <summary>VCAS: the reference receiver itself, on a store of its own that outlives every connection.</summary>
internal sealed class Vcas(string folder, string decision) : IDisposable
{
    private readonly string file = Path.Combine(folder, "vcas.db");
    private CancellationTokenSource? stop;
    private Task running = Task.CompletedTask;

    public bool IsThere => stop is not null;

    public void Open(string connectionString)
    {
        stop = new CancellationTokenSource();
        var options = ReceiverOptions.Read(["--connection", connectionString, "--store", file, "--answer", decision], _ => null);
        running = Receiver.RunAsync(options, TimeProvider.System, TextWriter.Null, stop.Token);
    }

    public async Task CloseAsync()
    {
        if (stop is null) return;
        await stop.CancelAsync();
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            // It was stopped while its connection was being cut: what it had not settled, the broker still has.
        }

        stop.Dispose();
        stop = null;
    }

    public void Dispose() => stop?.Dispose();

    /// <summary>Every referral that it has stored, and whether it was withdrawn.</summary>
    public IReadOnlyDictionary<Guid, bool> Referrals()
    {
        var found = new Dictionary<Guid, bool>();
        if (!File.Exists(file)) return found;
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT referral_id, withdrawn_for IS NOT NULL FROM referrals";
        using var reader = command.ExecuteReader();
        while (reader.Read()) found.Add(Guid.Parse(reader.GetString(0)), reader.GetBoolean(1));
        return found;
    }
}
