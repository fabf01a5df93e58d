using System.Diagnostics;
using System.Reflection;

namespace Infra.Tests;

/// <summary>The Bicep compiler, run on files of this repository.</summary>
internal static class Bicep
{
    // The slowest command takes four seconds on two busy cores.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string Compiler =
        typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Bicep").Value!;

    /// <summary>Runs one command.</summary>
    /// <exception cref="TimeoutException">It has not ended within two minutes.</exception>
    public static async Task<BicepRun> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        Assert.True(File.Exists(Compiler), $"The Bicep compiler is not at {Compiler}: restore this project.");
        var start = new ProcessStartInfo(Compiler, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("VCAS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        // Each run is short: profiling it for a longer one costs a fifth of its time.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in environment) start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var (output, messages) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException stopped)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"Waited {Patience} for bicep {string.Join(' ', arguments)}.", stopped);
        }

        return new BicepRun(process.ExitCode, await output, await messages);
    }
}

/// <summary>What a command left behind. A misspelt property is no more than a warning to the compiler; here it fails.</summary>
internal sealed record BicepRun(int ExitCode, string Output, string Messages)
{
    public bool IsClean =>
        ExitCode == 0 && !Messages.Contains("Warning", StringComparison.Ordinal) && !Messages.Contains("Error", StringComparison.Ordinal);

    public void MustBeClean() => Assert.True(IsClean, $"Exit code {ExitCode}.\n{Messages}\n{Output}");
}
