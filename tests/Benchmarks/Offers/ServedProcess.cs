using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Offers;

/// <summary>
/// A server in a process of its own, so that its processor time and its memory are its own. It is this same program, asked to
/// serve; it is told what to do line by line, and answers each with a line.
/// </summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    private readonly Process process;

    private ServedProcess(Process process, int port) => (this.process, Port) = (process, port);

    /// <summary>Where it answers HTTP.</summary>
    public int Port { get; }

    /// <summary>Processor time that it has used, all its threads together.</summary>
    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Its memory as the operating system counts it, MB.</summary>
    public double WorkingSet
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>
    /// The same with each page counted once, MB: .NET maps the code that it compiles twice, and the operating system counts both. Nothing
    /// where it doesn't say, which is everywhere but on Linux.
    /// </summary>
    public double? EachPageOnce
    {
        get
        {
            var rollup = $"/proc/{process.Id}/smaps_rollup";
            if (!File.Exists(rollup)) return null;
            var line = File.ReadLines(rollup).First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
        }
    }

    /// <summary>Starts one and waits until it says where it answers.</summary>
    /// <param name="build">Whose program.</param>
    /// <param name="what"><c>serve-app</c> or <c>serve-floor</c>.</param>
    /// <param name="folder">Where its data lies.</param>
    /// <param name="settings">Settings for the app, as <c>Vcas:Policy:IntervalDays=14</c>.</param>
    public static async Task<ServedProcess> StartAsync(Build build, string what, string folder, params string[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(build.Folder, "Benchmarks.dll"), what, folder, .. settings])
        {
            UseShellExecute = false,
            // Each build finds its own settings beside it.
            WorkingDirectory = build.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var started = Process.Start(start)!;
        return new ServedProcess(started, int.Parse(await ReadAsync(started)));
    }

    /// <summary>Tells it something, and gives its answer.</summary>
    public async Task<string> AskAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
        return await ReadAsync(process);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<string> ReadAsync(Process process) =>
        await process.StandardOutput.ReadLineAsync() ?? throw new IOException("The server ended: see its message above.");
}
