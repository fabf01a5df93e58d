using System.Text.Json;
using Azure.Core;
using Microsoft.Extensions.Configuration;
using VcasFunctions.Http;
using VcasFunctions.WriteOnceStorage;

namespace VcasFunctions.Audit;

/// <summary>
/// Copies of the anchors, elsewhere than the tables: in a container in which nothing can be changed (infra/modules/anchors.bicep), or in a
/// folder in which each is written once. A copy holds a day, counts and hashes, and nothing of a household.
/// </summary>
public sealed class AnchorArchive(IConfiguration configuration, TokenCredential credential)
{
    /// <summary>The connection, by a connection string, by <c>serviceUri</c> and identity, or a <c>folder</c>.</summary>
    public const string Connection = "AnchorsConnection";

    private const string Container = "anchors";

    private readonly Lazy<IWriteOnceStore?> store = new(() => StoreOf(configuration, credential));

    private string? first;

    /// <summary>
    /// Keeps an anchor. What was kept of the same day before stays as it is; another anchor of that day lies beside it. Where something
    /// else is in this one's place, the day is anchored all the same, and the verification tells of it.
    /// </summary>
    internal async Task ArchiveAsync(Anchor anchor, CancellationToken cancellation)
    {
        if (store.Value is not { } archive) return;
        var copy = new ArchivedAnchor(anchor.Day, anchor.Previous, anchor.Hash, anchor.Households);
        _ = await archive.WriteAsync(NameOf(anchor), JsonSerializer.SerializeToUtf8Bytes(copy, Json.Api), cancellation);
    }

    /// <summary>
    /// Whether all that is kept of a day says what its anchor does, or there is neither. Of what was anchored before copies were kept
    /// there is none.
    /// </summary>
    /// <param name="day">The day.</param>
    /// <param name="anchor">Its anchor in the tables.</param>
    /// <param name="aside">The hashes of anchors of that day that were set aside; asked for only where a copy says something else.</param>
    /// <param name="cancellation">Gives up.</param>
    internal async Task<bool> MatchesAsync(
        DateOnly day, Anchor? anchor, Func<Task<IReadOnlyCollection<string>>> aside, CancellationToken cancellation)
    {
        if (store.Value is not { } archive) return true;
        first ??= await archive.NamesAsync("", cancellation).FirstOrDefaultAsync(cancellation);
        if (first is null || string.CompareOrdinal(Prefix(day), first) < 0) return true;
        var copies = new List<byte[]>();
        await foreach (var name in archive.NamesAsync(Prefix(day), cancellation)) copies.Add(await archive.ReadAsync(name, cancellation));
        var others = copies.Select(HashOf).Where(hash => hash != anchor?.Hash).ToList();
        // The present anchor must have a copy. Any other copy must be of an anchor that a clock which ran ahead made too early.
        if (others.Count == copies.Count && anchor is not null) return false;
        return others.Count == 0 || (await aside()) is var known && others.TrueForAll(known.Contains);
    }

    // If the file is not a copy of ours, it matches nothing.
    private static string HashOf(byte[] copy)
    {
        try
        {
            return JsonSerializer.Deserialize<ArchivedAnchor>(copy, Json.Api)?.Hash ?? "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string Prefix(DateOnly day) => AuditDayIndex.Text(day) + "-";

    // By the day and the beginning of its hash: the same anchor is kept once, however often a night is started again.
    private static string NameOf(Anchor anchor) =>
        $"{Prefix(anchor.Day)}{Convert.ToHexStringLower(Convert.FromBase64String(anchor.Hash).AsSpan(0, 8))}.json";

    private static IWriteOnceStore? StoreOf(IConfiguration configuration, TokenCredential credential)
    {
        var (connection, service) = (configuration[Connection], configuration[$"{Connection}:serviceUri"]);
        if (connection is { Length: > 0 } || service is { Length: > 0 }) return BlobWriteOnceStore.At(
            connection, service, credential, Container);
        return configuration[$"{Connection}:folder"] is { Length: > 0 } folder ? new FolderWriteOnceStore(folder) : null;
    }
}

/// <summary>An anchor as it is kept elsewhere.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Previous">The hash of the day before.</param>
/// <param name="Hash">Of all that the day covers.</param>
/// <param name="Households">How many households were touched.</param>
internal sealed record ArchivedAnchor(DateOnly Day, string Previous, string Hash, int Households);
