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

    /// <summary>Keeps an anchor. What was kept of the same day before stays as it is; another anchor of that day lies beside it.</summary>
    internal async Task KeepAsync(Anchor anchor, CancellationToken cancellation)
    {
        if (place.Value is not { } kept) return;
        var copy = new KeptAnchor(anchor.Day, anchor.Previous, anchor.Hash, anchor.Households);
        await kept.AddAsync(NameOf(anchor), JsonSerializer.SerializeToUtf8Bytes(copy, Json.Api), cancellation);
    }

    /// <summary>
    /// Whether all that is kept of a day says what its anchor does, or there is neither. Of what was anchored before copies were kept
    /// there is none.
    /// </summary>
    /// <param name="day">The day.</param>
    /// <param name="anchor">Its anchor in the tables.</param>
    /// <param name="aside">The hashes of anchors of that day that were put aside; asked for only where a copy says something else.</param>
    /// <param name="cancellation">Gives up.</param>
    internal async Task<bool> AgreesAsync(
        DateOnly day, Anchor? anchor, Func<Task<IReadOnlyCollection<string>>> aside, CancellationToken cancellation)
    {
        if (place.Value is not { } kept) return true;
        first ??= await kept.FirstAsync(cancellation);
        if (first is null || string.CompareOrdinal(Prefix(day), first) < 0) return true;
        var copies = await kept.ReadAsync(Prefix(day), cancellation);
        var others = copies.Select(HashOf).Where(hash => hash != anchor?.Hash).ToList();
        // Of the anchor that stands there must be a copy; what else is kept must be what a clock that ran ahead held fast too early.
        if (others.Count == copies.Count && anchor is not null) return false;
        return others.Count == 0 || (await aside()) is var known && others.TrueForAll(known.Contains);
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

    private static string Prefix(DateOnly day) => TouchedDays.Text(day) + "-";

    // By the day and the beginning of its hash: the same anchor is kept once, however often a night is begun anew.
    private static string NameOf(Anchor anchor) =>
        $"{Prefix(anchor.Day)}{Convert.ToHexStringLower(Convert.FromBase64String(anchor.Hash).AsSpan(0, 8))}.json";

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

        /// <summary>All copies whose names begin so.</summary>
        public abstract Task<IReadOnlyList<byte[]>> ReadAsync(string prefix, CancellationToken cancellation);

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

        public override async Task<IReadOnlyList<byte[]>> ReadAsync(string prefix, CancellationToken cancellation)
        {
            var copies = new List<byte[]>();
            await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellation))
                copies.Add((await container.GetBlobClient(blob.Name).DownloadContentAsync(cancellation)).Value.Content.ToArray());
            return copies;
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

        public override async Task<IReadOnlyList<byte[]>> ReadAsync(string prefix, CancellationToken cancellation)
        {
            var copies = new List<byte[]>();
            if (!Directory.Exists(folder)) return copies;
            foreach (var path in Directory.EnumerateFiles(folder, $"{prefix}*.json"))
                copies.Add(await File.ReadAllBytesAsync(path, cancellation));
            return copies;
        }

        public override Task<string?> FirstAsync(CancellationToken cancellation) => Task.FromResult(
            Directory.Exists(folder)
                ? Directory.EnumerateFiles(folder, "*.json").Select(Path.GetFileName).Min(StringComparer.Ordinal)
                : null);
    }
}

/// <summary>An anchor as it is kept elsewhere.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Previous">The hash of the day before.</param>
/// <param name="Hash">Of all that the day covers.</param>
/// <param name="Households">How many households were touched.</param>
internal sealed record KeptAnchor(DateOnly Day, string Previous, string Hash, int Households);
