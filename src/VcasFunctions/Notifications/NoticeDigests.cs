using System.Collections.Concurrent;
using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using VcasFunctions.Households;
using VcasFunctions.Tables;

namespace VcasFunctions.Notifications;

/// <summary>
/// Households whose notices wait to be reported together, by whom they are for. The offers' outboxes stay the truth: what is
/// missing here is found by the sweep, and what is here in vain is taken away with the next digest.
/// </summary>
public sealed class NoticeDigests(VcasTables tables, TimeProvider time)
{
    // Calls that fall due together are reported together, though they don't come here in the same second.
    private static readonly TimeSpan Gathering = TimeSpan.FromMinutes(1);

    // A digest that is about to be made may miss a household that is added now.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    // No digest waits longer. A later time was calculated by a clock that has since been put back.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    private const int LargestTransaction = 100;

    private readonly ConcurrentDictionary<string, DateTimeOffset> expected = new(StringComparer.Ordinal);

    /// <summary>Puts a household into a digest with others, a minute from now and not before Teams takes it (UTC).</summary>
    public async Task PutOffAsync(
        string key, Guid offerId, DateTimeOffset notBefore, DurableTaskClient durable, CancellationToken cancellation)
    {
        await tables.Notices.UpsertEntityAsync(new TableEntity(key, offerId.ToString("D")), TableUpdateMode.Replace, cancellation);

        // A thousand households need one digest, so a process that knows of one need not ask for another.
        var now = time.GetUtcNow();
        if (expected.TryGetValue(key, out var known) && known - Margin > now && known < now + Longest) return;
        var at = now + Gathering > notBefore ? now + Gathering : notBefore;
        expected[key] = at;
        var plan = new DigestPlan(key, at);
        if (await durable.TryStartSingleAsync(DigestPlan.Orchestration, InstanceIdOf(key), plan, cancellation)) return;

        // One is on its way already; unless it was begun by a clock that ran ahead, and waits until then, or its time has come: then it may
        // have looked already who waits.
        var standing = await durable.GetInstanceAsync(InstanceIdOf(key), getInputsAndOutputs: true, cancellation);
        if (standing is null || (!ClockWatch.IsAhead(standing.CreatedAt, now) && standing.ReadInputAs<DigestPlan>()?.At > now)) return;
        await durable.RestartSingleAsync(DigestPlan.Orchestration, InstanceIdOf(key), plan);
    }

    /// <summary>The households that wait under a key.</summary>
    public async Task<IReadOnlyList<Guid>> ReadAsync(string key, CancellationToken cancellation)
    {
        var waiting = new List<Guid>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key}");
        await foreach (var row in tables.Notices.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
            waiting.Add(Guid.Parse(row.RowKey));
        return waiting;
    }

    /// <summary>Removes households whose digest was sent.</summary>
    /// <exception cref="Azure.RequestFailedException">Somebody has taken one away meanwhile: read again.</exception>
    public async Task RemoveAsync(string key, IEnumerable<Guid> offers, CancellationToken cancellation)
    {
        foreach (var some in offers.Chunk(LargestTransaction))
        {
            await tables.Notices.SubmitTransactionAsync(
                some.Select(id =>
                    new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(key, id.ToString("D")), Azure.ETag.All)),
                cancellation);
        }
    }

    private static string InstanceIdOf(string key) => $"digest-{key}";
}
