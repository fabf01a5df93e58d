using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions;

namespace VcasFunctions.Notifications;

/// <summary>
/// Who is in a group of the directory, groups within it included. A call falls due for a team a thousand times oftener than somebody joins
/// it: what was read is believed for an hour, and where Graph doesn't answer what was read before does for a day.
/// </summary>
public sealed class GroupMembers(GraphServiceClient graph, TimeProvider time, ILogger<GroupMembers> log) : IDisposable
{
    /// <summary>For how long what was read is believed.</summary>
    public static readonly TimeSpan Believed = TimeSpan.FromHours(1);

    /// <summary>For how long it does where Graph doesn't answer.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>The most that are told: as many as Teams takes in one second.</summary>
    public const int Most = TeamsRateLimit.PerSecond * TeamsRequest.MostRecipients;

    private const int PageSize = 999;

    // A thousand calls that fall due together ask Graph once.
    private readonly SemaphoreSlim reading = new(1);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, IReadOnlyList<string> People)> known = new(
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The ids of a group's people.</summary>
    /// <exception cref="ApiException">Graph refuses, and nothing is known from before.</exception>
    /// <exception cref="HttpRequestException">Graph can't be reached, and nothing is known from before.</exception>
    public async Task<IReadOnlyList<string>> OfAsync(string group, CancellationToken cancellation)
    {
        if (Known(group, Believed) is { } fresh) return fresh;
        await reading.WaitAsync(cancellation);
        try
        {
            if (Known(group, Believed) is { } meanwhile) return meanwhile;
            var now = time.GetUtcNow();
            var people = await ReadAsync(group, cancellation);
            known[group] = (now, people);
            return people;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested && IsTrouble(failure) && Known(group, Kept) is not null)
        {
            return Known(group, Kept)!;
        }
        finally
        {
            reading.Release();
        }
    }

    // Nothing may last longer because a clock was put back.
    private IReadOnlyList<string>? Known(string group, TimeSpan within) =>
        known.TryGetValue(group, out var before) && time.GetUtcNow() - before.At is var age && age >= TimeSpan.Zero && age < within
            ? before.People
            : null;

    // Who may not read the group, whose group is gone, or who asks too often is told so: that is no weather. A gateway's page is none of
    // Graph's errors, and can't be read as one.
    private static bool IsTrouble(Exception failure) => failure is not ApiException { ResponseStatusCode: 403 or 404 or 429 };

    /// <inheritdoc/>
    public void Dispose() => reading.Dispose();

    private async Task<IReadOnlyList<string>> ReadAsync(string group, CancellationToken cancellation)
    {
        var people = new List<string>();
        // What the directory asks for where it is to look through groups within groups and give people alone.
        var page = await graph.Groups[group].TransitiveMembers.GraphUser.GetAsync(
            request =>
            {
                request.QueryParameters.Select = ["id"];
                request.QueryParameters.Count = true;
                request.QueryParameters.Top = PageSize;
                request.Headers.Add("ConsistencyLevel", "eventual");
            },
            cancellation);
        while (page is not null)
        {
            people.AddRange((page.Value ?? []).Select(user => user.Id).OfType<string>());
            if (people.Count > Most)
            {
                log.LogWarning(
                    "A team can't be told in Teams as a whole: its group has more than {Most} people, and only so many are told", Most);
                return people[..Most];
            }

            page = page.OdataNextLink is { Length: > 0 } next
                ? await graph.Groups[group].TransitiveMembers.GraphUser.WithUrl(next)
                    .GetAsync(request => request.Headers.Add("ConsistencyLevel", "eventual"), cancellation)
                : null;
        }

        return people;
    }
}
