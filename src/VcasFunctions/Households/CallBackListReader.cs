using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Vcas.Domain.Households;
using Vcas.Domain.Teams;
using VcasFunctions.Tables;

namespace VcasFunctions.Households;

/// <summary>
/// The places of one part of the list, in the order in which they are worked: what is needed to sort, count and choose, and nothing
/// sealed. They are read as far as somebody looks and no further, so that a page costs what it shows, however long the list is.
/// </summary>
public sealed class CallBackListReader(VcasTables tables)
{
    private const int LargestPage = 1000;

    // Between two rows that are picked out there may be any number of others.
    private const int Apart = 10_000;

    /// <summary>The places, each when it is asked for.</summary>
    /// <param name="state">Which part.</param>
    /// <param name="callBackTeams">Of which teams.</param>
    /// <param name="supervises">Whether the person who asks supervises a row's household, and may know of its supervisor's holds.</param>
    /// <param name="now">UTC.</param>
    /// <param name="after">The place behind which to begin; null for the first.</param>
    /// <param name="expected">How many will probably be looked at: so many are asked of the table at once.</param>
    /// <param name="wanted">Which of them are wanted: the others aren't even given by the table. Null for all.</param>
    /// <param name="cancellation">Gives up.</param>
    internal async IAsyncEnumerable<CallBackListEntry> ReadAsync(
        CallBackListState state,
        IReadOnlyList<string> callBackTeams,
        Func<CallBackListEntry, bool> supervises,
        DateTimeOffset now,
        string? after,
        int expected,
        CallBackFilter? wanted,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        IReadOnlyList<string> partitions = [.. callBackTeams.Select(CallBackSortKey.PartitionOf)];
        var part = state switch
        {
            CallBackListState.Waiting => CallBackSortKey.Waiting,
            CallBackListState.Held => CallBackSortKey.Held,
            _ => CallBackSortKey.Due,
        };
        var forDecision = state is CallBackListState.Waiting or CallBackListState.Held
            ? await ForDecisionAsync(partitions, state == CallBackListState.Waiting, supervises, now, after, cancellation)
            : [];
        var lists = partitions.Select(partition => PartAsync(partition, part, after, expected, wanted, cancellation))
            .Append(forDecision.ToAsyncEnumerable());
        await foreach (var place in InOrderAsync([.. lists], cancellation)) yield return place;
    }

    // Few at any time, and each in a place that depends on who asks: they are read whole.
    private async Task<IReadOnlyList<CallBackListEntry>> ForDecisionAsync(
        IReadOnlyList<string> partitions,
        bool waiting,
        Func<CallBackListEntry, bool> supervises,
        DateTimeOffset now,
        string? after,
        CancellationToken cancellation)
    {
        var all = await Task.WhenAll(partitions.Select(partition =>
            PartAsync(partition, CallBackSortKey.Decision, null, LargestPage, null, cancellation).ToListAsync(cancellation).AsTask()));
        return [.. all.SelectMany(places => places)
            .Select(place => supervises(place) ? place : AsOthersKnowIt(place, now))
            .Where(place => CallBackSortKey.IsIn(CallBackSortKey.Waiting, place.SortKey) == waiting)
            .Where(place => after is null || string.CompareOrdinal(place.SortKey, after) > 0)
            .OrderBy(place => place.SortKey, StringComparer.Ordinal)];
    }

    private async IAsyncEnumerable<CallBackListEntry> PartAsync(
        string partition,
        string part,
        string? after,
        int expected,
        CallBackFilter? wanted,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        // A key that ends at its part's name sorts before every row of it.
        var begin = after is null || string.CompareOrdinal(after, part) < 0 ? part : after;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {begin} and RowKey lt {part + "}"}");
        if (wanted is not null) filter += wanted.ODataFor(partition);
        var position = wanted is null ? 0 : Apart;
        await foreach (var entity in tables.CallBacks.QueryAsync<TableEntity>(
            filter, Math.Min(expected, LargestPage), CallBackListEntry.Columns, cancellation))
        {
            yield return CallBackListEntry.Read(entity, position);
            position += wanted is null ? 1 : Apart;
        }
    }

    private static async IAsyncEnumerable<CallBackListEntry> InOrderAsync(
        IReadOnlyList<IAsyncEnumerable<CallBackListEntry>> lists, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<IAsyncEnumerator<CallBackListEntry>> readers = [.. lists.Select(list => list.GetAsyncEnumerator(cancellation))];
        try
        {
            var next = new PriorityQueue<IAsyncEnumerator<CallBackListEntry>, string>(StringComparer.Ordinal);
            var hasFirst = await Task.WhenAll(readers.Select(reader => reader.MoveNextAsync().AsTask()));
            foreach (var reader in readers.Where((_, number) => hasFirst[number])) next.Enqueue(reader, reader.Current.SortKey);
            while (next.TryDequeue(out var reader, out _))
            {
                yield return reader.Current;
                if (await reader.MoveNextAsync()) next.Enqueue(reader, reader.Current.SortKey);
            }
        }
        finally
        {
            foreach (var reader in readers) await reader.DisposeAsync();
        }
    }

    // In the place that it would have without the supervisor's hold.
    private static CallBackListEntry AsOthersKnowIt(CallBackListEntry place, DateTimeOffset now)
    {
        var callFrom = SupervisorHolds.KnownCallFrom(place.CallFrom, place.ReviewAt, now);
        return place with
        {
            SortKey = place.IsHeldOtherwise
                ? CallBackSortKey.Of(CallBackSortKey.Held, place.KnownReviewAt, place.OfferId)
                : CallBackSortKey.Of(CallBackSortKey.Waiting, callFrom, place.OfferId),
            KnownCallFrom = callFrom,
            IsAsOthersKnowIt = true,
        };
    }
}

/// <summary>Some calls of a list. Where the list is long, the table itself picks them out: it looks at every row, and gives few.</summary>
/// <param name="Person">To whom they are assigned, in lower case; empty for nobody, null where that doesn't matter.</param>
/// <param name="Team">The team that made the offer, or that calls; null for any.</param>
/// <param name="OverdueBy">By when they were overdue; null where that doesn't matter.</param>
/// <param name="NeedsSafeRoute">Whether no safe route to them is known, or one is; null where that doesn't matter.</param>
internal sealed record CallBackFilter(string? Person, string? Team, DateTimeOffset? OverdueBy, bool? NeedsSafeRoute)
{
    /// <summary>Every call.</summary>
    public static readonly CallBackFilter None = new(null, null, null, null);

    /// <summary>Whether it is one of them.</summary>
    public bool Matches(CallBackListEntry place) => (Person is null || (place.Person ?? "") == Person)
        && (Team is null || place.Team == Team || place.Partition == Team)
        && (OverdueBy is null || place.OverdueAt <= OverdueBy)
        && (NeedsSafeRoute is null || place.NeedsSafeRoute == NeedsSafeRoute);

    /// <summary>What is asked of a call-back team's rows beside their keys.</summary>
    public string ODataFor(string partition) => string.Concat(
        Person is null ? "" : " and " + TableClient.CreateQueryFilter($"Person eq {Person}"),
        Team is null || Team == partition ? "" : " and " + TableClient.CreateQueryFilter($"Team eq {Team}"),
        OverdueBy is null ? "" : " and " + TableClient.CreateQueryFilter($"OverdueAt le {OverdueBy}"),
        NeedsSafeRoute is null ? "" : " and " + TableClient.CreateQueryFilter($"NeedsSafeRoute eq {NeedsSafeRoute}"));
}
