namespace VcasFunctions.Sealing;

/// <summary>What a key is for.</summary>
public enum KeyUse
{
    /// <summary>Hashes of imported references, and the chain of the audit. There is one, and it is never changed.</summary>
    Hash,

    /// <summary>Seals what is personal.</summary>
    Seal,

    /// <summary>Hashes by which numbers and references are found.</summary>
    Index,
}
