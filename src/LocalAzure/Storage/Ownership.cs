using System.Globalization;

namespace LocalAzure.Storage;

/// <summary>
/// The right to write to a store, which one process has at a time: a lock that ends with the process, however it ends, and beside it a
/// line that says who it is, so that anyone who is turned away can be told. The files stay; only the lock means something.
/// </summary>
public sealed class Ownership : IDisposable
{
    private readonly FileStream held;

    private Ownership(FileStream held) => this.held = held;

    /// <summary>Takes the lock on a store for this process.</summary>
    /// <param name="store">The store's file, which need not be there yet; its folder must.</param>
    /// <exception cref="StorageException">Another process has it; says which.</exception>
    public static Ownership Take(string store) => TryTake(store, out var holder)
        ?? throw new StorageException(
            $"Another process holds the store ('{store}.lock' is locked by {holder}): stop it, or choose another data folder.");

    /// <summary>Takes it, or says who has it, as <c>process 4711 since 2026-11-28 08:10 UTC</c>.</summary>
    /// <exception cref="IOException">Nobody has it, and it can't be taken: the folder can't be written to, for example.</exception>
    public static Ownership? TryTake(string store, out string holder)
    {
        holder = "";
        try
        {
            var ownership = new Ownership(
                new FileStream(store + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None));
            Sign(store);
            return ownership;
        }
        catch (IOException taken) when (IsHeldElsewhere(taken))
        {
            holder = Read(store) is { Length: > 0 } known ? known : "another process";
            return null;
        }
    }

    /// <summary>
    /// Whether a file could not be opened because another process has it, and for no other reason: a full disk or one that is read-only
    /// is nobody's process, and looking for one would lead astray. .NET says it in the error's number alone: EWOULDBLOCK on Linux (11) and
    /// macOS (35), ERROR_SHARING_VIOLATION (32) and ERROR_LOCK_VIOLATION (33) on Windows.
    /// </summary>
    public static bool IsHeldElsewhere(IOException refused) => (refused.HResult & 0xFFFF) is 11 or 32 or 33 or 35;

    /// <inheritdoc/>
    public void Dispose() => held.Dispose();

    private static void Sign(string store)
    {
        var since = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var line = $"process {Environment.ProcessId} since {since} UTC";
        try
        {
            File.WriteAllText(FileOf(store), line);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // The disk is full, or somebody reads it just now: the lock holds all the same, and what can't be written is told elsewhere.
        }
    }

    private static string Read(string store)
    {
        try
        {
            return File.ReadAllText(FileOf(store)).Trim();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string FileOf(string store) => store + ".holder";
}
