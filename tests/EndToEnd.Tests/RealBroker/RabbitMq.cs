using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Shared;

namespace EndToEnd.Tests.RealBroker;

/// <summary>
/// A RabbitMQ node of our own beside whatever the machine may run: own name, data and ports, all on loopback, with AMQP 1.0 and two
/// durable quorum queues. Debian's package has the files; its service isn't needed.
/// </summary>
public sealed class RabbitMq : IAsyncLifetime
{
    private const string Installed = "/usr/lib/rabbitmq/lib";
    private const string User = "vcas";
    private const string Password = "only-on-loopback";
    // On a machine that builds other things meanwhile it takes more than two minutes.
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(5);

    private readonly string folder = Directory.CreateTempSubdirectory("vcas-rabbit-").FullName;
    private readonly int port = AppProcess.FreePort();
    private readonly int nodePort = AppProcess.FreePort();
    private readonly int nameServerPort = AppProcess.FreePort();
    private readonly StringBuilder output = new();
    private Process? names;
    private Process? node;

    /// <summary>The queue of referrals, as this broker addresses it.</summary>
    public static string Referrals => "/amq/queue/referrals";

    /// <summary>The queue of answers.</summary>
    public static string Answers => "/amq/queue/referral-answers";

    /// <summary>As Service Bus clients take it; the "emulator" is what lets them speak without TLS.</summary>
    public string ConnectionString =>
        $"Endpoint=sb://127.0.0.1:{port};SharedAccessKeyName={User};SharedAccessKey={Password};UseDevelopmentEmulator=true";

    /// <summary>What it printed last.</summary>
    public string LastWords => string.Join('\n', Printed().Split('\n').TakeLast(40));

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        WriteSettings();
        // The broker would start a name server that outlives it; one that is there already serves as well, and is ours to end.
        names = Launch("epmd", "-address", "127.0.0.1", "-port", $"{nameServerPort}");
        await UntilListeningAsync(names, nameServerPort);
        await StartAsync();
        // What it has just been told of its queues may not be on its disk yet, and queues made a second ago are not what is killed
        // here: stopped in good order once, it has written all down.
        await StopAsync();
        await StartAsync();
    }

    /// <summary>Starts it on what it has on its disk, and returns once it takes connections.</summary>
    public async Task StartAsync()
    {
        node?.Dispose();
        node = Launch(Script(), "-noinput");
        await UntilListeningAsync(node, port);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        node!.Kill();
        await node.WaitForExitAsync();
    }

    private async Task StopAsync()
    {
        using var terminate = Process.Start("kill", ["-TERM", $"{node!.Id}"]);
        await terminate.WaitForExitAsync();
        await node.WaitForExitAsync().WaitAsync(StartsWithin, TimeProvider.System);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { node, names }.OfType<Process>())
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static string Script() =>
        Directory.Exists(Installed) && Directory.GetFiles(Installed, "rabbitmq-server", SearchOption.AllDirectories) is [var script, ..]
            ? script
            : throw new InvalidOperationException("RabbitMQ is not installed: Debian's package is rabbitmq-server. `./test` leaves these tests out without it.");

    private void WriteSettings()
    {
        Directory.CreateDirectory(At("home"));
        File.WriteAllText(At("none.conf"), "");
        File.WriteAllText(At("plugins"), "[rabbitmq_amqp1_0].\n");
        File.WriteAllText(At("rabbitmq.conf"), $"listeners.tcp.1 = 127.0.0.1:{port}\nlog.console = true\nload_definitions = {At("definitions.json")}\n");
        File.WriteAllText(At("definitions.json"), $$"""
            {
              "users": [{ "name": "{{User}}", "password": "{{Password}}", "tags": "" }],
              "vhosts": [{ "name": "/" }],
              "permissions": [{ "user": "{{User}}", "vhost": "/", "configure": "", "write": ".*", "read": ".*" }],
              "queues": [
                { "name": "referrals", "vhost": "/", "durable": true, "auto_delete": false, "arguments": { "x-queue-type": "quorum" } },
                { "name": "referral-answers", "vhost": "/", "durable": true, "auto_delete": false, "arguments": { "x-queue-type": "quorum" } }
              ]
            }
            """);
    }

    private string At(string name) => Path.Combine(folder, name);

    private Process Launch(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            Environment =
            {
                ["HOME"] = At("home"),
                ["RABBITMQ_ALLOW_INPUT"] = "1", // the script becomes the broker, so that its process id is the one to kill
                ["RABBITMQ_CONF_ENV_FILE"] = At("none.conf"),
                ["RABBITMQ_NODENAME"] = $"vcas{port}@localhost",
                ["RABBITMQ_MNESIA_BASE"] = At("data"),
                ["RABBITMQ_LOG_BASE"] = At("log"),
                ["RABBITMQ_ENABLED_PLUGINS_FILE"] = At("plugins"),
                ["RABBITMQ_CONFIG_FILE"] = At("rabbitmq.conf"),
                ["RABBITMQ_DIST_PORT"] = $"{nodePort}",
                ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} -setcookie loopback",
                ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
                ["ERL_EPMD_PORT"] = $"{nameServerPort}",
            },
        };
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Append(string? line)
    {
        lock (output) output.AppendLine(line);
    }

    private async Task UntilListeningAsync(Process process, int awaited)
    {
        await Eventually.HoldsAsync(ListensAsync, () => $"{process.StartInfo.FileName} to listen. It printed:\n{Printed()}", CancellationToken.None, (int)StartsWithin.TotalSeconds);

        async Task<bool> ListensAsync()
        {
            if (process.HasExited) throw new InvalidOperationException($"{process.StartInfo.FileName} ended with {process.ExitCode}:\n{Printed()}");
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, awaited);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }

    private string Printed()
    {
        lock (output) return output.ToString();
    }
}
