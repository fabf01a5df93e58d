namespace VcasFunctions.WriteOnceStorage;

/// <summary>Keeps files that are written once and never changed: backups, and copies of the audit's anchors.</summary>
public interface IWriteOnceStore
{
    /// <summary>
    /// Writes a file. What lies there already stays. Where that is the same, an earlier try of this very writing got through, and all is
    /// as it should be.
    /// </summary>
    /// <returns>False if something else is there.</returns>
    /// <exception cref="Azure.RequestFailedException">
    /// It can't be written; or something lies there, and who may only add isn't told what.
    /// </exception>
    Task<bool> WriteAsync(string name, byte[] content, CancellationToken cancellation);

    /// <summary>Reads a file.</summary>
    /// <exception cref="Azure.RequestFailedException">There is none, or it can't be read.</exception>
    Task<byte[]> ReadAsync(string name, CancellationToken cancellation);

    /// <summary>The names of the files whose names begin so, in their order by character code.</summary>
    IAsyncEnumerable<string> NamesAsync(string prefix, CancellationToken cancellation);
}

/// <summary>What is written where nothing else may lie.</summary>
public static class WriteOnceStores
{
    /// <summary>Writes a file.</summary>
    /// <exception cref="Azure.RequestFailedException">It can't be written, or something else is there.</exception>
    public static async Task WriteNewAsync(this IWriteOnceStore store, string name, byte[] content, CancellationToken cancellation)
    {
        if (!await store.WriteAsync(name, content, cancellation))
            throw new Azure.RequestFailedException(409, "Something else lies in the place of a file that is written once.");
    }
}
