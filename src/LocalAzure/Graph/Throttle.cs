namespace LocalAzure.Graph;

/// <summary>The published limits: so many requests in a window, for the app and for each user.</summary>
internal sealed class Throttle(TimeProvider time)
{
    public const int PerSecond = 5;
    public const int PerMinuteAndUser = 10;

    private readonly Lock gate = new();
    private readonly Queue<DateTimeOffset> all = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> byUser = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Counts a request; or else says how long to wait before the next.</summary>
    public TimeSpan? Enter(string? user)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (Wait(all, PerSecond, TimeSpan.FromSeconds(1), now) is { } wait) return wait;
            if (user is not null)
            {
                if (!byUser.TryGetValue(user, out var own)) byUser[user] = own = new Queue<DateTimeOffset>();
                if (Wait(own, PerMinuteAndUser, TimeSpan.FromMinutes(1), now) is { } longer) return longer;
                own.Enqueue(now);
            }

            all.Enqueue(now);
            return null;
        }
    }

    private static TimeSpan? Wait(Queue<DateTimeOffset> seen, int limit, TimeSpan window, DateTimeOffset now)
    {
        while (seen.TryPeek(out var oldest) && oldest + window <= now) seen.Dequeue();
        return seen.Count < limit ? null : seen.Peek() + window - now;
    }
}
