using LocalAzure.Time;

namespace LocalAzure.Identity;

/// <summary>
/// Which authorization codes were redeemed: a code that somebody else read on its way is worth nothing once its page has used it
/// (RFC 6749, 4.1.2). Kept in memory until a code would have run out; a restart forgets them together with the key that sealed them.
/// </summary>
internal sealed class RedeemedCodes(TimeProvider time)
{
    private readonly TimeProvider clock = LocalClock.WallOf(time);
    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> untilByCode = new(StringComparer.Ordinal);

    /// <summary>How many redeemed codes are remembered now.</summary>
    public int Count
    {
        get
        {
            lock (gate) return untilByCode.Count;
        }
    }

    /// <summary>Whether this is the first time; from then on it isn't.</summary>
    /// <param name="code">The code's id.</param>
    /// <param name="until">When it runs out by itself.</param>
    public bool TryRedeem(string code, DateTimeOffset until)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            foreach (var (old, end) in untilByCode)
            {
                if (end < now) untilByCode.Remove(old);
            }

            return untilByCode.TryAdd(code, until);
        }
    }
}
