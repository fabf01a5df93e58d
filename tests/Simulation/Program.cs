using System.Diagnostics.CodeAnalysis;

namespace Simulation;

/// <summary>
/// <c>seed 4711</c> runs one world again; <c>seeds 1000</c> runs that many, <c>seeds 201 1000</c> from one to another; anything
/// else goes to the test runner.
/// </summary>
[ExcludeFromCodeCoverage]
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["seed", var seed]:
                return await RunAsync([int.Parse(seed)], Console.Out);
            case ["seeds", var count]:
                return await RunAsync(Enumerable.Range(1, int.Parse(count)), Console.Out);
            case ["seeds", var from, var to]:
                return await RunAsync(Enumerable.Range(int.Parse(from), int.Parse(to) - int.Parse(from) + 1), Console.Out);
            default:
                return args.Any(argument => argument is "--server" or "--internal-msbuild-node")
                    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
                        args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
                    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
        }
    }

    private static async Task<int> RunAsync(IEnumerable<int> seeds, TextWriter output)
    {
        var (failed, sighted) = (0, new Sighted());
        await Parallel.ForEachAsync(
            seeds, new ParallelOptions { MaxDegreeOfParallelism = 2 * Environment.ProcessorCount }, async (seed, cancellation) =>
            {
                try
                {
                    var story = await World.RunAsync(seed, cancellation);
                    sighted.Add(story);
                    await output.WriteLineAsync(story.Told);
                }
                catch (Exception failure)
                {
                    Interlocked.Increment(ref failed);
                    await output.WriteLineAsync($"Seed {seed} failed: {failure}");
                }
            });
        foreach (var line in sighted.Lines()) await output.WriteLineAsync(line);
        foreach (var missing in sighted.Missing()) await output.WriteLineAsync($"Too seldom: {missing}");
        await output.WriteLineAsync($"{sighted.Worlds + failed} worlds, {failed} failed");
        return failed == 0 && sighted.Missing().Count == 0 ? 0 : 1;
    }
}
