namespace VcasFunctions.WriteOnceStorage;

/// <summary>
/// A folder on this machine. Each file is written once and is read-only from then on. One process may write: the app that has locked its
/// data folder. Any process may read.
/// </summary>
public sealed class FolderWriteOnceStore(string folder) : IWriteOnceStore
{
    private const string Draft = ".draft";

    // On Linux .NET looks whether a file is there and moves another to its name afterwards: of two at once, both would be first.
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    /// <inheritdoc/>
    public async Task<bool> WriteAsync(string name, byte[] content, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var (path, draft) = (Path.Combine(folder, name), Path.Combine(folder, $"{name}.{Guid.NewGuid():N}{Draft}"));
        if (!File.Exists(path))
        {
            // Whole or not at all.
            await File.WriteAllBytesAsync(draft, content, cancellation);
            File.SetAttributes(draft, FileAttributes.ReadOnly);
            await OneAtATime.WaitAsync(cancellation);
            try
            {
                if (!File.Exists(path))
                {
                    File.Move(draft, path, overwrite: false);
                    return true;
                }
            }
            finally
            {
                OneAtATime.Release();
            }

            // Another process was quicker.
            File.SetAttributes(draft, FileAttributes.Normal);
            File.Delete(draft);
        }

        var known = await File.ReadAllBytesAsync(path, cancellation);
        return content.AsSpan().SequenceEqual(known);
    }

    /// <inheritdoc/>
    public Task<byte[]> ReadAsync(string name, CancellationToken cancellation) =>
        File.ReadAllBytesAsync(Path.Combine(folder, name), cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> NamesAsync(string prefix, CancellationToken cancellation) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, $"{prefix}*")
            .Select(path => Path.GetFileName(path))
            .Where(name => !name.EndsWith(Draft, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToAsyncEnumerable()
        : AsyncEnumerable.Empty<string>();
}
