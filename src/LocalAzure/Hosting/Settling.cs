using LocalAzure.Functions;
using LocalAzure.Storage;

namespace LocalAzure.Hosting;

/// <summary>
/// Waits, while time is moved by hand, until what the present time brings has been done: anyone who asks next would otherwise race against
/// orchestrations that are only just waking up. It is a courtesy and has an end: where others are at work all the while there is no such
/// moment, and nothing is waited for.
/// </summary>
internal sealed class Settling(LocalParts parts, HttpFunctions http, LocalStore store, TimeProvider time)
{
    private const int MostLooksAtOthersWork = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);

    /// <summary>Returns once what the time at which this is called brings has been done, or nobody would wait any longer.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        var (began, until, others) = (TimeProvider.System.GetTimestamp(), time.GetUtcNow(), 0);
        while (!HasCaughtUp(until) && others < MostLooksAtOthersWork && TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            if (!http.IsIdle) others++;
            await Task.Delay(Glance, TimeProvider.System, cancellation);
        }
    }

    // Parts hand work to one another: all are asked twice, and believed when nothing was written meanwhile.
    private bool HasCaughtUp(DateTimeOffset until)
    {
        var before = store.Writes;
        return Array.TrueForAll(parts.All, part => IsDone(part, until))
            && Array.TrueForAll(parts.All, part => IsDone(part, until))
            && store.Writes == before;
    }

    // What is due has not begun yet. A timer function's next time is reckoned once it has run: where time runs fast it is always due again.
    private static bool IsDone(ILocalPart part, DateTimeOffset until) =>
        !(part.NextWakeUp <= until) && (part is TimerFunctions || part.IsIdle);
}
