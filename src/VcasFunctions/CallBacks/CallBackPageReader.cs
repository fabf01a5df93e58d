using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Settings;

namespace VcasFunctions.CallBacks;

/// <summary>What is asked of the call list.</summary>
/// <param name="State">Which part of it.</param>
/// <param name="Filter">Which of its calls.</param>
/// <param name="After">The entry behind which the page begins; null for the first page.</param>
/// <param name="Limit">How many calls a page has.</param>
internal sealed record CallBackQuery(CallBackListState State, CallBackFilter Filter, string? After, int Limit)
{
    /// <summary>Whether other calls of this part are left out.</summary>
    public bool IsFiltered => Filter != CallBackFilter.None;
}

/// <summary>A page of the call list's entries.</summary>
/// <param name="Total">How many there are on all pages, as far as they were counted.</param>
/// <param name="IsMore">Whether there are more than were counted.</param>
/// <param name="Entries">The page.</param>
/// <param name="Next">Behind which entry the next page begins; null on the last.</param>
/// <param name="Teams">Every team by which this part of the list can be narrowed.</param>
internal sealed record CallBackEntryPage(
    int Total, bool IsMore, IReadOnlyList<CallBackListEntry> Entries, string? Next, IReadOnlyCollection<string> Teams);

/// <summary>
/// Reads one page of the call list for one request. It counts as far as anybody needs to know, and reads of a long list no more than was
/// asked for.
/// </summary>
internal sealed class CallBackPageReader(
    CallBackListReader list, CallBackQuery query, RequestAccess access, VcasSettings settings, DateTimeOffset now)
{
    // With more calls than this nobody needs an exact figure, and counting is what makes a long list expensive.
    private const int MostCounted = 1000;

    private readonly SortedSet<string> teams = new(StringComparer.Ordinal);
    private List<CallBackListEntry> page = [];
    private int total;

    /// <summary>Reads the page.</summary>
    public async Task<CallBackEntryPage> ReadAsync(CancellationToken cancellation)
    {
        // Of the rest of a long list no others are read than those that were asked for.
        var rest = await CountAllAsync(cancellation);
        if (rest is not null) await CountWantedAsync(rest, cancellation);
        var isMore = total > MostCounted;
        if (isMore || rest is not null) AddNamedTeams();
        // A page beyond what was counted is read from its own beginning.
        if (isMore && page.Count <= query.Limit) page = await ReadBeyondAsync(cancellation);
        return new CallBackEntryPage(
            Math.Min(total, MostCounted),
            isMore,
            [.. page.Take(query.Limit)],
            page.Count > query.Limit ? page[query.Limit - 1].SortKey : null,
            teams);
    }

    // The first entries, whether or not they are wanted: they say by which teams the list can be narrowed. The entry behind which the rest
    // begins, where the list is long; else null.
    private async Task<string?> CountAllAsync(CancellationToken cancellation)
    {
        var (looked, last) = (0, (string?)null);
        await foreach (var entry in ReachedAsync(null, MostCounted + 1, null, cancellation))
        {
            if (query.IsFiltered && looked++ == MostCounted) return last;
            last = entry.SortKey;
            if (query.Filter.OverdueBy is null || entry.OverdueAt <= now) teams.UnionWith(TeamsOf(entry));
            if (query.Filter.Matches(entry) && !Count(entry)) break;
        }

        return null;
    }

    private async Task CountWantedAsync(string behind, CancellationToken cancellation)
    {
        await foreach (var entry in WantedAsync(behind, MostCounted + 1, query.Filter, cancellation))
        {
            teams.UnionWith(TeamsOf(entry));
            if (!Count(entry)) return;
        }
    }

    private async Task<List<CallBackListEntry>> ReadBeyondAsync(CancellationToken cancellation) =>
        await WantedAsync(query.After, query.Limit + 1, query.IsFiltered ? query.Filter : null, cancellation)
            .Take(query.Limit + 1).ToListAsync(cancellation);

    // Whether there is any use in counting on.
    private bool Count(CallBackListEntry entry)
    {
        if (++total > MostCounted) return false;
        if (page.Count <= query.Limit && (query.After is null || string.CompareOrdinal(entry.SortKey, query.After) > 0)) page.Add(entry);
        return true;
    }

    private void AddNamedTeams() => teams.UnionWith(settings.Teams.Named
        .Where(named => access.Reaches(named.Name, named.CallBackTeam, null))
        .SelectMany(named => new[] { named.Name.ToLowerInvariant(), named.CallBackTeam }));

    private IAsyncEnumerable<CallBackListEntry> WantedAsync(
        string? behind, int expected, CallBackFilter? only, CancellationToken cancellation) =>
        ReachedAsync(behind, expected, only, cancellation).Where(query.Filter.Matches);

    private IAsyncEnumerable<CallBackListEntry> ReachedAsync(
        string? behind, int expected, CallBackFilter? only, CancellationToken cancellation) =>
        list.ReadAsync(query.State, settings.Teams.CallBackTeams, Supervises, now, behind, expected, only, cancellation).Where(Reaches);

    private bool Reaches(CallBackListEntry entry) => access.Reaches(entry.Team ?? "", entry.Partition, entry.Person);

    private bool Supervises(CallBackListEntry entry) => access.Supervises(entry.Team ?? "", entry.Partition, entry.Person);

    private static IEnumerable<string> TeamsOf(CallBackListEntry entry) => new[] { entry.Team, entry.CallBackTeam }.OfType<string>();
}
