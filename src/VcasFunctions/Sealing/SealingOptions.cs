namespace VcasFunctions.Sealing;

/// <summary>
/// The keys that seal personal data, section <c>Vcas:Sealing</c>. Each is 32 bytes in Base64; in Azure the settings are Key Vault
/// references, which the platform resolves. A class and no record, so that nothing prints it.
/// </summary>
public sealed class SealingOptions
{
    /// <summary>Keys that wrap the households' data keys, by id (lower-case letters and digits). All of them open; one seals.</summary>
    public Dictionary<string, string> Keys { get; init; } = [];

    /// <summary>The id of the key that seals from now on.</summary>
    public string ActiveKey { get; init; } = "";

    /// <summary>
    /// For keyed hashes that outlive what they were made of: numbers never to be called, imported references, the chain of the
    /// audit. It is never changed: what was hashed is gone and can't be hashed anew.
    /// </summary>
    public string HashKey { get; init; } = "";
}
