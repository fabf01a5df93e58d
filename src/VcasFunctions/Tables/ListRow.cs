using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;

namespace VcasFunctions.Tables;

/// <summary>
/// A row of a list: it says that an offer is there, and holds codes and instants for sorting and counting, never a person.
/// Lists are made from the offers and can be made again at any time.
/// </summary>
public sealed record ListRow
{
    private readonly Lazy<TableEntity> entity;

    /// <summary>A row whose columns are worked out once somebody asks for them: mostly it matters alone where it stands.</summary>
    /// <param name="table">The list.</param>
    /// <param name="partition">The part of the list.</param>
    /// <param name="key">The row's key in that part.</param>
    /// <param name="make">Makes the row, of the part and the key.</param>
    public ListRow(TableClient table, string partition, string key, Func<string, string, TableEntity> make)
    {
        (Table, Partition, Key) = (table, partition, key);
        entity = new(() => make(partition, key));
    }

    /// <summary>A row that is there.</summary>
    /// <param name="table">The list.</param>
    /// <param name="entity">The row.</param>
    public ListRow(TableClient table, TableEntity entity)
    {
        (Table, Partition, Key) = (table, entity.PartitionKey, entity.RowKey);
        this.entity = new(entity);
    }

    /// <summary>
    /// Columns whose names begin so are the row's own: they tell of the row and not of the offer, so no refresh overwrites them, no print
    /// counts them, and a row that takes another's place inherits them.
    /// </summary>
    public const string ClaimPrefix = "Claim";

    /// <summary>The partition of marks: no call-back team can have such a name.</summary>
    public const string Unfinished = "!unfinished";

    /// <summary>The list.</summary>
    public TableClient Table { get; }

    /// <summary>The part of the list.</summary>
    public string Partition { get; }

    /// <summary>The row's key in that part.</summary>
    public string Key { get; }

    /// <summary>The row with its columns.</summary>
    public TableEntity Entity
    {
        get => entity.Value;
        private init => entity = new(value);
    }

    /// <summary>The row's table and keys.</summary>
    public (string Table, string Partition, string Row) Place => (Table.Name, Partition, Key);

    /// <summary>Whether it is a mark that something about the household is unfinished, and not the household's place in a list.</summary>
    public bool IsMark => Partition == Unfinished;

    /// <summary>Whether a row that takes its place within its part of the list inherits what is its own.</summary>
    public bool PassesClaimOn { get; init; }

    /// <summary>Whether the sweep looks at it.</summary>
    public bool IsSwept { get; init; } = true;

    /// <summary>The <see cref="Fingerprint"/> of what stood here when it was read; null if that is not known.</summary>
    public UInt128? ReadAs { get; init; }

    /// <summary>The key of a household's row: by what the list is sorted, then the household.</summary>
    public static string KeyOf(string sort, Guid offerId) => $"{sort}|{offerId:D}";

    /// <summary>An instant as it sorts in a key; what has none comes last.</summary>
    public static string Sort(DateTimeOffset? instant) => (instant ?? DateTimeOffset.MaxValue).UtcDateTime.ToString("yyyyMMddTHHmmss");

    /// <summary>
    /// The household of which a row tells, by its key: a key can't be altered as a column can. Empty where it names none.
    /// </summary>
    public static Guid OfferIdOf(TableEntity entity) =>
        Guid.TryParse(entity.RowKey.AsSpan(entity.RowKey.LastIndexOf('|') + 1), out var id) ? id : Guid.Empty;

    /// <summary>The row as it was read: where it stands and its print, because its contents would fill the memory of a sweep.</summary>
    public static ListRow Read(TableClient table, TableEntity entity) =>
        new(table, new TableEntity(entity.PartitionKey, entity.RowKey))
        {
            ReadAs = FingerprintOf(entity),
            Version = entity.ETag,
            WrittenBy = RevisionOf(entity),
        };

    /// <summary>The version of what stands here, as it was read or written; null if that is not known.</summary>
    public ETag? Version { get; init; }

    /// <summary>The household's revision that wrote what stands here, as it was read or written; 0 if that is not known.</summary>
    public int WrittenBy { get; init; }

    /// <summary>
    /// Whether what stands here under the known version is no later than a revision, or than what this row itself was to say: then it
    /// stands for nobody's change that is still being made.
    /// </summary>
    public bool IsNoLaterThan(int revision) => WrittenBy <= Math.Max(revision, RevisionOf(Entity));

    /// <summary>Tells contents apart: rows have equal prints if and only if their contents are equal.</summary>
    public UInt128 Fingerprint() => FingerprintOf(Entity);

