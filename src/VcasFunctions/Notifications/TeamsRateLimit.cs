namespace VcasFunctions.Notifications;

/// <summary>
/// Keeps to what Teams takes, so that a morning on which a thousand calls fall due doesn't become thousands of refusals: 5
/// requests a second for the app, 10 a minute for a person. It never waits; it says when. Each instance of the app keeps
/// pace by itself: where several go too fast together, Teams refuses, and <see cref="RestUntil"/> is told until when.
/// </summary>
/// <remarks>Limits: https://learn.microsoft.com/graph/throttling-limits (activity feed notifications).</remarks>
public sealed class TeamsRateLimit(TimeProvider time)
{
    /// <summary>Requests a second, of the whole app in a tenant.</summary>
    public const int PerSecond = 5;

    /// <summary>Requests a minute to one person.</summary>
    public const int PerMinuteAndPerson = 10;

    // Longer than Graph ever asks for. A later time was calculated by a clock that has since been put back.
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly Queue<DateTimeOffset> all = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> people = new(StringComparer.OrdinalIgnoreCase);
    private DateTimeOffset rest = DateTimeOffset.MinValue;

    /// <summary>The time before which nothing may be sent to Teams, UTC; null if there is none.</summary>
    public DateTimeOffset? Rest
    {
        get
        {
            lock (gate) return rest > time.GetUtcNow() ? rest : null;
        }
    }

    /// <summary>Counts requests that are about to be made and gives null; or gives when to ask again, UTC, and counts nothing.</summary>
    /// <param name="who">Who is told.</param>
    /// <param name="requests">How many it takes, at most as many as Teams takes in a second: all of them or none.</param>
    public DateTimeOffset? Reserve(Recipient who, int requests = 1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(requests, PerSecond);
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (rest > now + LongestRest) rest = DateTimeOffset.MinValue;
            if (rest > now) return rest;
            var own = who.IsTeam ? null : Of(who.Id);
            var soon = FullUntil(all, PerSecond, requests, TimeSpan.FromSeconds(1), now);
            var later = own is null ? null : FullUntil(own, PerMinuteAndPerson, requests, TimeSpan.FromMinutes(1), now);
            if (soon is not null || later is not null) return later > soon || soon is null ? later : soon;

            for (; requests > 0; requests--)
            {
                all.Enqueue(now);
                own?.Enqueue(now);
            }

            return null;
        }
    }

    /// <summary>Teams has refused: nothing more is sent before this instant, UTC.</summary>
    public void RestUntil(DateTimeOffset instant)
    {
        lock (gate)
        {
            if (instant > rest) rest = instant;
        }
    }

    private Queue<DateTimeOffset> Of(string person)
    {
        if (!people.TryGetValue(person, out var own)) people[person] = own = new Queue<DateTimeOffset>(PerMinuteAndPerson);
        return own;
    }

    private static DateTimeOffset? FullUntil(Queue<DateTimeOffset> made, int limit, int more, TimeSpan window, DateTimeOffset now)
    {
        while (made.TryPeek(out var oldest) && (oldest + window <= now || oldest > now)) made.Dequeue();
        // The newest of the requests that must have been sent before there is room.
        return made.Count + more <= limit ? null : made.ElementAt(made.Count + more - limit - 1) + window;
    }
}
