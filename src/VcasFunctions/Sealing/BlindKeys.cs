using System.Text;
using Azure.Data.Tables;

namespace VcasFunctions.Sealing;

/// <summary>
/// Keyed hashes by which a number or a reference is found without being readable: the active key first, then earlier ones under which
/// something may still stand. Two purposes can't be compared with each other.
/// </summary>
public sealed class BlindKeys(Keyring keyring)
{
    /// <summary>The id of the key under which new hashes are made.</summary>
    public string ActiveId => keyring.IndexKeys[0].Id;

    /// <summary>Every configured key's id, the active one first.</summary>
    public IReadOnlyList<string> Ids => [.. keyring.IndexKeys.Select(key => key.Id)];

    /// <summary>The hash under the active key.</summary>
    public BlindHash Active(string purpose, string text) => Hash(keyring.IndexKeys[0], purpose, text);

    /// <summary>The hash under each key that is configured, the active one first.</summary>
    public IReadOnlyList<BlindHash> All(string purpose, string text) => [.. keyring.IndexKeys.Select(key => Hash(key, purpose, text))];

    private static BlindHash Hash(IndexKey key, string purpose, string text) =>
        new(key.Id, Convert.ToHexStringLower(key.For(purpose).Of(Encoding.UTF8.GetBytes(text))));
}

/// <summary>A hash, and the id of the key that made it.</summary>
public sealed record BlindHash(string KeyId, string Hash)
{
    /// <summary>What a number is hashed for: in the index, and in the register of those that are never called.</summary>
    internal const string Phones = "phone";

    /// <summary>What a crime reference is hashed for.</summary>
    internal const string References = "reference";

    /// <summary>What the short reference that somebody searched by is hashed for: nothing stands under it.</summary>
    internal const string ShortReferences = "short reference";

    /// <summary>As a part of a row's key.</summary>
    public string Text => $"{KeyId}|{Hash}";

    /// <summary>Between which texts, the latter not included, all lie that a key has made.</summary>
    public static (string From, string Below) TextsUnder(string keyId) => ($"{keyId}|", $"{keyId}~");

    /// <summary>The partition in which stands what a purpose's hash finds.</summary>
    internal static string PartitionOf(string purpose, string text) => $"{purpose}|{text}";

    /// <summary>What is asked for to find whatever stands under a key.</summary>
    internal static string UnderKey(string purpose, string keyId)
    {
        var (from, below) = TextsUnder(keyId);
        return TableClient.CreateQueryFilter(
            $"PartitionKey ge {PartitionOf(purpose, from)} and PartitionKey lt {PartitionOf(purpose, below)}");
    }
}
