using System.Globalization;

namespace VcasFunctions.Backup;

/// <summary>
/// What a backup holds, by table and file. It is written last: a backup without it was cut short and is none. It names no key, and the
/// keys are in no backup.
/// </summary>
/// <param name="TakenAt">When it was begun, UTC.</param>
/// <param name="EndedAt">When it was finished, UTC: what was changed in between may be in it or not.</param>
/// <param name="Force">Whose it is.</param>
/// <param name="Tables">What it holds.</param>
/// <param name="Torn">Households that were being changed all the while, so that they may not be of one piece.</param>
public sealed record BackupManifest(
    DateTimeOffset TakenAt, DateTimeOffset EndedAt, string Force, IReadOnlyList<TableInBackup> Tables, IReadOnlyList<string> Torn)
{
    /// <summary>The manifest's own name, after its backup's.</summary>
    public const string FileName = "/manifest.json";

    /// <summary>How many rows it holds.</summary>
    public long Rows => Tables.Sum(table => table.Rows);

    /// <summary>What a backup is called: names in their order are backups in theirs.</summary>
    public static string NameAt(DateTimeOffset instant) =>
        $"{instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH-mm-ss'Z'", CultureInfo.InvariantCulture)}-{Guid.NewGuid().ToString("N")[..6]}";
}

/// <summary>A table in a backup.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Parts">In which files, in order.</param>
public sealed record TableInBackup(string Name, long Rows, IReadOnlyList<PartOfBackup> Parts);

/// <summary>A file of a backup.</summary>
/// <param name="Name">Its name, after its backup's.</param>
/// <param name="Rows">How many rows it holds, a line each.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Of its bytes, in hex.</param>
public sealed record PartOfBackup(string Name, int Rows, long Bytes, string Sha256);
