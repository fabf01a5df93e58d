namespace VcasFunctions.Households;

/// <summary>
/// Lets anyone who wants to change one household do so one after the other, within this process. The table's versions guard the
/// truth; this spares those who would lose against them from trying, losing and putting back what they had listed, in turns
/// and for ever. It is politeness and not safety: instances of the app beside this one meet at the table all the same, and nobody
/// waits long for one that has got stuck.
/// </summary>
internal sealed class HouseholdLocks
{
    // Sometimes two households share a lock, and wait a moment for each other. A change that goes on from one household to others of its
    // number holds two. Two changes in opposite directions wait for each other only as long as the limit.
    private const int Places = 1024;

    // A change takes some milliseconds; what takes longer than this may be stuck.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim[] places = [.. Enumerable.Range(0, Places).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for this household's turn, in order, or long enough; disposing gives it on.</summary>
    public async ValueTask<Turn> TakeAsync(Guid offerId, CancellationToken cancellation)
    {
        var place = places[(uint)offerId.GetHashCode() % Places];
        return new Turn(await place.WaitAsync(Longest, cancellation) ? place : null);
    }

    /// <summary>A turn, or the leave to go on without one.</summary>
    public readonly struct Turn(SemaphoreSlim? place) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => place?.Release();
    }
}
