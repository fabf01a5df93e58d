using System.Collections.Concurrent;
using System.Security.Cryptography;
using VcasFunctions.Tables;

namespace VcasFunctions.Sealing;

/// <summary>
/// HMAC-SHA-256 under one key, which is prepared as often as hashes are made at once: to prepare it takes as long as to hash a short text,
/// and an offer that is recorded hashes ten.
/// </summary>
internal sealed class KeyedHash(byte[] key)
{
    private readonly ConcurrentBag<IncrementalHash> prepared = [];

    /// <summary>The hash, 32 bytes.</summary>
    public byte[] Of(ReadOnlySpan<byte> contents)
    {
        if (!prepared.TryTake(out var hash)) hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(contents);
        var made = hash.GetHashAndReset();
        prepared.Add(hash);
        return made;
    }
}

/// <summary>
/// AES-256-GCM. The cipher of a configured key is prepared as often as it is used at once, because to prepare it takes longer than to
/// seal a row; that of a household's own key is used a moment and let go.
/// </summary>
internal sealed class PreparedCipher(byte[] key)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly ConcurrentBag<AesGcm> prepared = [];

    /// <summary>Seals for this place, with a nonce drawn at random.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, byte[] about) => Seal(NewNonce(), plain, about);

    /// <summary>The same with a nonce that follows from what is sealed: its first 12 bytes.</summary>
    public byte[] Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, byte[] about)
    {
        var cipher = Take();
        var closed = Seal(cipher, nonce[..NonceBytes], plain, about);
        prepared.Add(cipher);
        return closed;
    }

    /// <summary>Opens what was sealed for this place.</summary>
    /// <exception cref="SealBrokenException">It was altered, or moved from another place.</exception>
    public byte[] Open(byte[] closed, byte[] about)
    {
        var cipher = Take();
        var plain = Open(cipher, closed, about);
        prepared.Add(cipher);
        return plain;
    }

    /// <summary>Seals under a key that is used once.</summary>
    public static byte[] SealOnce(byte[] key, ReadOnlySpan<byte> plain, byte[] about)
    {
        using var cipher = new AesGcm(key, TagBytes);
        return Seal(cipher, NewNonce(), plain, about);
    }

    /// <summary>Opens under a key that is used once.</summary>
    /// <exception cref="SealBrokenException">It was altered, or moved from another place.</exception>
    public static byte[] OpenOnce(byte[] key, byte[] closed, byte[] about)
    {
        using var cipher = new AesGcm(key, TagBytes);
        return Open(cipher, closed, about);
    }

    // One that failed isn't put back: it is let go.
    private AesGcm Take() => prepared.TryTake(out var cipher) ? cipher : new AesGcm(key, TagBytes);

    private static byte[] NewNonce() => RandomNumberGenerator.GetBytes(NonceBytes);

    // Nonce, contents, tag.
    private static byte[] Seal(AesGcm cipher, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, byte[] about)
    {
        var closed = new byte[NonceBytes + plain.Length + TagBytes];
        nonce.CopyTo(closed);
        cipher.Encrypt(nonce, plain, closed.AsSpan(NonceBytes, plain.Length), closed.AsSpan(NonceBytes + plain.Length), about);
        return closed;
    }

    private static byte[] Open(AesGcm cipher, byte[] closed, byte[] about)
    {
        if (closed.Length < NonceBytes + TagBytes) throw new SealBrokenException("This is too short to be sealed.");
        var plain = new byte[closed.Length - NonceBytes - TagBytes];
        try
        {
            cipher.Decrypt(
                closed.AsSpan(0, NonceBytes),
                closed.AsSpan(NonceBytes, plain.Length),
                closed.AsSpan(NonceBytes + plain.Length),
                plain,
                about);
            return plain;
        }
        catch (CryptographicException failure)
        {
            throw new SealBrokenException("What was sealed was altered, or stands where it wasn't put.", failure);
        }
    }
}
