using LocalAzure.Storage;

namespace LocalAzure.Hosting;

/// <summary>Waits until every part is idle at the same time.</summary>
internal static class Idleness
{
    private const int Spins = 50;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// Parts hand work to one another, and are asked one after another: one that was idle when asked may have been given
    /// work meanwhile. So all are asked twice, and believed when nothing was written to the store from before to after.
    /// </summary>
    public static async Task WaitAsync(ILocalPart[] parts, LocalStore store, CancellationToken cancellation)
    {
        for (var tries = 0; ; tries++)
        {
            if (cancellation.IsCancellationRequested) throw StillBusy(parts, cancellation);
            var before = store.Writes;
            if (Array.TrueForAll(parts, part => part.IsIdle) && Array.TrueForAll(parts, part => part.IsIdle) && store.Writes == before)
                return;
            if (tries < Spins) await Task.Yield();
            else await Task.Delay(Glance, TimeProvider.System, CancellationToken.None);
        }
    }

    private static OperationCanceledException StillBusy(ILocalPart[] parts, CancellationToken cancellation) => new(
        $"Nobody waits any longer for the host to be idle; still busy: {string.Join(", ", parts.Where(part => !part.IsIdle))}.",
        cancellation);
}
