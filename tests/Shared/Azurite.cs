using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace Shared;

/// <summary>
/// Azurite's table service, or its blob service, in a process of its own, in memory, on a free loopback port. It has many accounts, so
/// that tests which run at once, and want tables of the same names, needn't meet.
/// </summary>
public sealed class Azurite : IAsyncLifetime
{
    // The account's key is Azurite's published one; it opens nothing but an emulator.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const int Accounts = 500;
    private const int Attempts = 3;
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private Process? process;
    private string complaint = "";
    private int port;
    private int taken;
    private readonly string service;

    /// <summary>The table service.</summary>
    public Azurite()
        : this("table")
    {
    }

    private Azurite(string service) => this.service = service;

    /// <summary>A client of one account, the same at every call. Without Node.js it skips the test that asks for it.</summary>
    public TableServiceClient Client
    {
        get
        {
            Tool.Node.MustBeThere();
            return field;
        }
        private set;
    } = null!;

    /// <summary>The blob service, which a test starts by itself.</summary>
    public static Azurite OfBlobs() => new("blob");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        // A fixture is made before the tests that need it are skipped.
        if (!Tool.Node.IsThere()) return;

        // A free port can be taken by someone else before Azurite has it; then it ends at once, and another port will do.
        port = FreePorts.Next();
        for (var attempt = 1; !await StartsAsync(); attempt++)
        {
            if (attempt == Attempts) throw new InvalidOperationException($"Azurite ended {attempt} times before it listened: {complaint}");
            port = FreePorts.Next();
        }

        Client = OfNextAccount(new TableClientOptions());
    }

    /// <summary>A client of an account that nobody has used yet.</summary>
    public TableServiceClient OfNextAccount(TableClientOptions options)
    {
        var number = Interlocked.Increment(ref taken) - 1;
        if (number >= Accounts)
            throw new InvalidOperationException($"All {Accounts} accounts of this Azurite have been used: give it more.");
        var name = NameOf(number);
        return new TableServiceClient(new Uri($"http://127.0.0.1:{port}/{name}"), new TableSharedKeyCredential(name, Key), options);
    }

    /// <summary>How a process of its own reaches an account that nobody has used yet.</summary>
    public (string ConnectionString, TableServiceClient Client) NextAccount()
    {
        var client = OfNextAccount(new TableClientOptions());
        return ($"DefaultEndpointsProtocol=http;AccountName={client.AccountName};AccountKey={Key};TableEndpoint={client.Uri}", client);
    }

    /// <summary>How a process of its own, or a client of the blob service, reaches an account that nobody has used yet.</summary>
    public string NextBlobAccount()
    {
        var name = NameOf(Interlocked.Increment(ref taken) - 1);
        return $"DefaultEndpointsProtocol=http;AccountName={name};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{port}/{name}";
    }

    /// <summary>Ends the process that this started, and what it held.</summary>
    public void Kill()
    {
        if (process is { HasExited: false }) process.Kill();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private static string NameOf(int number) => $"tests{number}";

    private async Task<bool> StartsAsync()
    {
        process?.Dispose();
        process = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList =
            {
                Script(service), $"--{service}Host", "127.0.0.1", $"--{service}Port", $"{port}",
                "--silent", "--disableTelemetry", "--inMemoryPersistence",
                // Microsoft's client of blobs speaks of a version that the emulator doesn't know yet; what we ask of both is older than
                // either.
                "--skipApiVersionCheck",
            },
            Environment =
            {
                ["AZURITE_ACCOUNTS"] = string.Join(';', Enumerable.Range(0, Accounts).Select(number => $"{NameOf(number)}:{Key}")),
            },
            // It keeps all in memory and writes nothing.
            WorkingDirectory = Path.GetTempPath(),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("node did not start.");
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += (_, line) => complaint += line.Data;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return await ListensAsync();
    }

    private static string Script(string service, [CallerFilePath] string thisFile = "")
    {
        var tests = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, ".."));
        var script = Path.Combine(tests, "node", "node_modules", ".bin", $"azurite-{service}");
        return System.IO.File.Exists(script)
            ? script
            : throw new InvalidOperationException($"Azurite is not at {script}: run `npm ci --ignore-scripts` in tests/node.");
    }

    private async Task<bool> ListensAsync()
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
