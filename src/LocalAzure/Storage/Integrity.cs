using SQLitePCL;

namespace LocalAzure.Storage;

/// <summary>
/// Reads once through a store's file before anything is written to it, where <see cref="CleanEnd"/> has it done: what SQLite writes on into
/// a damaged file makes a loss of some rows a loss of all. docs/decisions/0028-copies-and-damaged-files.md says what is found by it and
/// what it costs.
/// </summary>
internal static class Integrity
{
    /// <summary>What SQLite keeps beside a file for what was committed last.</summary>
    public const string LatestWrites = "-wal";

    /// <summary>Goes on where the file is whole, or if there is none.</summary>
    /// <exception cref="StorageException">It is damaged; nothing was written to it.</exception>
    public static void Check(string path)
    {
        if (!File.Exists(path))
        {
            // SQLite would take over what lies there into a new file, and nobody would learn that the rest of it is gone.
            if (File.Exists(path + LatestWrites) && new FileInfo(path + LatestWrites).Length > 0)
                throw Damaged(path, $"it is missing, and what was written to it last is there ({Path.GetFileName(path)}{LatestWrites})");
            return;
        }

        // A new file of ours begins with a page in it: SQLite would take this for a new one, and begin from nothing.
        if (new FileInfo(path).Length == 0) throw Damaged(path, "it is empty");
        try
        {
            // One that only reads makes up its mind about the file without writing to it, and leaves the latest writes where they are.
            using var reader = new Connection(path, readOnly: true);
            Check(path, reader);
        }
        catch (StorageException failure) when (!failure.IsDamage && IsDamage(failure.Code))
        {
            throw Named(path, failure);
        }
    }

    /// <summary>Whether SQLite says by this code that a file is damaged, is none of its own, or can't be read.</summary>
    public static bool IsDamage(int code) => code is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_IOERR;

    /// <summary>What SQLite said when it opened the file, by the file's name where it is damaged.</summary>
    public static StorageException Named(string path, StorageException failure) =>
        failure.IsDamage || !IsDamage(failure.Code) ? failure : Damaged(path, raw.sqlite3_errstr(failure.Code).utf8_to_string());

    /// <summary>Goes on where what this connection reads is whole.</summary>
    /// <exception cref="StorageException">It is damaged.</exception>
    public static void Check(string path, Connection connection)
    {
        using var row = connection.Prepare("PRAGMA quick_check(1)");
        var found = row.Step() ? row.GetString(0) : "nothing can be read from it";
        if (found != "ok") throw Damaged(path, found.ReplaceLineEndings(" "));
    }

    private static StorageException Damaged(string path, string how) => new(
        $"The data file '{Path.GetFullPath(path)}' is damaged: {how}. Nothing was written to it. Put back a copy that was taken with "
        + "./run --copy, with all its files, or begin anew in another folder; docs/operations/copies.md says how.")
    {
        Code = raw.SQLITE_CORRUPT,
        IsDamage = true,
    };
}
