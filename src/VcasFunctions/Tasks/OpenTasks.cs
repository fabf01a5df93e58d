using Azure.Data.Tables;
using Vcas.Domain.Households;
using VcasFunctions.Households;
using VcasFunctions.Sealing;
using VcasFunctions.Settings;
using VcasFunctions.Tables;

namespace VcasFunctions.Tasks;

/// <summary>
/// Everything that waits for a person's decision, from the lists that are there: the call-back teams' partitions, the open dangers, the
/// referrals that were refused, or wait for a way to reach the household, for the queue or for an answer, the numbers that were passed on.
/// No household is read for it, and no list of its own can fall behind.
/// </summary>
public sealed class OpenTasks(
    VcasTables tables,
    Sealer sealer,
    DangerList dangers,
    ReferralList referrals,
    PassedNumbers numbers,
    HouseholdStore store,
    VcasSettings settings)
{
    private static readonly ReferralState[] OfReferrals =
        [ReferralState.Rejected, ReferralState.AwaitingRoute, ReferralState.ToSend, ReferralState.Sent, ReferralState.Received];

    /// <summary>All of them, the most urgent first and then the oldest, with the calls that lie ahead.</summary>
    public async Task<OpenWork> ReadAsync(CancellationToken cancellation)
    {
        var now = settings.Moment.Now;
        var calls = CallsAsync(cancellation);
        var found = await Task.WhenAll(
            OfCallsAsync(calls, now),
            OfDangersAsync(now, cancellation),
            OfReferralsAsync(now, cancellation),
            numbers.TasksAsync(cancellation));
        var owned = await Task.WhenAll(found.SelectMany(tasks => tasks)
            .Select(task => task.Team is null ? OwnedAsync(task, cancellation) : Task.FromResult(task)));
        return new OpenWork(
            // A household that moves from one place of a list to another stands in both for a moment.
            [.. owned.DistinctBy(task => (task.Kind, task.Id))
                .OrderBy(task => task.Kind).ThenBy(task => task.Since).ThenBy(task => task.Id)],
            await calls);
    }

    private static async Task<IReadOnlyList<OpenTask>> OfCallsAsync(Task<IReadOnlyList<OpenCall>> calls, DateTimeOffset now) =>
        [.. (await calls).SelectMany(call => OpenTask.Of(call, now))];

    private async Task<IReadOnlyList<OpenTask>> OfDangersAsync(DateTimeOffset now, CancellationToken cancellation) =>
        [.. (await dangers.ReadAsync(cancellation)).Select(row => OpenTask.Of(row, now)).OfType<OpenTask>()];

    private async Task<IReadOnlyList<OpenTask>> OfReferralsAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var lists = await Task.WhenAll(OfReferrals.Select(state => referrals.ReadAsync(state, cancellation)));
        return [.. lists.SelectMany(rows => rows)
            .Select(row => OpenTask.Of(row, settings.Teams.Find(row.Team)?.CallBackTeam, now)).OfType<OpenTask>()];
    }

    private async Task<IReadOnlyList<OpenCall>> CallsAsync(CancellationToken cancellation)
    {
        var teams = settings.Teams.CallBackTeams.Select(CallBackSortKey.PartitionOf).Distinct(StringComparer.Ordinal);
        var lists = await Task.WhenAll(teams.Select(team => CallsAsync(team, cancellation)));
        return [.. lists.SelectMany(calls => calls)];
    }

    private async Task<IReadOnlyList<OpenCall>> CallsAsync(string callBackTeam, CancellationToken cancellation)
    {
        var (calls, hours) = (new List<OpenCall>(), settings.Calendar.Hours);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {callBackTeam}");
        await foreach (var row in tables.CallBacks.QueryAsync<TableEntity>(filter, null, OpenCall.Columns, cancellation))
            calls.Add(OpenCall.Read(row, sealer, hours));
        return calls;
    }

    // A line that doesn't say whose it is would be shown to nobody: its household says it.
    private async Task<OpenTask> OwnedAsync(OpenTask task, CancellationToken cancellation) =>
        await store.TryFindAsync(task.Id, cancellation) is { } household
            ? task with
            {
                Team = household.Details.Team,
                CallBackTeam = household.Assignee.Team,
                Person = household.Assignee.Person,
            }
            : task;
}

/// <summary>What is to be done.</summary>
/// <param name="Tasks">What waits for a person's decision, the most urgent first and then the oldest.</param>
/// <param name="Calls">The calls that may still be made.</param>
public sealed record OpenWork(IReadOnlyList<OpenTask> Tasks, IReadOnlyList<OpenCall> Calls);
