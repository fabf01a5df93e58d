using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using VcasFunctions.Tables;

namespace VcasFunctions.Sealing;

/// <summary>
/// The keys in force: those of the start, which <see cref="KeyCheck"/> has compared with what the data was written with. A change of
/// configuration reaches them at the next start, and is checked there.
/// </summary>
public sealed class Keyring(IOptions<SealingOptions> options)
{
    /// <summary>Of every key: AES-256, HMAC-SHA-256.</summary>
    public const int KeyBytes = 32;

    private readonly Lazy<Current> current = new(() => Current.From(options.Value));

    /// <summary>The id of the key that seals.</summary>
    public string ActiveId => Now.ActiveId;

    /// <summary>The keys derived from the one of this id.</summary>
    /// <exception cref="SealBrokenException">No such key is configured: it was taken away too early.</exception>
    internal DerivedKeys Of(string id) =>
        Now.Keys.TryGetValue(id, out var keys)
            ? keys
            : throw new SealBrokenException("The key that sealed this is not among Vcas:Sealing:Keys.");

    /// <summary>A key of its own for one purpose, derived from the hash key: two purposes can't be compared with each other.</summary>
    internal byte[] HashKeyFor(string purpose) => DerivedKeys.Derive(Now.HashKey, purpose);

    /// <summary>The keyed hash for one of the app's few purposes, made ready once.</summary>
    internal KeyedHash HashFor(string purpose) => Now.Hashes.GetOrAdd(
        purpose, static (name, root) => new KeyedHash(DerivedKeys.Derive(root, name)), Now.HashKey);

    /// <summary>The keyed hash of the audit's chain: each of its rows needs it.</summary>
    internal KeyedHash Chain => Now.Chain;

    /// <summary>The keys of the blind index, the active one first. If none is configured, one derived from the hash key.</summary>
    internal IReadOnlyList<IndexKey> IndexKeys => Now.IndexKeys;

    private Current Now => current.Value;

    // A class and no record, so that nothing prints it.
    private sealed class Current(
        byte[] hashKey, string activeId, IReadOnlyDictionary<string, DerivedKeys> keys, IReadOnlyList<IndexKey> indexKeys)
    {
        public byte[] HashKey { get; } = hashKey;

        public ConcurrentDictionary<string, KeyedHash> Hashes { get; } = new(StringComparer.Ordinal);

        public KeyedHash Chain { get; } = new(DerivedKeys.Derive(hashKey, "the audit's chain"));

        public string ActiveId { get; } = activeId;

        public IReadOnlyDictionary<string, DerivedKeys> Keys { get; } = keys;

        public IReadOnlyList<IndexKey> IndexKeys { get; } = indexKeys;

        public static Current From(SealingOptions options) => new(
            Convert.FromBase64String(options.HashKey),
            options.ActiveKey,
            options.Keys.ToDictionary(key => key.Key, key => new DerivedKeys(Convert.FromBase64String(key.Value)), StringComparer.Ordinal),
            [.. options.IndexKeys
                .Select(key => new IndexKey(key.Key, Convert.FromBase64String(key.Value)))
                .Append(
                    new IndexKey(SealingOptions.IndexKeyOfHashKey, DerivedKeys.Derive(Convert.FromBase64String(options.HashKey), "index")))
                .OrderByDescending(key => key.Id == options.ActiveIndexKeyInForce).ThenBy(key => key.Id, StringComparer.Ordinal)]);
    }
}

/// <summary>A key of the blind index, with what is derived from it for each purpose: to derive it anew costs more than a hash.</summary>
internal sealed class IndexKey(string id, byte[] key)
{
    private readonly ConcurrentDictionary<string, KeyedHash> derived = new(StringComparer.Ordinal);

    public string Id { get; } = id;

    /// <summary>The keyed hash for a purpose.</summary>
    public KeyedHash For(string purpose) =>
        derived.GetOrAdd(purpose, static (name, root) => new KeyedHash(DerivedKeys.Derive(root, "index of " + name)), key);
}

/// <summary>What one configured key is used for, a key of its own for each use.</summary>
internal sealed class DerivedKeys(byte[] key)
{
    /// <summary>Wraps data keys.</summary>
    public PreparedCipher Wrapping { get; } = new(Derive(key, "data keys"));

    /// <summary>Seals columns of lists.</summary>
    public PreparedCipher Lists { get; } = new(Derive(key, "lists"));

    /// <summary>Makes the nonces of lists' columns.</summary>
    public KeyedHash ListNonces { get; } = new(Derive(key, "lists' nonces"));

    public static byte[] Derive(byte[] key, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, Keyring.KeyBytes, info: System.Text.Encoding.UTF8.GetBytes($"vcas {purpose}"));
}
