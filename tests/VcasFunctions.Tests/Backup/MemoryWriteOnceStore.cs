using System.Collections.Concurrent;
using Azure;
using VcasFunctions.WriteOnceStorage;

namespace VcasFunctions.Tests.Backup;

/// <summary>A place for backups that a test can look into, and do damage to.</summary>
internal sealed class MemoryWriteOnceStore : IWriteOnceStore
{
    public ConcurrentDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public Task<bool> WriteAsync(string name, byte[] content, CancellationToken cancellation) =>
        Task.FromResult(Files.GetOrAdd(name, content).AsSpan().SequenceEqual(content));

    public Task<byte[]> ReadAsync(string name, CancellationToken cancellation) =>
        Files.TryGetValue(name, out var content) ? Task.FromResult(content) : throw new RequestFailedException(404, "It is not there.");

    public IAsyncEnumerable<string> NamesAsync(string prefix, CancellationToken cancellation) =>
        Files.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToAsyncEnumerable();
}
