using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Vcas.Domain;
using VcasFunctions.Settings;
using VcasFunctions.Tables;

namespace VcasFunctions.Tasks;

/// <summary>
/// What a morning has told, so that a timer that fires twice and an app that starts anew tell nothing twice: the day on which each team was
/// told last, and up to which stage of each task somebody beside the supervisor was. Ids, days and codes.
/// </summary>
public sealed class MorningMarks(VcasTables tables, VcasSettings settings)
{
    private const string Told = "told";
    private const string Staged = "stage";
    private const string WholeDay = "day";
    private const int LargestTransaction = 100;

    /// <summary>Whether all of a day was told.</summary>
    public async Task<bool> IsDayDoneAsync(DateOnly day, CancellationToken cancellation)
    {
        var found = await tables.Desk.GetEntityIfExistsAsync<TableEntity>(Told, WholeDay, cancellationToken: cancellation);
        return found.HasValue && IsOf(found.Value!, day);
    }

    /// <summary>The teams that were told on a day.</summary>
    public async Task<IReadOnlySet<string>> ToldAsync(DateOnly day, CancellationToken cancellation)
    {
        var teams = new HashSet<string>(StringComparer.Ordinal);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Told}");
        await foreach (var row in tables.Desk.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (IsOf(row, day)) teams.Add(row.RowKey);
        }

        return teams;
    }

    /// <summary>A team was told on this day.</summary>
    public Task NoteToldAsync(string team, DateOnly day, CancellationToken cancellation) => tables.Desk.UpsertEntityAsync(
        new TableEntity(Told, RowOf(team)) { ["Day"] = Text(day), ["At"] = settings.Moment.Now }, TableUpdateMode.Replace, cancellation);

    /// <summary>Everybody was told on this day.</summary>
    public Task NoteDayAsync(DateOnly day, CancellationToken cancellation) => tables.Desk.UpsertEntityAsync(
        new TableEntity(Told, WholeDay) { ["Day"] = Text(day), ["At"] = settings.Moment.Now }, TableUpdateMode.Replace, cancellation);

    /// <summary>The row under which it stands that a team was told.</summary>
    internal static string RowOf(string team) => $"team|{team}";

    /// <summary>Up to which stage each task was told, by its key. What began anew since is not among them.</summary>
    public async Task<IReadOnlyDictionary<string, ToldStage>> StagesAsync(CancellationToken cancellation)
    {
        var stages = new Dictionary<string, ToldStage>(StringComparer.Ordinal);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Staged}");
        await foreach (var row in tables.Desk.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            stages[row.RowKey] = new ToldStage(row.Value<DateTimeOffset?>("Since"), row.Value<int?>("Stage") ?? 0);
        return stages;
    }

    /// <summary>Tasks were told up to these stages.</summary>
    public Task NoteStagesAsync(IEnumerable<(OpenTask Task, int Stage)> told, CancellationToken cancellation) => SubmitAsync(
        told.Select(one => new TableTransactionAction(
            TableTransactionActionType.UpsertReplace,
            new TableEntity(Staged, KeyOf(one.Task)) { ["Since"] = one.Task.Since, ["Stage"] = one.Stage, ["At"] = settings.Moment.Now })),
        cancellation);

    /// <summary>Forgets tasks that are no more.</summary>
    public async Task ForgetAsync(IEnumerable<string> keys, CancellationToken cancellation)
    {
        // One by one: another instance may have forgotten some already, which would refuse a whole transaction.
        foreach (var key in keys) await tables.Desk.DeleteEntityAsync(Staged, key, ETag.All, cancellation);
    }

    /// <summary>By what a task is known.</summary>
    public static string KeyOf(OpenTask task) => $"{task.Id:D}|{Word.Of(task.Kind)}";

    private async Task SubmitAsync(IEnumerable<TableTransactionAction> actions, CancellationToken cancellation)
    {
        foreach (var some in actions.Chunk(LargestTransaction)) await tables.Desk.SubmitTransactionAsync(some, cancellation);
    }

    // What a clock that ran ahead has told was told on another day.
    private bool IsOf(TableEntity row, DateOnly day) => row.Value<string>("Day") == Text(day)
        && row.Value<DateTimeOffset?>("At") is { } at && !ClockWatch.IsAhead(at, settings.Moment.Now);

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>Up to which stage a task was told.</summary>
/// <param name="Since">Since when it waited then, UTC.</param>
/// <param name="Stage">The stage.</param>
public sealed record ToldStage(DateTimeOffset? Since, int Stage);
