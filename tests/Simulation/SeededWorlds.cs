using System.Collections.Concurrent;

namespace Simulation;

public sealed class SeededWorlds
{
    // Much of a world is waiting for its broker, so more of them live at once than there are processors.
    // `dotnet run --project tests/Simulation -- seeds 1000` runs any number.
    private const int Worlds = 60;

    // What is seen in fewer worlds is not tried often enough to be called tried.
    private const int Fewest = 3;

    private static readonly string[] MustBeSeen =
    [
        "no number", "held: neverToBeCalled", "held: childrensServices", "HoldReviewDue", "closed: doNotContact", "NeverTakenBack",
        "DetailsCorrected",
        "ContactChanged", "CallHoursOpened", "DangerRecorded", "DangerEscalated", "DangerAcknowledged", "incoming: doNotContact",
        "outgoing: doNotContact",
        "CallBackDue", "CallBackReminded", "OfferWithdrawn", "ReferralSent", "ReferralAnswered", "ReferralAmended", "ReferralWithdrawn",
        "AnswerChased",
    ];

    [Fact]
    public async Task In_every_world_nothing_is_forgotten_early_or_lost()
    {
        var (failures, sights) = (new ConcurrentBag<string>(), new ConcurrentDictionary<string, int>());
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = 2 * Environment.ProcessorCount,
            CancellationToken = TestContext.Current.CancellationToken,
        };
        await Parallel.ForEachAsync(Enumerable.Range(1, Worlds), options, async (seed, cancellation) =>
        {
            try
            {
                foreach (var sight in (await World.RunAsync(seed, cancellation)).Sights)
                    sights.AddOrUpdate(sight, 1, (_, worlds) => worlds + 1);
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                failures.Add($"Seed {seed} (again: dotnet run --project tests/Simulation -- seed {seed}): {failure}");
            }
        });
        Assert.True(failures.IsEmpty, string.Join("\n\n", failures));
        Assert.Empty(MustBeSeen.Where(sight => sights.GetValueOrDefault(sight) < Fewest)
            .Select(sight => $"{sight}: in {sights.GetValueOrDefault(sight)} worlds"));
    }
}
