using SQLitePCL;

namespace LocalAzure.Storage;

/// <summary>
/// One SQLite connection with its prepared statements kept. Used by one thread at a time. Talks to SQLitePCLRaw, the layer
/// that Microsoft.Data.Sqlite itself is on, because the writer's cost per row decides what the whole process can carry.
/// </summary>
public sealed class Connection : IDisposable
{
    private readonly sqlite3 db;
    private readonly Dictionary<string, Statement> statements = new(ReferenceEqualityOrOrdinal.Instance);

    internal Connection(string path, bool readOnly)
    {
        var flags = (readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE) | raw.SQLITE_OPEN_NOMUTEX;
        var result = raw.sqlite3_open_v2(path, out db, flags, vfs: null);
        if (result != raw.SQLITE_OK)
            throw new StorageException($"The store '{path}' can't be opened: {raw.sqlite3_errstr(result).utf8_to_string()}.");
        raw.sqlite3_busy_timeout(db, 10_000);
    }

    /// <summary>Rows changed by the last statement that ran.</summary>
    public int Changes => raw.sqlite3_changes(db);

    /// <summary>Whether the file was found to be damaged, or could not be read.</summary>
    internal bool HasMetDamage { get; private set; }

    /// <summary>Whether a transaction is open: where the disk is full, SQLite rolls it back by itself.</summary>
    internal bool IsInTransaction => raw.sqlite3_get_autocommit(db) == 0;

    /// <summary>The rowid given to the last row inserted.</summary>
    public long LastInsertRowId => raw.sqlite3_last_insert_rowid(db);

    /// <summary>
    /// The statement for this SQL, ready to be bound. Dispose it to make it ready for its next user; a statement that is
    /// still being read must not be asked for again meanwhile.
    /// </summary>
    public Statement Prepare(string sql)
    {
        if (statements.TryGetValue(sql, out var known)) return known;
        Check(raw.sqlite3_prepare_v3(db, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle), sql);
        return statements[sql] = new Statement(this, handle, sql);
    }

    /// <summary>Runs SQL without parameters; several statements may follow one another.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(db, sql), sql);

    /// <summary>
    /// Brings into the file what nobody who reads stands in the way of. The pages that the log holds afterwards, and how many of them the
    /// file has; -1 where it could not be done now.
    /// </summary>
    internal (int Log, int Moved) Checkpoint()
    {
        // What comes of it is no matter of the commit before: on a full disk the log stays as it is.
        _ = raw.sqlite3_wal_checkpoint_v2(db, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var log, out var moved);
        return (log, moved);
    }

    /// <summary>The pages written since this was asked last.</summary>
    internal int TakePagesWritten()
    {
        _ = raw.sqlite3_db_status(db, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1);
        return pages;
    }

    /// <summary>Copies all that this connection's transaction sees into another file, page by page and in one go.</summary>
    internal void CopyTo(Connection target)
    {
        const string What = "copying";
        var copying = raw.sqlite3_backup_init(target.db, "main", db, "main");
        if (copying is null || copying.IsInvalid) target.Check(raw.sqlite3_errcode(target.db), What);
        int result;
        using (copying) result = raw.sqlite3_backup_step(copying, -1);
        target.Check(result, What);
    }

    internal void Check(int result, string sql)
    {
        if (result is raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW) return;
        HasMetDamage |= Integrity.IsDamage(result & 0xFF);
        throw new StorageException($"SQLite: {raw.sqlite3_errmsg(db).utf8_to_string()} ({result}) in: {sql}") { Code = result };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in statements.Values) statement.Close();
        statements.Clear();
        db.Dispose();
    }

    /// <summary>SQL texts are literals: the same instance nearly always, so that a look-up needs no hashing of the text.</summary>
    private sealed class ReferenceEqualityOrOrdinal : IEqualityComparer<string>
    {
        public static readonly ReferenceEqualityOrOrdinal Instance = new();

        public bool Equals(string? x, string? y) => ReferenceEquals(x, y) || string.Equals(x, y, StringComparison.Ordinal);

        // The length and three characters tell our statements apart well enough; equality decides.
        public int GetHashCode(string sql) => HashCode.Combine(sql.Length, sql[0], sql[sql.Length / 2], sql[^1]);
    }
}

/// <summary>SQLite refused something; the message carries SQLite's own words and the statement, never a bound value.</summary>
public sealed class StorageException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>SQLite's result code.</summary>
    public int Code { get; init; }

    /// <summary>Whether a file was found to be damaged, and was left as it is.</summary>
    public bool IsDamage { get; init; }
}
