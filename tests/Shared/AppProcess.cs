using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Shared;

/// <summary>The real app as a process of its own on a data folder, made to be killed.</summary>
public sealed class AppProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output;

    private AppProcess(Process process, StringBuilder output, int httpPort)
    {
        (this.process, this.output) = (process, output);
        var address = new Uri($"http://127.0.0.1:{httpPort}/");
        Http = new HttpClient(new SignedIn(address, Someone.WhoMayDoAll)) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };
    }

    /// <summary>Answers to <c>api/…</c>.</summary>
    public HttpClient Http { get; }

    /// <summary>What it has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    /// <summary>Starts it, and returns once it answers.</summary>
    public static async Task<AppProcess> StartAsync(
        string folder, int httpPort, int busPort, CancellationToken cancellation, params string[] settings)
    {
        var app = Launch(folder, httpPort, busPort, settings);
        await app.UntilUpAsync(cancellation);
        return app;
    }

    /// <summary>Starts it, and returns at once.</summary>
    public static AppProcess Launch(string folder, int httpPort, int busPort, params string[] settings) =>
        Launch(folder, httpPort, busPort, new Dictionary<string, string>(), settings);

    /// <summary>Starts it with these variables in its environment, and returns at once.</summary>
    public static AppProcess Launch(
        string folder, int httpPort, int busPort, IReadOnlyDictionary<string, string> environment, params string[] settings)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "VcasLocal.dll"));
        start.ArgumentList.Add($"--LocalAzure:Data={folder}");
        start.ArgumentList.Add($"--LocalAzure:Http:Port={httpPort}");
        start.ArgumentList.Add($"--LocalAzure:ServiceBus:Port={busPort}");
        start.ArgumentList.Add("--LocalAzure:KeptFolderSetting=AnchorsConnection:folder");
        start.ArgumentList.Add("--LocalAzure:ServiceBus:Queues:0:Name=referrals");
        start.ArgumentList.Add("--LocalAzure:ServiceBus:Queues:0:ForwardDeadLetteredMessagesTo=referrals-dead");
        start.ArgumentList.Add("--LocalAzure:ServiceBus:Queues:1:Name=referral-answers");
        start.ArgumentList.Add("--LocalAzure:ServiceBus:Queues:1:ForwardDeadLetteredMessagesTo=referral-answers-dead");
        start.ArgumentList.Add("--LocalAzure:ServiceBus:Queues:2:Name=referrals-dead");
        start.ArgumentList.Add("--LocalAzure:ServiceBus:Queues:3:Name=referral-answers-dead");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        foreach (var setting in Someone.Settings(settings).Concat(settings)) start.ArgumentList.Add($"--{setting}");

        var printed = new StringBuilder();
        var started = new Process { StartInfo = start };
        started.OutputDataReceived += (_, line) => Append(printed, line.Data);
        started.ErrorDataReceived += (_, line) => Append(printed, line.Data);
        started.Start();
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return new AppProcess(started, printed, httpPort);
    }

    /// <summary>Waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It ended by itself; says what it printed.</exception>
    public Task UntilUpAsync(CancellationToken cancellation) =>
        Eventually.HoldsAsync(IsUpAsync, "the app to answer", cancellation, seconds: 60);

    /// <summary>Ends it as a power cut would: no signal that it could answer.</summary>
    public async Task KillAsync()
    {
        if (process.HasExited) throw new InvalidOperationException($"The app ended by itself with {process.ExitCode}:\n{Output}");
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!process.HasExited) await KillAsync();
        process.Dispose();
    }

    private static void Append(StringBuilder printed, string? line)
    {
        lock (printed) printed.AppendLine(line);
    }

    // An HTTP client that knocks in vain, two hundred times in a start, throws through so many layers that the start takes notice.
    private async Task<bool> ListensAsync()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var knocking = new SocketAsyncEventArgs { RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, Http.BaseAddress!.Port) };
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        knocking.Completed += (_, _) => answered.SetResult();
        if (socket.ConnectAsync(knocking)) await answered.Task;
        return knocking.SocketError == SocketError.Success;
    }

    private async Task<bool> IsUpAsync()
    {
        if (process.HasExited) throw new InvalidOperationException($"The app ended by itself:\n{Output}");
        if (!await ListensAsync()) return false;
        try
        {
            // Health answers before anybody has signed in, which takes longer the first time.
            using var answer = await Http.GetAsync("api/me");
            return answer.IsSuccessStatusCode;
        }
        // On a machine that stood still meanwhile an answer may come too late for its question.
        catch (Exception closed) when (closed is HttpRequestException or SocketException or TaskCanceledException)
        {
            return false;
        }
    }
}
