namespace LocalAzure.Storage;

/// <summary>How a store's file begins, and whose it is.</summary>
internal static class StoreFile
{
    /// <summary>
    /// Makes a new one: under another name until its first page is on disk, for a file of this name that is empty has lost what it held.
    /// </summary>
    public static void Begin(string path)
    {
        var draft = path + ".new";
        File.Delete(draft);
        using (var first = new Connection(draft, readOnly: false)) first.Execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;");
        File.Move(draft, path);
    }

    /// <summary>Takes the file for this process alone, for as long as the lock is open.</summary>
    /// <exception cref="StorageException">Another process has it.</exception>
    public static FileStream TakeOwnership(string lockPath)
    {
        try
        {
            return new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
        }
        catch (IOException failure)
        {
            throw new StorageException(
                $"Another process holds the store ('{lockPath}' is locked): stop it, or choose another data folder.", failure);
        }
    }
}
