using Microsoft.Data.Sqlite;

namespace VcasReceiver;

/// <summary>What a message changed.</summary>
internal enum Taken { First, Newer, AskedAgain, Withdrawn, SeenBefore, NotNewer, AlreadyWithdrawn }

/// <summary>An answer that VCAS owes.</summary>
/// <param name="Id">Message id, stable however often it is sent.</param>
/// <param name="ReferralId">The referral that it answers.</param>
/// <param name="Body">The whole CloudEvent.</param>
/// <param name="Due">Not to be sent before.</param>
/// <param name="IsDecision">A decision is dropped when the referral is withdrawn first; a receipt never is.</param>
internal sealed record Answer(string Id, string ReferralId, string Body, DateTimeOffset Due, bool IsDecision);

/// <summary>
/// Referrals, the messages that were seen, and the answers that are owed, in one SQLite file. A message and the answers to it are
/// one transaction: there is never a referral without its answer, nor an answer without its referral.
/// </summary>
internal sealed partial class ReferralStore : IDisposable
{
    private const string Tables = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA secure_delete = ON;
        CREATE TABLE IF NOT EXISTS referrals (
            referral_id TEXT PRIMARY KEY, version INTEGER NOT NULL, data TEXT, withdrawn_for TEXT,
            first_received_at INTEGER NOT NULL, changed_at INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS messages (
            referral_id TEXT NOT NULL, purpose TEXT NOT NULL, received_at INTEGER NOT NULL,
            PRIMARY KEY (referral_id, purpose)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS answers (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, referral_id TEXT NOT NULL, body TEXT NOT NULL,
            due_at INTEGER NOT NULL, is_decision INTEGER NOT NULL, sent_at INTEGER) STRICT;
        CREATE INDEX IF NOT EXISTS answers_owed ON answers (due_at, seq) WHERE sent_at IS NULL;
        CREATE INDEX IF NOT EXISTS answers_of ON answers (referral_id, seq);
        """;

    private readonly SqliteConnection connection;
    private readonly Lock one = new();

    private ReferralStore(SqliteConnection connection) => this.connection = connection;

    /// <summary>Opens the file, and makes it when it isn't there: for its owner alone, where the system knows owners by mode.</summary>
    /// <exception cref="SqliteException">It can't be opened, or isn't a database.</exception>
    /// <exception cref="InvalidDataException">It is damaged; nothing was written to it.</exception>
    public static ReferralStore Open(string path)
    {
        OwnersAlone(path);
        var address = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();
        var store = new ReferralStore(new SqliteConnection(address));
        try
        {
            MustBeWhole(path);
            store.connection.Open();
            store.Execute(null, Tables);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Takes a message in, together with the answers that are owed if it is the first about its referral, or if it amends one
    /// that was rejected.
    /// </summary>
    public Taken Take(ReferralMessage message, DateTimeOffset now, IReadOnlyList<Answer> owed)
    {
        lock (one)
        {
            using var transaction = connection.BeginTransaction();
            var taken = Apply(transaction, message, now);
            if (taken == Taken.Newer && WasRejected(transaction, message.ReferralId)) taken = Taken.AskedAgain;
            if (taken is Taken.First or Taken.AskedAgain)
            {
                foreach (var answer in owed)
                {
                    Execute(transaction, "INSERT INTO answers (id, referral_id, body, due_at, is_decision) VALUES ($1, $2, $3, $4, $5) "
                        + "ON CONFLICT DO NOTHING",
                        answer.Id, answer.ReferralId, answer.Body, answer.Due.ToUnixTimeMilliseconds(), answer.IsDecision ? 1 : 0);
                }
            }

            transaction.Commit();
            return taken;
        }
    }

    /// <summary>The answers to send now, in the order in which they fell due.</summary>
    public IReadOnlyList<Answer> Due(DateTimeOffset now, int most)
    {
        lock (one)
        {
            using var command = Command(null, """
                SELECT id, referral_id, body, due_at, is_decision FROM answers
                WHERE sent_at IS NULL AND due_at <= $1 ORDER BY due_at, seq LIMIT $2
                """, now.ToUnixTimeMilliseconds(), most);
            using var reader = command.ExecuteReader();
            var due = new List<Answer>();
            while (reader.Read())
            {
                due.Add(new Answer(reader.GetString(0), reader.GetString(1), reader.GetString(2),
                    DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(3)), reader.GetInt64(4) == 1));
            }

            return due;
        }
    }

    /// <summary>When the next answer falls due; null when none is owed.</summary>
    public DateTimeOffset? NextDue()
    {
        lock (one)
        {
            using var command = Command(null, "SELECT min(due_at) FROM answers WHERE sent_at IS NULL");
            return command.ExecuteScalar() is long due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null;
        }
    }

    /// <summary>Records that the broker has these answers.</summary>
    public void MarkSent(IEnumerable<string> answerIds, DateTimeOffset now)
    {
        lock (one)
        {
            using var transaction = connection.BeginTransaction();
            foreach (var id in answerIds)
                Execute(transaction, "UPDATE answers SET sent_at = $2 WHERE id = $1", id, now.ToUnixTimeMilliseconds());
            transaction.Commit();
        }
    }

    public void Dispose() => connection.Dispose();

    // SQLite gives its journal files the mode of the database, so they follow.
    private static void OwnersAlone(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            if (!File.Exists(path))
                new FileStream(
                    path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = Owner })
                    .Dispose();
            else File.SetUnixFileMode(path, Owner);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Opening it will say what is wrong with the path; a file that is another's keeps the mode that its owner gave it.
        }
    }

    private Taken Apply(SqliteTransaction transaction, ReferralMessage message, DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds();
        if (Execute(
            transaction, "INSERT INTO messages VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", message.ReferralId, message.Purpose, at) == 0)
            return Taken.SeenBefore;

        var (stored, version, withdrawn) = Stored(transaction, message.ReferralId);
        if (message.Kind == MessageKind.Withdrawn)
        {
            // Also when the referral itself is still on its way: then it is remembered as withdrawn before it ever arrives.
            Execute(transaction, """
                INSERT INTO referrals VALUES ($1, 0, NULL, $2, $3, $3)
                ON CONFLICT (referral_id) DO UPDATE SET withdrawn_for = $2, changed_at = $3
                """, message.ReferralId, message.WithdrawnFor, at);
            Execute(transaction, "DELETE FROM answers WHERE referral_id = $1 AND is_decision = 1 AND sent_at IS NULL", message.ReferralId);
            return Taken.Withdrawn;
        }

        if (withdrawn) return Taken.AlreadyWithdrawn;
        if (stored && message.Version <= version) return Taken.NotNewer;
        Execute(transaction, """
            INSERT INTO referrals VALUES ($1, $2, $3, NULL, $4, $4)
            ON CONFLICT (referral_id) DO UPDATE SET version = $2, data = $3, changed_at = $4
            """, message.ReferralId, message.Version, message.Data, at);
        return stored ? Taken.Newer : Taken.First;
    }

    // The newest decision counts: one that was amended before may have been accepted since.
    private bool WasRejected(SqliteTransaction transaction, string referralId)
    {
        using var command = Command(
            transaction, "SELECT id FROM answers WHERE referral_id = $1 AND is_decision = 1 ORDER BY seq DESC LIMIT 1", referralId);
        return command.ExecuteScalar() is string id && id.Contains("/rejected", StringComparison.Ordinal);
    }

    private (bool Stored, long Version, bool Withdrawn) Stored(SqliteTransaction transaction, string referralId)
    {
        using var command = Command(transaction, "SELECT version, withdrawn_for FROM referrals WHERE referral_id = $1", referralId);
        using var reader = command.ExecuteReader();
        return reader.Read() ? (true, reader.GetInt64(0), !reader.IsDBNull(1)) : (false, 0, false);
    }

    private int Execute(SqliteTransaction? transaction, string sql, params object?[] values)
    {
        using var command = Command(transaction, sql, values);
        return command.ExecuteNonQuery();
    }

    private SqliteCommand Command(SqliteTransaction? transaction, string sql, params object?[] values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Every text is a constant of this file; what comes from outside is a parameter.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue("$" + (i + 1), values[i] ?? DBNull.Value);
        return command;
    }
}
