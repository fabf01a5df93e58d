namespace VcasFunctions.Places;

/// <summary>A folder on this machine. Each file is written once and is read-only from then on.</summary>
public sealed class FolderPlace(string folder) : IWriteOncePlace
{
    private const string Draft = ".draft";

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
            try
            {
                File.Move(draft, path, overwrite: false);
                return true;
            }
            catch (IOException) when (File.Exists(path))
            {
                // Somebody was quicker.
                File.SetAttributes(draft, FileAttributes.Normal);
                File.Delete(draft);
            }
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
