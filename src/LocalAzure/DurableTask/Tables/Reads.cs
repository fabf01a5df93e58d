using System.Text.Json;
using LocalAzure.DurableTask.History;
using LocalAzure.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using P = Microsoft.DurableTask.Protobuf;

namespace LocalAzure.DurableTask.Tables;

/// <summary>An instance as the engine needs it to go on.</summary>
internal sealed record InstanceRow(Execution Execution, OrchestrationRuntimeStatus Status, int Episodes)
{
    public bool IsFinished => Finished(Status);

    public static bool Finished(OrchestrationRuntimeStatus status) =>
        status is not (OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Suspended);
}

/// <summary>A message that waits for its orchestration.</summary>
internal readonly record struct InboxRow(long Id, P.HistoryEvent Message);

/// <summary>An activity that is scheduled and not completed.</summary>
internal sealed record ActivityRow(long Execution, string InstanceId, int TaskId, string Name, string? Input);

/// <summary>Looks into the tables.</summary>
internal static class Reads
{
    private const string InstanceColumns =
        "execution, id, name, version, input, parent_execution, parent_task, parent_name, parent_id, status, episodes";

    public static InstanceRow? Instance(Connection connection, long execution)
    {
        using var row = connection.Prepare($"SELECT {InstanceColumns} FROM durable_instances WHERE execution = ?").Bind(1, execution);
        return row.Step() ? Instance(row) : null;
    }

    public static InstanceRow? Instance(Connection connection, string instanceId)
    {
        using var row = connection.Prepare($"SELECT {InstanceColumns} FROM durable_instances WHERE id = ?").Bind(1, instanceId);
        return row.Step() ? Instance(row) : null;
    }

    /// <summary>The episodes of an execution, as they are kept.</summary>
    public static List<byte[]> Episodes(Connection connection, long execution)
    {
        using var row = connection.Prepare("SELECT events FROM durable_history WHERE execution = ? ORDER BY episode").Bind(1, execution);
        var episodes = new List<byte[]>();
        while (row.Step()) episodes.Add(row.GetBytes(0).ToArray());
        return episodes;
    }

    public static List<InboxRow> Inbox(Connection connection, long execution)
    {
        using var row = connection.Prepare("SELECT id, message FROM durable_inbox WHERE execution = ? ORDER BY id").Bind(1, execution);
        var messages = new List<InboxRow>();
        while (row.Step()) messages.Add(new InboxRow(row.GetInt64(0), P.HistoryEvent.Parser.ParseFrom(row.GetBytes(1))));
        return messages;
    }

    public static List<long> ExecutionsWithMessages(Connection connection)
    {
        using var row = connection.Prepare("SELECT DISTINCT execution FROM durable_inbox");
        var executions = new List<long>();
        while (row.Step()) executions.Add(row.GetInt64(0));
        return executions;
    }

    public static List<ActivityRow> Activities(Connection connection)
    {
        using var row = connection.Prepare(
            "SELECT a.execution, i.id, a.task, a.name, a.input FROM durable_activities a JOIN durable_instances i USING (execution) "
            + "ORDER BY 1, 3");
        var activities = new List<ActivityRow>();
        while (row.Step())
            activities.Add(
                new ActivityRow(row.GetInt64(0), row.GetString(1), (int)row.GetInt64(2), row.GetString(3), row.GetStringOrNull(4)));
        return activities;
    }

    /// <summary>The timers due by <paramref name="now"/>, the earliest first, at most <paramref name="limit"/>.</summary>
    /// <param name="connection">Where to read.</param>
    /// <param name="now">UTC.</param>
    /// <param name="after">The one behind which to begin; null: the first.</param>
    /// <param name="limit">How many.</param>
    public static List<(long Execution, DueTimer Timer)> DueTimers(
        Connection connection, DateTimeOffset now, (long Execution, DueTimer Timer)? after, int limit)
    {
        using var row = connection.Prepare(
            "SELECT due, execution, timer FROM durable_timers WHERE due <= ? AND (due, execution, timer) > (?, ?, ?) "
            + "ORDER BY due, execution, timer LIMIT ?")
            .Bind(1, now.UtcTicks)
            .Bind(2, after?.Timer.FireAt.Ticks ?? long.MinValue).Bind(3, after?.Execution ?? 0).Bind(4, after?.Timer.Id ?? 0)
            .Bind(5, limit);
        var due = new List<(long, DueTimer)>();
        while (row.Step()) due.Add((row.GetInt64(1), new DueTimer((int)row.GetInt64(2), new DateTime(row.GetInt64(0), DateTimeKind.Utc))));
        return due;
    }

    /// <summary>When the first timer is due that is due after an instant; null: there is none.</summary>
    public static DateTimeOffset? NextDueAfter(Connection connection, DateTimeOffset after)
    {
        using var row = connection.Prepare("SELECT due FROM durable_timers WHERE due > ? ORDER BY due LIMIT 1").Bind(1, after.UtcTicks);
        return row.Step() ? new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero) : null;
    }

    /// <summary>When the first timer of all is due, or was.</summary>
    public static DateTimeOffset? NextDue(Connection connection)
    {
        using var row = connection.Prepare("SELECT due FROM durable_timers ORDER BY due LIMIT 1");
        return row.Step() ? new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero) : null;
    }

    public static OrchestrationMetadata? Metadata(Connection connection, string instanceId, DataConverter? withData)
    {
        using var row = connection.Prepare($"SELECT {MetadataColumns} FROM durable_instances WHERE id = ?").Bind(1, instanceId);
        return row.Step() ? Metadata(row, withData) : null;
    }

    public const string MetadataColumns = "id, name, status, created, updated, input, output, custom_status, failure, tags";

    public static OrchestrationMetadata Metadata(Statement row, DataConverter? withData) => new(row.GetString(1), row.GetString(0))
    {
        DataConverter = withData,
        RuntimeStatus = (OrchestrationRuntimeStatus)row.GetInt64(2),
        CreatedAt = new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero),
        LastUpdatedAt = new DateTimeOffset(row.GetInt64(4), TimeSpan.Zero),
        SerializedInput = withData is null ? null : row.GetStringOrNull(5),
        SerializedOutput = withData is null ? null : row.GetStringOrNull(6),
        SerializedCustomStatus = withData is null ? null : row.GetStringOrNull(7),
        FailureDetails = row.IsNull(8) ? null : Failures.Decode(row.GetBytes(8)),
        Tags = row.GetStringOrNull(9) is { } tags
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(tags)!
            : System.Collections.Immutable.ImmutableDictionary<string, string>.Empty,
    };

    private static InstanceRow Instance(Statement row)
    {
        var parent = row.GetInt64OrNull(5) is { } execution
            ? new ParentLink(execution, (int)row.GetInt64(6), row.GetString(7), row.GetString(8))
            : null;
        return new InstanceRow(
            new Execution(
                row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetStringOrNull(3) ?? "", row.GetStringOrNull(4), parent),
            (OrchestrationRuntimeStatus)row.GetInt64(9),
            (int)row.GetInt64(10));
    }
}
