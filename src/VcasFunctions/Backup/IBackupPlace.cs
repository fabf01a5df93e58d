namespace VcasFunctions.Backup;

/// <summary>Where backups lie: files that are written once.</summary>
public interface IBackupPlace
{
    /// <summary>Writes a file that isn't there yet.</summary>
    /// <exception cref="Azure.RequestFailedException">It is there, or can't be written.</exception>
    Task WriteAsync(string name, byte[] content, CancellationToken cancellation);

    /// <summary>A file's contents.</summary>
    Task<byte[]> ReadAsync(string name, CancellationToken cancellation);

    /// <summary>The names of all files, in no order.</summary>
    IAsyncEnumerable<string> NamesAsync(CancellationToken cancellation);
}
