namespace VcasFunctions.Sealing;

/// <summary>
/// The keys that seal personal data, section <c>Vcas:Sealing</c>. Each is 32 bytes in Base64; in Azure the settings are Key Vault
/// references, which the platform resolves. A class and no record, so that nothing prints it.
/// </summary>
public sealed class SealingOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vcas:Sealing";

    /// <summary>Keys that wrap the households' data keys, by id (lower-case letters and digits). All of them open; one seals.</summary>
    public Dictionary<string, string> Keys { get; init; } = [];

    /// <summary>The id of the key that seals from now on.</summary>
    public string ActiveKey { get; init; } = "";

    /// <summary>
    /// For keyed hashes that outlive what they were made of: imported references, the chain of the audit. It is never changed: what was
    /// hashed is gone and can't be hashed again.
    /// </summary>
    public string HashKey { get; init; } = "";

    /// <summary>
    /// The id of the index key that is derived from the hash key, which serves where no other is configured, and goes on being searched.
    /// </summary>
    public const string IndexKeyOfHashKey = "hash";

    /// <summary>
    /// Keys of the blind index of numbers and references, by id (lower-case letters and digits). All of them are searched; the active
    /// one is written under. Households are indexed again at night when it changes. Numbers never to be called stay under the key that
    /// was active then: such a key is not to be taken away.
    /// </summary>
    public Dictionary<string, string> IndexKeys { get; init; } = [];

    /// <summary>The id of the index key that is written under; empty for the one derived from the hash key.</summary>
    public string ActiveIndexKey { get; init; } = "";

    internal string ActiveIndexKeyInForce => ActiveIndexKey.Length == 0 ? IndexKeyOfHashKey : ActiveIndexKey;
}
