using LocalAzure.Storage;

namespace LocalAzure.ServiceBus;

/// <summary>
/// The broker's tables and every statement on them. Instants are milliseconds since 1970, as AMQP has them; what a message holds is
/// sealed at rest, as the service has it.
/// </summary>
internal static class QueueTable
{
    public const string Definition = """
        CREATE TABLE IF NOT EXISTS bus_queues (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE);
        CREATE TABLE IF NOT EXISTS bus_messages (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            queue INTEGER NOT NULL,
            dead INTEGER NOT NULL,
            enqueued INTEGER NOT NULL,
            scheduled INTEGER NOT NULL,
            expires INTEGER,
            failures INTEGER NOT NULL,
            locked_until INTEGER,
            lock_token BLOB,
            header BLOB,
            content BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS bus_seen (
            queue INTEGER NOT NULL, message_id TEXT NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (queue, message_id)) WITHOUT ROWID;
        """;

    public static void Insert(Connection connection, EncryptionAtRest atRest, int queue, Entry entry)
    {
        var content = entry.Content!;
        using var row = connection.Prepare(
            "INSERT INTO bus_messages (seq, queue, dead, enqueued, scheduled, expires, failures, header, content) "
            + "VALUES (?, ?, 0, ?, ?, ?, 0, ?, ?)");
        row.Bind(1, entry.Sequence).Bind(2, queue).Bind(3, entry.Enqueued).Bind(4, entry.State == EntryState.Scheduled ? 1 : 0)
            .Bind(5, OrNull(entry.Expires));
        if (content.Header is { } header) row.Bind(6, header.AsSpan());
        row.Bind(7, atRest.Seal(content.Bare).AsSpan()).Step();
    }

    /// <summary>Somebody is given it: whatever it was scheduled for, it is enqueued by now.</summary>
    public static void Lock(Connection connection, long sequence, long until, Guid token)
    {
        Span<byte> bytes = stackalloc byte[16];
        token.TryWriteBytes(bytes);
        connection.Prepare("UPDATE bus_messages SET scheduled = 0, locked_until = ?, lock_token = ? WHERE seq = ?")
            .Bind(1, until).Bind(2, (ReadOnlySpan<byte>)bytes).Bind(3, sequence).Run();
    }

    public static void Unlock(Connection connection, long sequence, int failures) =>
        connection.Prepare("UPDATE bus_messages SET locked_until = NULL, lock_token = NULL, failures = ? WHERE seq = ?")
            .Bind(1, failures).Bind(2, sequence).Run();

    public static void Rewrite(Connection connection, EncryptionAtRest atRest, long sequence, Content content) =>
        connection.Prepare("UPDATE bus_messages SET content = ? WHERE seq = ?")
            .Bind(1, atRest.Seal(content.Bare).AsSpan()).Bind(2, sequence).Run();

    public static void MoveToDeadLetter(Connection connection, EncryptionAtRest atRest, long sequence, int failures, Content content) =>
        connection.Prepare("""
            UPDATE bus_messages SET dead = 1, locked_until = NULL, lock_token = NULL, expires = NULL, failures = ?, content = ?
            WHERE seq = ?
            """).Bind(1, failures).Bind(2, atRest.Seal(content.Bare).AsSpan()).Bind(3, sequence).Run();

    public static void Delete(Connection connection, long sequence) =>
        connection.Prepare("DELETE FROM bus_messages WHERE seq = ?").Bind(1, sequence).Run();

    public static Content? ReadContent(Connection connection, EncryptionAtRest atRest, long sequence)
    {
        using var row = connection.Prepare("SELECT header, content FROM bus_messages WHERE seq = ?").Bind(1, sequence);
        return row.Step() ? new Content(row.IsNull(0) ? null : row.GetBytes(0).ToArray(), atRest.Open(row.GetBytes(1))) : null;
    }

    public static void Remember(Connection connection, int queue, string messageId, long at) =>
        connection.Prepare("INSERT OR REPLACE INTO bus_seen (queue, message_id, at) VALUES (?, ?, ?)")
            .Bind(1, queue).Bind(2, messageId).Bind(3, at).Run();

    public static void Forget(Connection connection, int queue, string messageId) =>
        connection.Prepare("DELETE FROM bus_seen WHERE queue = ? AND message_id = ?").Bind(1, queue).Bind(2, messageId).Run();

    public static List<(string MessageId, long At)> ReadSeen(Connection connection, int queue)
    {
        var seen = new List<(string, long)>();
        using var row = connection.Prepare("SELECT message_id, at FROM bus_seen WHERE queue = ? ORDER BY at").Bind(1, queue);
        while (row.Step()) seen.Add((row.GetString(0), row.GetInt64(1)));
        return seen;
    }

    public static int IdOf(Connection connection, string name)
    {
        connection.Prepare("INSERT OR IGNORE INTO bus_queues (name) VALUES (?)").Bind(1, name).Run();
        using var row = connection.Prepare("SELECT id FROM bus_queues WHERE name = ?").Bind(1, name);
        row.Step();
        return (int)row.GetInt64(0);
    }

    /// <summary>The highest sequence number ever given, so that none is given twice although messages are deleted.</summary>
    public static long LastSequence(Connection connection)
    {
        using var row = connection.Prepare("SELECT seq FROM sqlite_sequence WHERE name = 'bus_messages'");
        return row.Step() ? row.GetInt64(0) : 0;
    }

    /// <summary>
    /// The messages of a queue. One that is enqueued later than now, and wasn't scheduled for then, came in while the clock ran ahead: it
    /// has come in by now, and lives for as long as it would have.
    /// </summary>
    public static List<Entry> ReadEntries(Connection connection, int queue, bool dead, long now)
    {
        var entries = new List<Entry>();
        using var row = connection.Prepare("""
            SELECT seq, enqueued, expires, failures, locked_until, lock_token, scheduled
            FROM bus_messages WHERE queue = ? AND dead = ? ORDER BY seq
            """).Bind(1, queue).Bind(2, dead ? 1 : 0);
        while (row.Step())
        {
            var enqueued = row.GetInt64(1);
            var waits = !dead && row.GetInt64(6) != 0 && enqueued > now;
            var ahead = waits ? 0 : Math.Max(0, enqueued - now);
            var expires = row.GetInt64OrNull(2) is { } instant ? instant - ahead : long.MaxValue;
            var entry = new Entry(row.GetInt64(0), enqueued - ahead, expires)
            {
                Failures = (int)row.GetInt64(3),
                State = waits ? EntryState.Scheduled : EntryState.Ready,
            };
            if (row.GetInt64OrNull(4) is { } until)
            {
                entry.LockedUntil = until;
                entry.Token = new Guid(row.GetBytes(5));
                entry.State = EntryState.Locked;
            }

            entries.Add(entry);
        }

        return entries;
    }

    private static long? OrNull(long instant) => instant == long.MaxValue ? null : instant;
}
