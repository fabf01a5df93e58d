using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Configuration;

namespace VcasFunctions.Audit;

/// <summary>
/// Copies of the anchors, elsewhere than the tables: in a container in which nothing can be changed (infra/modules/anchors.bicep), or in a
/// folder in which each is written once. A copy holds a day, counts and hashes, and nothing of a household.
/// </summary>
public sealed class KeptAnchors(IConfiguration configuration, TokenCredential credential)
{
    /// <summary>The connection, by a connection string, by <c>serviceUri</c> and identity, or a <c>folder</c>.</summary>
    public const string Connection = "AnchorsConnection";

    private const string Container = "anchors";

    private readonly Lazy<Place?> place = new(() => PlaceOf(configuration, credential));

    private string? first;

    /// <summary>Keeps an anchor. One of the same day that was kept before stays as it is.</summary>
    internal async Task KeepAsync(Anchor anchor, CancellationToken cancellation)
    {
        if (place.Value is not { } kept) return;
        var copy = new KeptAnchor(anchor.Day, anchor.Previous, anchor.Hash, anchor.Households);
        await kept.AddAsync(NameOf(anchor.Day), JsonSerializer.SerializeToUtf8Bytes(copy, Json.Api), cancellation);
    }

    /// <summary>
    /// Whether the copy of a day says what its anchor does, or there is neither. Of what was anchored before copies were kept there is none.
    /// </summary>
    internal async Task<bool> AgreesAsync(DateOnly day, Anchor? anchor, CancellationToken cancellation)
    {
        if (place.Value is not { } kept) return true;
        first ??= await kept.FirstAsync(cancellation);
        if (first is null || string.CompareOrdinal(NameOf(day), first) < 0) return true;
        return await kept.ReadAsync(NameOf(day), cancellation) is { } copy ? HashOf(copy) == anchor?.Hash : anchor is null;
    }

    // What is there and is no copy of ours agrees with nothing.
    private static string HashOf(byte[] copy)
    {
        try
        {
            return JsonSerializer.Deserialize<KeptAnchor>(copy, Json.Api)?.Hash ?? "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string NameOf(DateOnly day) => day.ToString("yyyy-MM-dd'.json'", CultureInfo.InvariantCulture);

    private static Place? PlaceOf(IConfiguration configuration, TokenCredential credential)
    {
        if (configuration["AnchorsConnection"] is { Length: > 0 } connection)
            return new InContainer(new BlobContainerClient(connection, Container));
        if (configuration[$"{Connection}:serviceUri"] is { Length: > 0 } service)
            return new InContainer(new BlobServiceClient(new Uri(service), credential).GetBlobContainerClient(Container));
        return configuration[$"{Connection}:folder"] is { Length: > 0 } folder ? new InFolder(folder) : null;
    }

    private abstract class Place
    {
        public abstract Task AddAsync(string name, byte[] copy, CancellationToken cancellation);

        public abstract Task<byte[]?> ReadAsync(string name, CancellationToken cancellation);

        /// <summary>The name of the oldest copy; null where there is none.</summary>
        public abstract Task<string?> FirstAsync(CancellationToken cancellation);
    }

    private sealed class InContainer(BlobContainerClient container) : Place
    {
        public override async Task AddAsync(string name, byte[] copy, CancellationToken cancellation)
        {
            var options = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            try
            {
                await container.GetBlobClient(name).UploadAsync(new BinaryData(copy), options, cancellation);
            }
            catch (RequestFailedException there) when (there.Status is 409 or 412)
            {
                // Kept before, by a night that was cut short or by another instance.
            }
        }

        public override async Task<byte[]?> ReadAsync(string name, CancellationToken cancellation)
        {
            try
            {
                return (await container.GetBlobClient(name).DownloadContentAsync(cancellation)).Value.Content.ToArray();
            }
            catch (RequestFailedException missing) when (missing is { Status: 404, ErrorCode: "BlobNotFound" })
            {
                return null;
            }
        }

        public override async Task<string?> FirstAsync(CancellationToken cancellation)
        {
            // In the order of their names, which is that of the days.
            await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellation)) return blob.Name;
            return null;
        }
    }

    private sealed class InFolder(string folder) : Place
    {
        public override async Task AddAsync(string name, byte[] copy, CancellationToken cancellation)
        {
            Directory.CreateDirectory(folder);
            var (path, draft) = (Path.Combine(folder, name), Path.Combine(folder, $"{name}.{Guid.NewGuid():N}"));
            if (File.Exists(path)) return;
            // Whole or not at all, and then for reading alone.
            await File.WriteAllBytesAsync(draft, copy, cancellation);
            File.SetAttributes(draft, FileAttributes.ReadOnly);
            try
            {
                File.Move(draft, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.SetAttributes(draft, FileAttributes.Normal);
                File.Delete(draft);
            }
        }

        public override async Task<byte[]?> ReadAsync(string name, CancellationToken cancellation) =>
            Path.Combine(folder, name) is var path && File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellation) : null;

        public override Task<string?> FirstAsync(CancellationToken cancellation) => Task.FromResult(
            Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json").Select(Path.GetFileName).Min(StringComparer.Ordinal) : null);
    }
}

/// <summary>An anchor as it is kept elsewhere.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Previous">The hash of the day before.</param>
/// <param name="Hash">Of all that the day covers.</param>
/// <param name="Households">How many households were touched.</param>
internal sealed record KeptAnchor(DateOnly Day, string Previous, string Hash, int Households);
