using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Shared;

namespace EndToEnd.Tests.FirstCommand;

/// <summary>What <c>./run</c> starts, without the build before it: the whole as a process, whose words can be waited for.</summary>
internal sealed partial class RunProcess : IAsyncDisposable
{
    private const string LastLine = "Ctrl-C stops it";
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private RunProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public string Output => Text(output);

    public string Errors => Text(errors);

    /// <summary>Where the app says that it answers.</summary>
    public Uri Address => new(Said().Match(Output).Groups["address"].Value);

    /// <summary>Where VCAS's page is said to be.</summary>
    public Uri Page => new(SaidPage().Match(Output).Groups["address"].Value);

    /// <summary>Starts it on a folder and free ports, with these options; what the environment says goes before.</summary>
    public static RunProcess Start(string folder, IReadOnlyDictionary<string, string>? environment = null, params string[] options) =>
        new(Begin(["dotnet", Path.Combine(AppContext.BaseDirectory, "VcasLocal.dll"), "run", .. options], folder, environment));

    /// <summary>Starts the script itself.</summary>
    public static RunProcess StartScript(string folder, IReadOnlyDictionary<string, string>? environment = null, params string[] options) =>
        new(Begin(["/bin/bash", Path.Combine(Root(), "run"), .. options], folder, environment));

    /// <summary>Waits until it says that it is up.</summary>
    public async Task UntilUpAsync(CancellationToken cancellation, int seconds = 60)
    {
        await Eventually.HoldsAsync(
            () => HasExited && !Output.Contains(LastLine, StringComparison.Ordinal)
                ? throw new InvalidOperationException($"It ended with {process.ExitCode}:\n{Output}\n{Errors}")
                : Task.FromResult(Output.Contains(LastLine, StringComparison.Ordinal)),
            () => $"it to say that it is up; it said\n{Output}\n{Errors}",
            cancellation,
            seconds);
    }

    /// <summary>Waits until it has ended; what it ended with.</summary>
    public async Task<int> EndedAsync(CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation).WaitAsync(TimeSpan.FromSeconds(60), cancellation);
        return process.ExitCode;
    }

    /// <summary>Sends it a signal.</summary>
    public async Task SignalAsync(string name, CancellationToken cancellation)
    {
        using var kill = Process.Start("kill", [$"-{name}", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellation);
    }

    /// <summary>The processes that it has started and that live, by whichever of its threads.</summary>
    public List<int> Children() =>
        [.. Directory.GetDirectories($"/proc/{Id}/task")
            .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(int.Parse)];

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            // What it started ends with it, as the tests hold.
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    /// <summary>The repository's root.</summary>
    public static string Root()
    {
        var above = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(above.FullName, "VcasFunctions.sln")))
            above = above.Parent ?? throw new InvalidOperationException("The repository's root isn't above the tests.");
        return above.FullName;
    }

    private static ProcessStartInfo Begin(IEnumerable<string> command, string folder, IReadOnlyDictionary<string, string>? environment)
    {
        // A process that was started in the background may have SIGINT ignored, and can't undo that for itself.
        var start = new ProcessStartInfo("/usr/bin/env", ["--default-signal=INT", .. command])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HTTP_PORT"] = FreePorts.Next().ToString(CultureInfo.InvariantCulture);
        start.Environment["BUS_PORT"] = FreePorts.Next().ToString(CultureInfo.InvariantCulture);
        start.Environment["VCAS_PORT"] = "0";
        start.Environment["DATA"] = folder;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return start;
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.Append(line).Append('\n');
    }

    private static string Text(StringBuilder text)
    {
        lock (text) return text.ToString();
    }

    [GeneratedRegex("is up at (?<address>http://[^ ]+) ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Said();

    [GeneratedRegex("VCAS's page: +(?<address>http://[^ ]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SaidPage();
}
