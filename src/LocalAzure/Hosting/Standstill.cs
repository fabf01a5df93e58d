using LocalAzure.Storage;

namespace LocalAzure.Hosting;

/// <summary>
/// Notices a clock that is moved by hand and can't be moved on: a part says that its instant has come, and does nothing. Without
/// this, whoever moves the clock would go round for ever and never say why.
/// </summary>
internal sealed class Standstill(ILocalPart[] parts, LocalStore store)
{
    // Long enough for any machine to begin what is due.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private DateTimeOffset at;
    private long writes = -1;
    private long since;

    /// <exception cref="InvalidOperationException">The clock has stood for a minute, and nothing was written meanwhile.</exception>
    public void ThrowIfLasting(DateTimeOffset now)
    {
        if (now != at || store.Writes != writes)
        {
            (at, writes, since) = (now, store.Writes, TimeProvider.System.GetTimestamp());
            return;
        }

        if (TimeProvider.System.GetElapsedTime(since) < Patience) return;
        var due = parts.Where(part => part.NextWakeUp <= now).Select(part => $"{part} since {part.NextWakeUp:O}");
        throw new InvalidOperationException($"The clock can't go on from {now:O}: due, and doing nothing: {string.Join(", ", due)}.");
    }
}
