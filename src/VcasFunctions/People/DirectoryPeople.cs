using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions;
using VcasFunctions.Notifications;

namespace VcasFunctions.People;

/// <summary>
/// The people of a group with their names, where the force has consented to it. No page waits long for the directory, and none fails
/// because of it: where it can't be read, what was read before does for a day, and after that there is nothing.
/// </summary>
// Graph's library is asked for when it is needed and not before: it has 48 MB, and whoever opens the first page would wait for it.
public sealed class DirectoryPeople(
    IServiceProvider services, IOptionsMonitor<DirectoryOptions> options, TimeProvider time, ILogger<DirectoryPeople> log) : IDisposable
{
    /// <summary>For how long what was read does where the directory doesn't answer.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>For how long the directory is left alone after it has failed.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    // One of each group: who waits for one doesn't wait for the others.
    private readonly ConcurrentDictionary<string, SemaphoreSlim> reading = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Failed> failed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the force has said that the directory may be asked.</summary>
    public bool IsOn => options.CurrentValue.Enabled;

    /// <summary>The people of a group; null where nothing is known of them.</summary>
    public async Task<IReadOnlyList<DirectoryPerson>?> OfAsync(string group, CancellationToken cancellation)
    {
        var believed = TimeSpan.FromMinutes(options.CurrentValue.CacheMinutes);
        if (Before(group, believed) is { } fresh) return fresh;
        var turn = reading.GetOrAdd(group, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellation);
        try
        {
            if (Before(group, believed) is { } meanwhile) return meanwhile;
            return IsResting(group) ? Before(group, Kept) : await ReadAsync(group, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var turn in reading.Values) turn.Dispose();
    }

    private async Task<IReadOnlyList<DirectoryPerson>?> ReadAsync(string group, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(options.CurrentValue.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            var people = await DirectoryGroup.ReadAsync(services.GetRequiredService<GraphServiceClient>(), group, either.Token);
            known[group] = new Known(now, people);
            if (failed.TryRemove(group, out _)) log.LogInformation("The directory can be read again");
            return people;
        }
        // Whatever it is, from a refusal to a gateway's page that can't be read: a page without names is better than none.
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            Note(group, failure, now);
            return Before(group, Kept);
        }
    }

    // Nothing may last longer because a clock was put back.
    private IReadOnlyList<DirectoryPerson>? Before(string group, TimeSpan within) =>
        known.TryGetValue(group, out var before) && time.GetUtcNow() - before.At is var age && age >= TimeSpan.Zero && age < within
            ? before.People
            : null;

    private bool IsResting(string group) =>
        failed.TryGetValue(group, out var last) && time.GetUtcNow() is var now && now >= last.At && now < last.Until;

    // Once, until it can be read again. A failure's own text may have somebody's name in it.
    private void Note(string group, Exception failure, DateTimeOffset now)
    {
        // Who may no longer read it may no longer know what it said.
        if (failure is ApiException { ResponseStatusCode: 403 or 404 } or NamesHiddenException) known.TryRemove(group, out _);
        var rest = new Failed(now, RestUntil(failure, now));
        var isKnown = !failed.TryAdd(group, rest);
        failed[group] = rest;
        if (isKnown) return;
        switch (failure)
        {
            case NamesHiddenException:
                log.LogWarning("The directory gives no names: the app's identity lacks User.ReadBasic.All. Those who signed in are shown");
                break;
            case ApiException { ResponseStatusCode: var status and > 0 }:
                log.LogWarning("The directory could not be read ({Status}). Those who signed in are shown", status);
                break;
            default:
                log.LogWarning("The directory could not be read ({Failure}). Those who signed in are shown", failure.GetType().Name);
                break;
        }
    }

    private static DateTimeOffset RestUntil(Exception failure, DateTimeOffset now)
    {
        var usual = now + Rest;
        var asked = failure is ApiException refusal ? RetryAfter.Of(refusal, now) : null;
        // What it asks for is kept, but for a day at most: nobody looks into a header that says a year.
        return asked is { } until && until > usual ? (until < now + Kept ? until : now + Kept) : usual;
    }

    private sealed record Known(DateTimeOffset At, IReadOnlyList<DirectoryPerson> People);

    private sealed record Failed(DateTimeOffset At, DateTimeOffset Until);
}
