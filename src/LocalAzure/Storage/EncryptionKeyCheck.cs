namespace LocalAzure.Storage;

/// <summary>
/// Holds a store to the key at rest that it was first opened with: that one leaves a canary, and another one stops the start. Otherwise the
/// messages that lie in the file could be given to nobody any more, and nobody would learn why.
/// </summary>
internal static class EncryptionKeyCheck
{
    private const string Definition = "CREATE TABLE IF NOT EXISTS at_rest (id INTEGER PRIMARY KEY, canary BLOB NOT NULL);";

    /// <summary>Looks at the canary, or leaves one where there is none.</summary>
    /// <exception cref="StorageException">The key is another; nothing was written by it.</exception>
    public static async Task HoldAsync(LocalStore store)
    {
        store.Define(Definition);
        await store.WriteAsync(connection =>
        {
            if (Canary(connection) is { } known)
            {
                if (store.EncryptionAtRest.Opens(known)) return;
                throw new StorageException(
                    $"The key 'at-rest' in '{Path.Combine(store.Folder, "vault.json")}' is not the one that this data was written with, so "
                    + "nothing was started. Put back the vault.json that lay beside this data.");
            }

            var canary = store.EncryptionAtRest.Seal("This key opens what it sealed."u8);
            connection.Prepare("INSERT INTO at_rest (id, canary) VALUES (1, ?)").Bind(1, canary.AsSpan()).Run();
        });
    }

    private static byte[]? Canary(Connection connection)
    {
        using var row = connection.Prepare("SELECT canary FROM at_rest WHERE id = 1");
        return row.Step() ? row.GetBytes(0).ToArray() : null;
    }
}
