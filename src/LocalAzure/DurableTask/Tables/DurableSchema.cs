namespace LocalAzure.DurableTask.Tables;

/// <summary>
/// The tables. Everything hangs on the execution's number, which is never used again, so that a late message for an execution
/// that is over can't reach its successor. An instance that waits is one instance, one or a few history rows and a timer.
/// </summary>
internal static class DurableSchema
{
    public const string Ddl = """
        CREATE TABLE IF NOT EXISTS durable_instances (
            execution INTEGER PRIMARY KEY,
            id TEXT NOT NULL,
            name TEXT NOT NULL,
            version TEXT,
            status INTEGER NOT NULL,
            episodes INTEGER NOT NULL,
            created INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            input TEXT,
            output TEXT,
            custom_status TEXT,
            failure BLOB,
            parent_execution INTEGER,
            parent_task INTEGER,
            parent_name TEXT,
            parent_id TEXT,
            tags TEXT);
        CREATE UNIQUE INDEX IF NOT EXISTS durable_instance_ids ON durable_instances (id);
        CREATE TABLE IF NOT EXISTS durable_history (
            execution INTEGER NOT NULL,
            episode INTEGER NOT NULL,
            events BLOB NOT NULL,
            PRIMARY KEY (execution, episode)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS durable_inbox (
            execution INTEGER NOT NULL,
            id INTEGER NOT NULL,
            message BLOB NOT NULL,
            PRIMARY KEY (execution, id)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS durable_activities (
            execution INTEGER NOT NULL,
            task INTEGER NOT NULL,
            name TEXT NOT NULL,
            input TEXT,
            PRIMARY KEY (execution, task)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS durable_timers (
            due INTEGER NOT NULL,
            execution INTEGER NOT NULL,
            timer INTEGER NOT NULL,
            PRIMARY KEY (due, execution, timer)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS durable_numbers (
            name TEXT PRIMARY KEY,
            value INTEGER NOT NULL) WITHOUT ROWID;
        """;

    /// <summary>The timer that stands for a start in the future.</summary>
    public const int StartTimer = -1;
}
