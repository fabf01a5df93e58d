using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Shared;

/// <summary>VCAS's side as a process of its own: <c>dotnet VcasReceiver.dll</c> against a broker on loopback.</summary>
public sealed class ReceiverProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly string store;
    private readonly StringBuilder output;

    private ReceiverProcess(Process process, string store, StringBuilder output) =>
        (this.process, this.store, this.output) = (process, store, output);

    /// <summary>What it has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    /// <summary>Starts it.</summary>
    public static ReceiverProcess Start(string connectionString, string folder, string answer = "accept", params string[] options) =>
        Start(new Dictionary<string, string> { ["VCAS_CONNECTION"] = connectionString }, folder, answer, options);

    /// <summary>Starts it in an environment that says where the queues are.</summary>
    public static ReceiverProcess Start(
        IReadOnlyDictionary<string, string> environment, string folder, string answer = "accept", params string[] options)
    {
        var file = Path.Combine(folder, "vcas.db");
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "VcasReceiver.dll"), "--store", file, "--answer", answer },
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        foreach (var option in options) start.ArgumentList.Add(option);
        var printed = new StringBuilder();
        var started = new Process { StartInfo = start };
        started.OutputDataReceived += (_, line) => Append(printed, line.Data);
        started.ErrorDataReceived += (_, line) => Append(printed, line.Data);
        started.Start();
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return new ReceiverProcess(started, file, printed);
    }

    /// <summary>Takes in a file that the force handed over, and gives what it printed.</summary>
    public static async Task<string> TakeInAsync(string folder, string file, string certificate)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "VcasReceiver.dll"), "take-in",
                "--store", Path.Combine(folder, "vcas.db"), "--file", file, "--certificate", certificate,
            },
        };
        using var taking = Process.Start(start)!;
        var printed = await taking.StandardOutput.ReadToEndAsync();
        await taking.WaitForExitAsync();
        return printed;
    }

    /// <summary>The referrals in its store.</summary>
    public IReadOnlyList<Guid> Referrals()
    {
        using var connection = new SqliteConnection($"Data Source={store};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT referral_id FROM referrals";
        using var reader = command.ExecuteReader();
        var found = new List<Guid>();
        while (reader.Read()) found.Add(Guid.Parse(reader.GetString(0)));
        return found;
    }

    /// <summary>Ends the process that this started.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static void Append(StringBuilder printed, string? line)
    {
        lock (printed) printed.AppendLine(line);
    }
}