    /// <summary>
    /// Writes it, whether or not something is there, and says under which version. What a later revision wrote stays, yet
    /// under a new version: whoever knew the old one can no longer take it away.
    /// </summary>
    public async Task<ListRow> PutAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                var added = await Table.AddEntityAsync(Entity, cancellation);
                return this with { Version = added.Headers.ETag, WrittenBy = RevisionOf(Entity) };
            }
            catch (RequestFailedException taken) when (taken.Status == 409)
            {
                if (await RefreshAsync(cancellation) is { } refreshed) return refreshed;
            }
        }
    }

    /// <summary>
    /// Writes it where something stands, as <see cref="PutAsync"/> does; null if nothing does: then it was taken away for a reason.
    /// </summary>
    public async Task<ListRow?> RefreshAsync(CancellationToken cancellation)
    {
        while (await FindAsync(cancellation) is { } known)
        {
            try
            {
                var newest = RevisionOf(known) > RevisionOf(Entity) ? known : WithClaim(known, Entity);
                var updated = await Table.UpdateEntityAsync(newest, known.ETag, TableUpdateMode.Replace, cancellation);
                return this with { Version = updated.Headers.ETag, WrittenBy = RevisionOf(newest) };
            }
            catch (RequestFailedException changed) when (changed.Status is 404 or 412)
            {
                // Another writer was quicker: read again.
            }
        }

        return null;
    }

    /// <summary>Removes it, whether or not it is there, and whoever wrote it.</summary>
    public Task RemoveAsync(CancellationToken cancellation) =>
        Table.DeleteEntityAsync(Partition, Key, ETag.All, cancellation);

    /// <summary>Removes it if it still has the known <see cref="Version"/>; leaves it if no version is known.</summary>
    public Task RemoveKnownAsync(CancellationToken cancellation) =>
        Version is { } version ? TryRemoveAsync(version, cancellation) : Task.CompletedTask;

    /// <summary>
    /// Takes it away unless a revision later than <paramref name="revision"/> wrote it: a household may have come back to this
    /// place in the meantime (held, and released again), and must not drop out of its list. What is its own goes to its
    /// <paramref name="successor"/> before, unless that has such of its own.
    /// </summary>
    public async Task RemoveUpToAsync(int revision, CancellationToken cancellation, ListRow? successor = null)
    {
        while (await FindAsync(cancellation) is { } known && RevisionOf(known) <= revision)
        {
            if (successor is not null && known.Keys.Any(IsClaimColumn)) await successor.TakeClaimAsync(known, cancellation);
            if (await TryRemoveAsync(known.ETag, cancellation)) return;
        }
    }

    /// <summary>This row with another row's own columns, as they are now.</summary>
    public async Task<ListRow> WithClaimOfAsync(ListRow other, CancellationToken cancellation) =>
        await other.FindAsync(cancellation) is { } known ? this with { Entity = WithClaim(known, Entity) } : this;

    /// <summary>What stands here now; null if nothing does.</summary>
    public async Task<TableEntity?> FindAsync(CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(Partition, Key, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    private static int RevisionOf(TableEntity entity) => entity.GetInt32("Revision") ?? 0;

    private static bool IsClaimColumn(string column) => column.StartsWith(ClaimPrefix, StringComparison.Ordinal);

    private static TableEntity WithClaim(TableEntity known, TableEntity entity)
    {
        var own = known.Where(column => IsClaimColumn(column.Key)).ToList();
        if (own.Count == 0) return entity;
        var whole = new TableEntity(entity);
        foreach (var (name, value) in own) whole[name] = value;
        return whole;
    }

    private async Task TakeClaimAsync(TableEntity from, CancellationToken cancellation)
    {
        while (await FindAsync(cancellation) is { } known && !known.Keys.Any(IsClaimColumn))
        {
            try
            {
                await Table.UpdateEntityAsync(
                    WithClaim(from, new TableEntity(known.PartitionKey, known.RowKey)), known.ETag, TableUpdateMode.Merge, cancellation);
            }
            catch (RequestFailedException changed) when (changed.Status is 404 or 412)
            {
                // Another writer was quicker: read again.
            }
        }
    }

    private async Task<bool> TryRemoveAsync(ETag version, CancellationToken cancellation)
    {
        try
        {
            await Table.DeleteEntityAsync(Partition, Key, version, cancellation);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            return false;
        }
    }

    // Half of a SHA-256: no two contents with the same one have ever been found, nor will be by chance. The order of the columns means
    // nothing; what is null isn't stored.
    private static UInt128 FingerprintOf(TableEntity entity)
    {
        var content = new StringBuilder();
        foreach (var (name, value) in entity.OrderBy(column => column.Key, StringComparer.Ordinal))
        {
            if (value is null || IsClaimColumn(name) || name is "PartitionKey" or "RowKey" or "Timestamp" or "odata.etag") continue;
            var text = TextOf(value);
            content.Append(CultureInfo.InvariantCulture, $"{name}:{value.GetType().Name}:{text.Length}:{text};");
        }

        return BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString())));
    }

    private static string TextOf(object value) => value switch
    {
        DateTimeOffset instant => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("O", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToBase64String(bytes),
        BinaryData bytes => Convert.ToBase64String(bytes),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
