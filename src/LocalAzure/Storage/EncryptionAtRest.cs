using System.Security.Cryptography;

namespace LocalAzure.Storage;

/// <summary>
/// Encryption at rest, as Azure's services have it beneath them: what is written by it reads as nothing in a copy of the file. The
/// key lies beside the file, in the vault of the same folder, which its owner alone may read.
/// </summary>
internal sealed class EncryptionAtRest(byte[] key)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Nonce, contents and tag.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        var closed = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(closed.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(
            closed.AsSpan(0, NonceBytes), plain, closed.AsSpan(NonceBytes, plain.Length), closed.AsSpan(NonceBytes + plain.Length));
        return closed;
    }

    /// <summary>What was sealed.</summary>
    /// <exception cref="CryptographicException">The key is another, or it was altered.</exception>
    public byte[] Open(ReadOnlySpan<byte> closed)
    {
        var plain = new byte[closed.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Decrypt(closed[..NonceBytes], closed.Slice(NonceBytes, plain.Length), closed[(NonceBytes + plain.Length)..], plain);
        return plain;
    }

    /// <summary>Whether this key sealed it.</summary>
    public bool Opens(ReadOnlySpan<byte> closed)
    {
        try
        {
            return closed.Length >= NonceBytes + TagBytes && Open(closed) is not null;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
