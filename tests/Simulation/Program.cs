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
        var (worlds, failed) = (0, 0);
        var sights = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        await Parallel.ForEachAsync(
            seeds, new ParallelOptions { MaxDegreeOfParallelism = 2 * Environment.ProcessorCount }, async (seed, cancellation) =>
            {
                Interlocked.Increment(ref worlds);
                try
                {
                    var story = await World.RunAsync(seed, cancellation);
                    foreach (var sight in story.Sights) sights.AddOrUpdate(sight, 1, (_, known) => known + 1);
                    await output.WriteLineAsync(story.Told);
                }
                catch (Exception failure)
                {
                    Interlocked.Increment(ref failed);
                    await output.WriteLineAsync($"Seed {seed} failed: {failure}");
                }
            });
        foreach (var (sight, seen) in sights.OrderBy(pair => pair.Value)) await output.WriteLineAsync($"{seen,5} worlds saw {sight}");
        await output.WriteLineAsync($"{worlds} worlds, {failed} failed");
        return failed == 0 ? 0 : 1;
    }
}
