using System.Runtime.CompilerServices;
using Azure;
using Azure.Core;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace VcasFunctions.WriteOnceStorage;

/// <summary>
/// A container of blobs. Each file is put there in one go: a container that lets nothing be changed lets nothing be begun and finished
/// later either.
/// </summary>
public sealed class BlobWriteOnceStore(BlobContainerClient container) : IWriteOnceStore
{
    // The largest that one request carries; what is written here is far smaller.
    private const int OneGo = 200 * 1024 * 1024;

    /// <summary>The container of this name, by connection string or else by identity.</summary>
    public static BlobWriteOnceStore At(string? connection, string? serviceUri, TokenCredential credential, string container) => new(
        (connection is { Length: > 0 } ? new BlobServiceClient(connection) : new BlobServiceClient(new Uri(serviceUri!), credential))
            .GetBlobContainerClient(container));

    /// <inheritdoc/>
    public async Task<bool> WriteAsync(string name, byte[] content, CancellationToken cancellation)
    {
        var options = new BlobUploadOptions
        {
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            TransferOptions = new StorageTransferOptions { InitialTransferSize = OneGo, MaximumTransferSize = OneGo },
            // The service compares what came with what was sent.
            TransferValidation = new UploadTransferValidationOptions { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 },
        };
        try
        {
            await container.GetBlobClient(name).UploadAsync(new BinaryData(content), options, cancellation);
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status is 409 or 412)
        {
            // It was written before: by a night that was started again, by another instance, or by our own try whose answer was lost.
            var known = await ReadAsync(name, cancellation);
            return content.AsSpan().SequenceEqual(known);
        }
    }

    /// <inheritdoc/>
    public async Task<byte[]> ReadAsync(string name, CancellationToken cancellation) =>
        (await container.GetBlobClient(name).DownloadContentAsync(cancellation)).Value.Content.ToArray();

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> NamesAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellation)) yield return blob.Name;
    }
}
