using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Vcas.Domain.Households;
using Vcas.Domain.Referrals;
using VcasFunctions.Http;

namespace VcasFunctions.Referrals;

/// <summary>
/// A file for VCAS alone: a CMS envelope (RFC 5652), which OpenSSL opens as well. In it are lines of JSON: what it holds first, then each
/// message exactly as the queue would have carried it.
/// </summary>
internal static class SealedFile
{
    /// <summary>How many referrals one file holds at most: the oldest.</summary>
    public const int MostReferrals = 500;

    /// <summary>The name of what it holds, in its first line.</summary>
    public const string Contract = "uk.police.vcas.sealed-referrals.v1";

    private const string Aes256Cbc = "2.16.840.1.101.3.4.1.42";

    /// <summary>
    /// The messages of a household that VCAS has not confirmed: those that wait to leave, or the last that left unanswered.
    /// </summary>
    public static IReadOnlyList<Dispatch> Unconfirmed(Household household)
    {
        Dispatch[] waiting = [.. household.Leaving().Where(dispatch => dispatch.IsMessage)];
        return waiting.Length == 0 && household.Referral is { State: ReferralState.Sent } referral ? [referral.NewestMessage()] : waiting;
    }

    /// <summary>The file's bytes.</summary>
    /// <param name="messages">Bodies of messages, oldest first.</param>
    /// <param name="force">Whose they are.</param>
    /// <param name="now">When it is made, UTC.</param>
    /// <param name="certificate">VCAS's, with an RSA key.</param>
    public static byte[] Write(IReadOnlyList<BinaryData> messages, string force, DateTimeOffset now, X509Certificate2 certificate)
    {
        using var lines = new MemoryStream();
        foreach (var message in messages)
        {
            lines.Write(message.ToMemory().Span);
            lines.WriteByte((byte)'\n');
        }

        // A file that was cut short, or copied badly, is told from a whole one.
        var sealedLines = lines.ToArray();
        var head = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                contract = Contract,
                source = $"/vcas/{force}",
                time = now.UtcDateTime,
                messages = messages.Count,
                sha256 = Convert.ToHexStringLower(SHA256.HashData(sealedLines)),
            },
            Json.Api);
        var envelope = new EnvelopedCms(
            new ContentInfo([.. head, (byte)'\n', .. sealedLines]), new AlgorithmIdentifier(new Oid(Aes256Cbc)));
        envelope.Encrypt(new CmsRecipient(SubjectIdentifierType.IssuerAndSerialNumber, certificate, RSAEncryptionPadding.OaepSHA256));
        return envelope.Encode();
    }
}
