using System.Diagnostics;
using System.Text.Json;

namespace Infra.Tests;

/// <summary>Other people's programs, run on files of this repository.</summary>
internal static class Command
{
    // A program is compiled first, and the app beforehand for where it runs: minutes on busy cores. It only ends what hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>Runs one, and returns what it said when it has ended.</summary>
    /// <exception cref="TimeoutException">It has not ended within twenty minutes.</exception>
    public static async Task<(int ExitCode, string Output, string Messages)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
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
            throw new TimeoutException($"Waited {Patience} for {program} {string.Join(' ', arguments)}.", stopped);
        }

        return (process.ExitCode, await output, await messages);
    }

    /// <summary>The faults that a judge (tests/node/judge.mjs) finds in a file.</summary>
    public static async Task<IReadOnlyList<string>> JudgeAsync(string judge, params string[] files)
    {
        var (exitCode, output, messages) = await RunAsync("node", [Repository.PathOf("tests/node/judge.mjs"), judge, .. files]);
        Assert.True(exitCode == 0, $"The judge itself failed: {messages}");
        return JsonSerializer.Deserialize<List<string>>(output)!;
    }
}
