using System.Globalization;

namespace LocalAzure.Storage;

/// <summary>
/// What a process that ends in order leaves beside its store: how the file was then, and when it was last read through. The next start
/// spares itself the reading where nobody has touched the file since, for a day at most: it takes a third of a second for 100,000
/// households. docs/decisions/0028-copies-and-damaged-files.md says what that leaves unseen.
/// </summary>
internal sealed class CleanEnd
{
    /// <summary>What such a note's name ends with.</summary>
    public const string Suffix = ".ended";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly string path;

    private CleanEnd(string path, DateTimeOffset readThrough) => (this.path, ReadThrough) = (path, readThrough);

    /// <summary>When the file was last read through, UTC, by the clock on the wall.</summary>
    public DateTimeOffset ReadThrough { get; }

    /// <summary>Takes up the note, or reads through the file where there is none that holds.</summary>
    /// <param name="path">The store's file. The caller owns the store: the note counts once.</param>
    /// <param name="now">The time on the wall.</param>
    /// <exception cref="StorageException">The file is damaged; nothing was written to it.</exception>
    public static CleanEnd Check(string path, DateTimeOffset now)
    {
        if (Take(path) is { } noted && noted <= now && now - noted < Longest) return new CleanEnd(path, noted);
        Integrity.Check(path);
        return new CleanEnd(path, now);
    }

    /// <summary>Leaves the note. The file is closed.</summary>
    public void Leave()
    {
        try
        {
            // Of a whole second, which no write leaves behind: whoever changes the file in this very moment is noticed.
            var changed = File.GetLastWriteTimeUtc(path);
            File.SetLastWriteTimeUtc(path, changed.AddTicks(-(changed.Ticks % TimeSpan.TicksPerSecond)));
            File.WriteAllText(path + Suffix, $"{StateOf(path)} {ReadThrough.UtcTicks.ToString(CultureInfo.InvariantCulture)}");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // The next start reads the file through.
        }
    }

    private static DateTimeOffset? Take(string path)
    {
        var note = path + Suffix;
        if (!File.Exists(note)) return null;
        try
        {
            var text = File.ReadAllText(note);
            // Gone before anything is written to the store: whoever ends otherwise than in order leaves none.
            File.Delete(note);
            var end = text.LastIndexOf(' ');
            return end > 0 && text[..end] == StateOf(path)
                && long.TryParse(text.AsSpan(end + 1), CultureInfo.InvariantCulture, out var ticks)
                && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
                ? new DateTimeOffset(ticks, TimeSpan.Zero)
                : null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Its length and when it was changed last; and what was committed last lies in the file, not beside it.
    private static string? StateOf(string path)
    {
        var (file, beside) = (new FileInfo(path), new FileInfo(path + Integrity.LatestWrites));
        return file.Exists && !(beside.Exists && beside.Length > 0)
            ? string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}")
            : null;
    }
}
