using Google.Protobuf;
using LocalAzure.DurableTask.History;
using LocalAzure.Storage;
using Microsoft.DurableTask.Client;
using P = Microsoft.DurableTask.Protobuf;

namespace LocalAzure.DurableTask.Tables;

/// <summary>Changes rows; every method runs on the writer's thread, inside somebody's write.</summary>
internal static class Writes
{
    public static void InsertInstance(
        Connection connection, Execution execution, OrchestrationRuntimeStatus status, int episodes, DateTime created, DateTime updated,
        string? output, string? customStatus, P.TaskFailureDetails? failure, string? tags)
    {
        var row = connection.Prepare("""
            INSERT INTO durable_instances (execution, id, name, version, status, episodes, created, updated, input, output, custom_status,
                failure, parent_execution, parent_task, parent_name, parent_id, tags)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
        row.Bind(1, execution.Number).Bind(2, execution.InstanceId).Bind(3, execution.Name)
            .Bind(4, execution.Version.Length == 0 ? null : execution.Version).Bind(5, (long)status).Bind(6, (long)episodes)
            .Bind(7, created.Ticks).Bind(8, updated.Ticks).Bind(9, execution.Input).Bind(10, output).Bind(11, customStatus);
        if (failure is not null) row.Bind(12, failure.ToByteArray());
        if (execution.Parent is { } parent)
            row.Bind(13, parent.Execution).Bind(14, (long)parent.TaskId).Bind(15, parent.Name).Bind(16, parent.InstanceId);
        row.Bind(17, tags).Run();
    }

    /// <summary>Moves an instance on, provided that nobody else has.</summary>
    /// <exception cref="StaleEpisodeException">Somebody has.</exception>
    public static void UpdateInstance(
        Connection connection, long execution, int episodesBefore, OrchestrationRuntimeStatus status, DateTime updated,
        string? output, string? customStatus, P.TaskFailureDetails? failure)
    {
        var row = connection.Prepare("""
            UPDATE durable_instances SET status = ?, episodes = ?, updated = ?, output = ?, custom_status = ?, failure = ?
            WHERE execution = ? AND episodes = ?
            """);
        row.Bind(1, (long)status).Bind(2, episodesBefore + 1L).Bind(3, updated.Ticks).Bind(4, output).Bind(5, customStatus);
        if (failure is not null) row.Bind(6, failure.ToByteArray());
        if (row.Bind(7, execution).Bind(8, (long)episodesBefore).Run() != 1) throw new StaleEpisodeException();
    }

    public static void InsertEpisode(Connection connection, long execution, int number, byte[] episode) =>
        connection.Prepare("INSERT INTO durable_history (execution, episode, events) VALUES (?, ?, ?)")
            .Bind(1, execution).Bind(2, (long)number).Bind(3, episode).Run();

    public static void InsertMessage(Connection connection, Numbers numbers, long execution, P.HistoryEvent message) =>
        connection.Prepare("INSERT INTO durable_inbox (execution, id, message) VALUES (?, ?, ?)")
            .Bind(1, execution).Bind(2, numbers.NextMessage()).Bind(3, message.ToByteArray()).Run();

    public static void DeleteMessage(Connection connection, long execution, long id) =>
        connection.Prepare("DELETE FROM durable_inbox WHERE execution = ? AND id = ?").Bind(1, execution).Bind(2, id).Run();

    public static void InsertActivity(Connection connection, long execution, int task, P.ScheduleTaskAction activity) =>
        connection.Prepare("INSERT INTO durable_activities (execution, task, name, input) VALUES (?, ?, ?, ?)")
            .Bind(1, execution).Bind(2, (long)task).Bind(3, activity.Name).Bind(4, ActivityInput.Of(activity)).Run();

    public static void DeleteActivity(Connection connection, long execution, int task) =>
        connection.Prepare("DELETE FROM durable_activities WHERE execution = ? AND task = ?").Bind(1, execution).Bind(2, (long)task).Run();

    public static void InsertTimer(Connection connection, long execution, DueTimer timer) =>
        connection.Prepare("INSERT INTO durable_timers (due, execution, timer) VALUES (?, ?, ?)")
            .Bind(1, timer.FireAt.Ticks).Bind(2, execution).Bind(3, (long)timer.Id).Run();

    public static void DeleteTimer(Connection connection, long execution, DueTimer timer) =>
        connection.Prepare("DELETE FROM durable_timers WHERE due = ? AND execution = ? AND timer = ?")
            .Bind(1, timer.FireAt.Ticks).Bind(2, execution).Bind(3, (long)timer.Id).Run();

    /// <summary>Puts a message into the inbox of a live execution; false if there is none.</summary>
    public static bool SendTo(Connection connection, Numbers numbers, long execution, P.HistoryEvent message)
    {
        using var row = connection.Prepare("SELECT status FROM durable_instances WHERE execution = ?").Bind(1, execution);
        if (!row.Step() || InstanceRow.Finished((OrchestrationRuntimeStatus)row.GetInt64(0))) return false;
        InsertMessage(connection, numbers, execution, message);
        return true;
    }

    /// <summary>Puts a message into the inbox of a live instance and gives its execution; null if there is none.</summary>
    public static long? SendTo(Connection connection, Numbers numbers, string instanceId, P.HistoryEvent message)
    {
        using var row = connection.Prepare("SELECT execution, status FROM durable_instances WHERE id = ?").Bind(1, instanceId);
        if (!row.Step() || InstanceRow.Finished((OrchestrationRuntimeStatus)row.GetInt64(1))) return null;
        var execution = row.GetInt64(0);
        InsertMessage(connection, numbers, execution, message);
        return execution;
    }

    /// <summary>Deletes the messages of an execution that is over; its row and its history stay to be looked at.</summary>
    public static void ClearInbox(Connection connection, long execution) =>
        connection.Prepare("DELETE FROM durable_inbox WHERE execution = ?").Bind(1, execution).Run();

    /// <summary>Deletes an execution that is over altogether.</summary>
    public static void DeleteExecution(Connection connection, long execution)
    {
        ClearInbox(connection, execution);
        connection.Prepare("DELETE FROM durable_activities WHERE execution = ?").Bind(1, execution).Run();
        connection.Prepare("DELETE FROM durable_history WHERE execution = ?").Bind(1, execution).Run();
        connection.Prepare("DELETE FROM durable_instances WHERE execution = ?").Bind(1, execution).Run();
    }
}

/// <summary>An episode was computed on a state that is no longer the instance's: it is thrown away and computed again.</summary>
internal sealed class StaleEpisodeException() : Exception("The instance has moved on meanwhile.");
