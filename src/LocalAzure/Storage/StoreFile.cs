namespace LocalAzure.Storage;

/// <summary>How a store's file begins.</summary>
internal static class StoreFile
{
    // Keys are mostly random, so nearly every row that is written dirties a page of an index by itself, and each such page is written
    // twice: to the write-ahead log and to the file. Small pages halve what goes to the disk.
    private const int PageSize = 4096;

    /// <summary>
    /// Makes a new one: under another name until its first page is on disk. An empty file of this name would mean that its data was lost.
    /// </summary>
    public static void Begin(string path, Durability durability)
    {
        var draft = path + ".new";
        File.Delete(draft);
        using (var first = new Connection(draft, readOnly: false))
        {
            if (durability != Durability.Full) first.Execute("PRAGMA synchronous = OFF;");
            first.Execute($"PRAGMA page_size = {PageSize}; PRAGMA journal_mode = WAL;");
        }

        File.Move(draft, path);
    }
}
