using System.Collections.Concurrent;
using Azure;
using VcasFunctions.Backup;

namespace VcasFunctions.Tests.Backup;

/// <summary>A place for backups that a test can look into, and do damage to.</summary>
internal sealed class MemoryPlace : IBackupPlace
{
    public ConcurrentDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public Task WriteAsync(string name, byte[] content, CancellationToken cancellation) =>
        Files.TryAdd(name, content) ? Task.CompletedTask : throw new RequestFailedException(409, "It is there already.");

    public Task<byte[]> ReadAsync(string name, CancellationToken cancellation) =>
        Files.TryGetValue(name, out var content) ? Task.FromResult(content) : throw new RequestFailedException(404, "It is not there.");

    public IAsyncEnumerable<string> NamesAsync(CancellationToken cancellation) => Files.Keys.ToAsyncEnumerable();
}
