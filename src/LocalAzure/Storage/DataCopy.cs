using SQLitePCL;

namespace LocalAzure.Storage;

/// <summary>
/// Copies a data folder while somebody works on it: its databases, each as it was at one moment and all of them at the same one, and what
/// else lies there, the vault with its keys among it. The copy appears whole or not at all, and is a data folder like the first.
/// docs/decisions/0028-copies-and-damaged-files.md says why no file may simply be copied.
/// </summary>
public static class DataCopy
{
    private const string Main = "local.db";
    private const int MostTries = 10_000;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Of the moment, and of one process: SQLite's own files beside a database, locks with who holds them, and what is about to be renamed.
    private static readonly string[] Passing = ["-wal", "-shm", "-journal", ".lock", ".holder", ".new", CleanEnd.Suffix];

    /// <summary>Copies a data folder, even while a process works on it.</summary>
    /// <param name="folder">The data folder, whether or not anybody works on it.</param>
    /// <param name="target">Where the copy is to be: a folder that isn't there, or is empty.</param>
    /// <exception cref="StorageException">It can't be taken, or what it would hold is damaged; there is no copy then.</exception>
    public static CopyTaken Take(string folder, string target)
    {
        SQLitePCL.Batteries_V2.Init();
        (folder, target) = (Clean(folder), Clean(target));
        if (!File.Exists(Path.Combine(folder, Main)))
            throw new StorageException($"There is no {Main} in '{folder}': nothing was ever recorded there.");
        if ($"{target}{Path.DirectorySeparatorChar}".StartsWith($"{folder}{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            throw new StorageException($"'{target}' lies in the folder that is to be copied: choose another.");
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            throw new StorageException($"'{target}' is there already: choose a folder that isn't, or is empty.");

        var draft = $"{target}.new-{Guid.NewGuid():N}";
        try
        {
            Make(draft);
            var taken = Take(folder, draft, target);
            if (Directory.Exists(target)) Directory.Delete(target);
            Directory.Move(draft, target);
            return taken;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The copy could not be written to '{target}': {failure.Message}", failure);
        }
        finally
        {
            if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        }
    }

    private static CopyTaken Take(string folder, string draft, string target)
    {
        var bytes = 0L;
        var files = FilesOf(folder);
        var databases = files.Where(file => IsDatabase(Path.Combine(folder, file))).OrderByDescending(file => file == Main).ToList();
        foreach (var file in databases) Integrity.Check(Path.Combine(folder, file));
        var sources = databases.Select(file => new Connection(Path.Combine(folder, file), readOnly: true)).ToList();
        try
        {
            Pin(folder, sources);
            foreach (var (file, source) in databases.Zip(sources)) bytes += Copy(source, Prepare(draft, file));
        }
        finally
        {
            foreach (var source in sources) source.Dispose();
        }

        // After the databases: a key is made before anything is written by it, and none is ever changed.
        var others = FilesOf(folder).Except(databases).ToList();
        foreach (var file in others)
        {
            File.Copy(Path.Combine(folder, file), Prepare(draft, file));
            bytes += new FileInfo(Path.Combine(draft, file)).Length;
        }

        return new CopyTaken(target, [.. databases.Concat(others).Order(StringComparer.Ordinal)], bytes);
    }

    /// <summary>
    /// Holds fast what each database held at one and the same moment. VCAS's table says which answers it has sent, the main one holds them:
    /// a copy of the two at different moments could have lost one between them.
    /// </summary>
    private static void Pin(string folder, List<Connection> sources)
    {
        using var watch = new Connection(Path.Combine(folder, Main), readOnly: true);
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            var before = VersionOf(watch);
            foreach (var source in sources)
            {
                source.Execute("BEGIN");
                using var first = source.Prepare("SELECT count(*) FROM sqlite_schema");
                first.Step();
            }

            if (sources.Count == 1 || VersionOf(watch) == before) return;
            foreach (var source in sources) source.Execute("ROLLBACK");
        }

        throw new StorageException("So much is being written that no moment could be held fast. Try again.");
    }

    // It changes with each commit of anybody else's.
    private static long VersionOf(Connection connection)
    {
        using var row = connection.Prepare("PRAGMA data_version");
        return row.Step() ? row.GetInt64(0) : 0;
    }

    private static long Copy(Connection source, string file)
    {
        using (var copy = new Connection(file, readOnly: false))
        {
            source.CopyTo(copy);
            Integrity.Check(file, copy);
        }

        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return new FileInfo(file).Length;
    }

    private static List<string> FilesOf(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => !Passing.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))
            .Select(file => Path.GetRelativePath(folder, file))
            .Order(StringComparer.Ordinal),
    ];

    // By its name as well: what is damaged in its first bytes must be found out. One that VCAS's side has only just made is empty.
    private static bool IsDatabase(string file)
    {
        Span<byte> begin = stackalloc byte[16];
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (Path.GetFileName(file) == Main || (Path.GetExtension(file) == ".db" && stream.Length > 0)) return true;
        return stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false) == begin.Length
            && begin.SequenceEqual("SQLite format 3\0"u8);
    }

    private static string Prepare(string draft, string file)
    {
        var path = Path.Combine(draft, file);
        Make(Path.GetDirectoryName(path)!);
        return path;
    }

    // It holds the keys: anyone who may not look into the first folder may not look into its copy.
    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerOnly);
    }

    private static string Clean(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}

/// <summary>A copy that was taken.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Files">What is in it.</param>
/// <param name="Bytes">How much that is.</param>
public sealed record CopyTaken(string Folder, IReadOnlyList<string> Files, long Bytes);
