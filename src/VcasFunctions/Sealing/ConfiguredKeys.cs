using Azure.Data.Tables;
using VcasFunctions.Tables;

namespace VcasFunctions.Sealing;

/// <summary>One key as it is configured. A class and no record, so that nothing prints it.</summary>
internal sealed class ConfiguredKey(KeyKind kind, string id, string value)
{
    public KeyKind Kind { get; } = kind;

    /// <summary>The row that it is known by.</summary>
    public string Row { get; } = kind.Prefix + id;

    public string Setting => Kind.SettingOf(Row);

    public byte[] Value { get; } = Convert.FromBase64String(value);
}

/// <summary>Every key that data is written with, in one list: if a key were not in it, nobody would notice its loss.</summary>
internal static class ConfiguredKeys
{
    public static IReadOnlyList<ConfiguredKey> Of(SealingOptions options) =>
    [
        new(KeyKind.Hash, "", options.HashKey),
        .. options.Keys.Select(key => new ConfiguredKey(KeyKind.Seal, key.Key, key.Value)),
        .. options.IndexKeys.Select(key => new ConfiguredKey(KeyKind.Index, key.Key, key.Value)),
    ];
}

/// <summary>What keys of one kind are called, and what needs them.</summary>
/// <param name="Use">What they are for.</param>
/// <param name="Prefix">Of the row that each is known by; its id follows.</param>
/// <param name="Setting">The setting; a key's id follows where there may be several.</param>
/// <param name="StillNeeded">Why one that is gone must be put back.</param>
/// <param name="WhenItMayGo">When one may be taken away.</param>
/// <param name="OfAnother">What else to do where a key was to be changed; with a blank before it.</param>
internal sealed record KeyKind(
    KeyUse Use, string Prefix, string Setting, string StillNeeded, string WhenItMayGo, string OfAnother)
{
    public static KeyKind Hash { get; } = new(
        KeyUse.Hash,
        "hash",
        "Vcas:Sealing:HashKey",
        "numbers never to be called and the audit are hashed with it",
        "it is never taken away.",
        "");

    public static KeyKind Seal { get; } = new(
        KeyUse.Seal,
        "seal-",
        "Vcas:Sealing:Keys:",
        "households are still sealed by it",
        "it can be taken away once a night has passed with another key active.",
        " A new key needs a new id.");

    public static KeyKind Index { get; } = new(
        KeyUse.Index,
        "index-",
        "Vcas:Sealing:IndexKeys:",
        "numbers never to be called, or households, are still found by it",
        "it can be taken away once no number stands under it.",
        " A new key needs a new id.");

    private static readonly KeyKind[] All = [Hash, Seal, Index];

    public static KeyKind Of(string row) =>
        All.FirstOrDefault(kind => row.StartsWith(kind.Prefix, StringComparison.Ordinal))
        ?? throw new KeyMismatchException(
            $"The tables know a key ({row}) that this version of the app doesn't: it is older than the data.");

    public string IdOf(string row) => row[Prefix.Length..];

    public string SettingOf(string row) => Setting + IdOf(row);

    /// <summary>Whether anything stored needs the key of this id.</summary>
    public async Task<bool> IsNeededAsync(VcasTables tables, string id, CancellationToken cancellation)
    {
        if (this == Hash) return true;
        var byIt = TableClient.CreateQueryFilter($"KeyId eq {id}");
        if (this == Seal)
            return await HasAnyAsync(tables.Offers, byIt, cancellation) || await HasAnyAsync(tables.Desk, byIt, cancellation);
        if (await HasAnyAsync(tables.DoNotCall, byIt, cancellation)) return true;
        foreach (var purpose in new[] { BlindHash.Phones, BlindHash.References })
        {
            if (await HasAnyAsync(tables.HouseholdIndex, BlindHash.UnderKey(purpose, id), cancellation)) return true;
        }

        return false;
    }

    private static async Task<bool> HasAnyAsync(TableClient table, string filter, CancellationToken cancellation)
    {
        await foreach (var _ in table.QueryAsync<TableEntity>(filter, maxPerPage: 1, ["PartitionKey"], cancellation)) return true;
        return false;
    }
}
