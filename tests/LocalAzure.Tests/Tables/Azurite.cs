using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace LocalAzure.Tests.Tables;

/// <summary>Azurite's table service in a process of its own, in memory, on a free loopback port. Started once for its class.</summary>
public sealed class Azurite : IAsyncLifetime
{
    // Azurite's published development account; it opens nothing but an emulator.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const int Attempts = 3;
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"azurite-{Guid.NewGuid():N}");
    private Process? process;
    private string complaint = "";

    public TableServiceClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(folder);

        // A free port can be taken by someone else before Azurite has it; then it ends at once, and another port will do.
        var port = FreePort();
        for (var attempt = 1; !await StartsAsync(port); attempt++)
        {
            if (attempt == Attempts) throw new InvalidOperationException($"Azurite ended {attempt} times before it listened: {complaint}");
            port = FreePort();
        }

        Client = new TableServiceClient(new Uri($"http://127.0.0.1:{port}/{Account}"), new TableSharedKeyCredential(Account, Key));
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task<bool> StartsAsync(int port)
    {
        process?.Dispose();
        process = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList =
            {
                Script(), "--tableHost", "127.0.0.1", "--tablePort", $"{port}", "--silent", "--disableTelemetry", "--inMemoryPersistence",
            },
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("node did not start.");
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += (_, line) => complaint += line.Data;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return await ListensAsync(port);
    }

    private static string Script([CallerFilePath] string thisFile = "")
    {
        var tests = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
        var script = Path.Combine(tests, "node", "node_modules", ".bin", "azurite-table");
        return System.IO.File.Exists(script) ? script : throw new InvalidOperationException($"Azurite is not at {script}: run `npm ci` in tests/node.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> ListensAsync(int port)
    {
        var started = Stopwatch.StartNew();
        while (started.Elapsed < StartsWithin)
        {
            if (process!.HasExited) return false;
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }

        throw new TimeoutException($"Azurite did not listen on port {port} within {StartsWithin.TotalSeconds} s.");
    }
}
