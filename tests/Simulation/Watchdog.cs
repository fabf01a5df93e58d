using Shared;

namespace Simulation;

/// <summary>
/// Sees to it that nothing in a world waits without an end. It goes by what happens and not by how long it takes, so that a slow machine
/// may take its time: a wait in rounds ends when nothing has changed in so many of them, any other when neither the world's time nor its
/// store nor its people have got anywhere for as long as no machine stands still.
/// </summary>
internal sealed class Watchdog(CancellationTokenSource lifetime)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    // Looks in a row at which nothing has moved: three minutes. What moves, and never to an end: commits without the clock moving on.
    private const int MostStill = 36, MostWrites = 200_000;

    private string doing = "the start";
    private Func<(DateTimeOffset Now, long Writes, long Requests)>? look;
    private Func<string>? busy;

    /// <summary>What the world waits for from now on, for whoever finds it standing.</summary>
    public void Now(string what) => doing = what;

    /// <summary>Watches this app from now on; none while one ends and the next starts.</summary>
    public void Watch(RunningApp app, Func<long> requests)
    {
        look = () => (app.Clock.GetUtcNow(), app.Azure.Store.Writes, requests());
        busy = () => $"{app.Azure.Broker}";
    }

    /// <summary>Lives a life that ends by name where it stands still.</summary>
    /// <exception cref="InvariantBrokenException">It stood still.</exception>
    public async Task<T> GuardAsync<T>(Task<T> life)
    {
        var (last, still, writesAtThisTime) = ((default(DateTimeOffset), 0L, 0L), 0, 0L);
        while (await Task.WhenAny(life, Task.Delay(BetweenLooks, TimeProvider.System, CancellationToken.None)) != life)
        {
            var seen = look?.Invoke() ?? default;
            still = seen == last ? still + 1 : 0;
            if (seen.Now != last.Item1) writesAtThisTime = seen.Writes;
            last = seen;
            if (still < MostStill && seen.Writes - writesAtThisTime < MostWrites) continue;
            var found = $"It stood still at {seen.Now:o}, waiting for {doing}; {busy?.Invoke()}";
            await lifetime.CancelAsync();
            // What it says to that tells more than can be seen from here.
            await Task.WhenAny(life, Task.Delay(BetweenLooks, TimeProvider.System, CancellationToken.None));
            throw new InvariantBrokenException(found, life.Exception?.InnerException);
        }

        return await life;
    }
}

/// <summary>A wait in rounds: so many may pass in which nothing changes, and many times as many in all.</summary>
internal sealed class Rounds(string what, int most)
{
    private const int MostTimes = 20;

    private object? last;
    private int still;
    private int passed;

    /// <summary>Another round, in which things stand like this.</summary>
    /// <exception cref="InvariantBrokenException">Nothing has changed for too long, or all that changes leads nowhere.</exception>
    public void Next(object state, Func<string> told)
    {
        passed++;
        still = Equals(state, last) ? still + 1 : 0;
        last = state;
        if (still < most && passed < most * MostTimes) return;
        throw new InvariantBrokenException($"Waited {passed} rounds for {what}, the last {still} without any change: {told()}");
    }
}
