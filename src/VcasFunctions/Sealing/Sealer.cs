using System.Security.Cryptography;
using System.Text;
using VcasFunctions.Tables;

namespace VcasFunctions.Sealing;

/// <summary>
/// Seals personal data before it reaches a table: AES-256-GCM under a data key of the household's own, which is itself sealed
/// by a configured key and stored beside it. What is sealed is bound to its household and its column: moved elsewhere it doesn't open.
/// </summary>
public sealed class Sealer(Keyring keyring)
{
    private const string DataKeyColumn = "DataKey";
    private const char AfterId = ':';

    /// <summary>A new data key for a household.</summary>
    public DataKey NewKey(Guid offerId) => Wrapped(offerId, RandomNumberGenerator.GetBytes(Keyring.KeyBytes));

    /// <summary>A household's data key as it was stored.</summary>
    /// <exception cref="SealBrokenException">The key that wrapped it is gone, or it isn't this household's.</exception>
    public DataKey OpenKey(Guid offerId, string keyId, byte[] wrapped) =>
        new(keyId, wrapped, keyring.Of(keyId).Wrapping.Open(wrapped, About(offerId, DataKeyColumn)));

    /// <summary>The same data key, wrapped by the key that is active now.</summary>
    public DataKey Renew(Guid offerId, DataKey key) => key.KeyId == keyring.ActiveId ? key : Wrapped(offerId, key.Plain);

    /// <summary>Seals a column of a household's.</summary>
    public static byte[] Seal(DataKey key, Guid offerId, string column, ReadOnlySpan<byte> plain) =>
        PreparedCipher.SealOnce(key.Plain, plain, About(offerId, column));

    /// <summary>Opens a sealed value.</summary>
    /// <exception cref="SealBrokenException">It was altered, or moved from another place.</exception>
    public static byte[] Open(DataKey key, Guid offerId, string column, byte[] closed) =>
        PreparedCipher.OpenOnce(key.Plain, closed, About(offerId, column));

    /// <summary>
    /// Seals a column of a list's row, under the active key itself: a page of the list is read without two hundred data keys. Equal
    /// contents of one row are sealed equally, because a list is made again and compared with what is there.
    /// </summary>
    public string SealListed(Guid offerId, string column, string plain)
    {
        if (plain.Length == 0) return "";
        var keys = keyring.Of(keyring.ActiveId);
        var (bytes, about) = (Encoding.UTF8.GetBytes(plain), About(offerId, column));
        // The nonce follows from contents and place: the same one twice means the very same contents in the same place.
        var nonce = keys.ListNonces.Of([.. about, .. bytes]);
        return $"{keyring.ActiveId}{AfterId}{Convert.ToBase64String(keys.Lists.Seal(nonce, bytes, about))}";
    }

    /// <summary>Opens it; empty if nothing was sealed.</summary>
    /// <exception cref="SealBrokenException">Its key is gone, or it was altered, or moved from another place.</exception>
    public string OpenListed(Guid offerId, string column, string? closed)
    {
        if (string.IsNullOrEmpty(closed)) return "";
        var end = closed.IndexOf(AfterId, StringComparison.Ordinal);
        if (end < 0) throw new SealBrokenException("This is not sealed.");
        return Encoding.UTF8.GetString(
            keyring.Of(closed[..end]).Lists.Open(Convert.FromBase64String(closed[(end + 1)..]), About(offerId, column)));
    }

    /// <summary>A keyed hash for one purpose, so that a copy of the tables can't be searched with every possible phone number.</summary>
    public byte[] Hash(string purpose, string text) => keyring.HashFor(purpose).Of(Encoding.UTF8.GetBytes(text));

    /// <summary>The keyed hash by which a row of the audit is chained to the one before.</summary>
    public byte[] HashInChain(string text) => keyring.Chain.Of(Encoding.UTF8.GetBytes(text));

    private DataKey Wrapped(Guid offerId, byte[] plain)
    {
        var id = keyring.ActiveId;
        return new DataKey(id, keyring.Of(id).Wrapping.Seal(plain, About(offerId, DataKeyColumn)), plain);
    }

    private static byte[] About(Guid offerId, string column) => Encoding.UTF8.GetBytes($"{offerId:D}/{column}");
}

/// <summary>A household's own key, with the form in which it is stored. A class and no record, so that nothing prints it.</summary>
/// <param name="keyId">The configured key that wrapped it.</param>
/// <param name="wrapped">As stored.</param>
/// <param name="plain">The key.</param>
public sealed class DataKey(string keyId, byte[] wrapped, byte[] plain)
{
    /// <summary>The configured key that wrapped it.</summary>
    public string KeyId { get; } = keyId;

    /// <summary>The sealed key, as it is stored.</summary>
    public byte[] Wrapped { get; } = wrapped;

    internal byte[] Plain { get; } = plain;

    /// <summary>A keyed hash that nobody can make who can't open this household.</summary>
    public string Hash(string text) =>
        Convert.ToHexString(HMACSHA256.HashData(DerivedKeys.Derive(Plain, "requests"), Encoding.UTF8.GetBytes(text)));
}
