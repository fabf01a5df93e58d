using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Households;
using VcasFunctions.Households;
using VcasFunctions.Settings;

namespace VcasFunctions.Notifications;

/// <summary>Tells of many households at once, and notes it in each.</summary>
public sealed class SendDigest(
    NoticeDigests digests, HouseholdStore store, TeamsNotifier teams, HouseholdNotices notices, Absences absences, VcasSettings settings)
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Tells, notes, and only then forgets who waited: when it is done again it tells the same once more, and that replaces
    /// what was told before. Gives when the next digest is to be drawn up, UTC; null if nobody waits any more.
    /// </summary>
    [Function(nameof(SendDigest))]
    public async Task<DateTimeOffset?> RunAsync([ActivityTrigger] DigestPlan batch, CancellationToken cancellation)
    {
        var waiting = await digests.ReadAsync(batch.Key, cancellation);
        var households = await ReadAsync(waiting, cancellation);
        var away = await absences.OfTodayAsync(cancellation);
        DateTimeOffset? next = null;
        var untold = new HashSet<Guid>();
        foreach (var group in households.SelectMany(household => ForThis(household, batch.Key, away)).GroupBy(entry => entry.Recipients))
        {
            var result = await teams.SendAsync(group.Key, NoticeFor(group.Key, [.. group], households, batch), cancellation);
            if (result.Outcome == SendOutcome.Later)
            {
                untold.UnionWith(group.Select(entry => entry.Household.Id));
                next = result.NotBefore;
                continue;
            }

            await Parallel.ForEachAsync(
                group,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
                async (entry, token) => await notices.RecordAsync(entry.Household, entry.Dispatch, result, token));
        }

        await digests.RemoveAsync(batch.Key, waiting.Where(id => !untold.Contains(id)), cancellation);
        return next ?? ((await digests.ReadAsync(batch.Key, cancellation)).Count > 0 ? batch.At + Soon : null);
    }

    private async Task<IReadOnlyList<Household>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        var offers = new Household?[ids.Count];
        await Parallel.ForAsync(
            0, ids.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (index, token) =>
                offers[index] = (await store.FindAsync(ids[index], token))?.Household);
        return [.. offers.OfType<Household>()];
    }

    private IEnumerable<Entry> ForThis(Household household, string key, AbsentTeams away) =>
        from dispatch in household.Leaving()
        where !dispatch.IsMessage
        let recipients = Recipients.For(household, dispatch.Kind, settings.Options, away.Contains(household.Details.Team))
        where recipients.Key == key
        select new Entry(household, dispatch, recipients);

    // A single household is told of as it would have been by itself. Of many the number counts: those that the first, broken
    // try had noted already are among it, because they stand here until the end.
    private static Notice NoticeFor(
        Recipients recipients, IReadOnlyList<Entry> entries, IReadOnlyList<Household> households, DigestPlan batch)
    {
        if (households.Count == 1) return Notice.Of(entries[0].Household, entries[0].Dispatch);
        var untold = entries.DistinctBy(entry => entry.Household.Id).Count();
        return Notice.OfMany(
            recipients,
            recipients.Reader == Reader.Caller
                ? Math.Max(untold, households.Count(household => household.State == HouseholdState.Due))
                : untold,
            batch.At);
    }

    private sealed record Entry(Household Household, Dispatch Dispatch, Recipients Recipients);
}
