using System.Collections.Concurrent;

namespace Simulation;

public sealed class SeededWorlds
{
    // As many as `Sighted` counts by. Much of a world is waiting for its broker, so more of them live at once than there are processors.
    // `dotnet run --project tests/Simulation -- seeds 1000` runs any number.
    private const int Worlds = 200;

    [Fact]
    public async Task In_every_world_nothing_is_forgotten_early_or_lost()
    {
        var (failures, sighted) = (new ConcurrentBag<string>(), new Sighted());
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = 2 * Environment.ProcessorCount,
            CancellationToken = TestContext.Current.CancellationToken,
        };
        await Parallel.ForEachAsync(Enumerable.Range(1, Worlds), options, async (seed, cancellation) =>
        {
            try
            {
                sighted.Add(await World.RunAsync(seed, cancellation));
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                failures.Add($"Seed {seed} (again: dotnet run --project tests/Simulation -- seed {seed}): {failure}");
            }
        });
        foreach (var line in sighted.Lines()) TestContext.Current.TestOutputHelper?.WriteLine(line);
        Assert.True(failures.IsEmpty, string.Join("\n\n", failures));
        Assert.Empty(sighted.Missing());
    }
}
