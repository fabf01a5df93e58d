using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace VcasReceiver;

/// <summary>
/// A file of referrals that the force hands over while the queue stands still: sealed to VCAS's certificate. Each message in it is taken in
/// like one from the queue, under the same id, so that the one that comes by the queue later is known again.
/// </summary>
internal static class SealedReferrals
{
    private const string Contract = "uk.police.vcas.sealed-referrals.v1";
    private const string ContentType = "application/cloudevents+json";

    /// <summary>Takes all of it in, and gives how many messages there were and how many were refused.</summary>
    /// <param name="file">The file's path.</param>
    /// <param name="certificate">Path of VCAS's certificate with its private key, both in one PEM file.</param>
    /// <param name="inbox">Where a message from the queue would go.</param>
    /// <exception cref="BadSettingException">Something can't be read; nothing was taken in.</exception>
    public static (int Messages, int Refused) TakeIn(string file, string certificate, ReferralInbox inbox)
    {
        var lines = Open(file, certificate);
        var (head, rest) = Split(lines);
        var messages = MustBeWhole(head, rest);
        // Only what keeps the contract is stored; the rest is told by its rule, as from the queue.
        var refused = messages.Count(message => inbox.Take(new Incoming(message, ContentType, MessageId: null)) is not null);
        return (messages.Count, refused);
    }

    private static byte[] Open(string file, string certificate)
    {
        using var key = KeyOf(certificate);
        try
        {
            var envelope = new EnvelopedCms();
            envelope.Decode(File.ReadAllBytes(file));
            envelope.Decrypt([key]);
            return envelope.ContentInfo.Content;
        }
        catch (CryptographicException)
        {
            throw new BadSettingException(
                "--file", "is no sealed file, is damaged, or was sealed to another certificate than --certificate.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new BadSettingException("--file", "can't be read.");
        }
    }

    private static X509Certificate2 KeyOf(string path)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(path);
        }
        catch (CryptographicException)
        {
            throw new BadSettingException("--certificate", "must be a PEM file with the certificate and its private key.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new BadSettingException("--certificate", "can't be read.");
        }
    }

    private static (byte[] Head, byte[] Lines) Split(byte[] lines)
    {
        var end = Array.IndexOf(lines, (byte)'\n');
        return end < 0 ? throw Damaged() : (lines[..end], lines[(end + 1)..]);
    }

    private static List<ReadOnlyMemory<byte>> MustBeWhole(byte[] head, byte[] rest)
    {
        try
        {
            using var about = JsonDocument.Parse(head);
            var told = about.RootElement;
            if (told.GetProperty("contract").GetString() != Contract)
                throw new BadSettingException("--file", $"is of another contract than {Contract}.");
            if (told.GetProperty("sha256").GetString() != Convert.ToHexStringLower(SHA256.HashData(rest))) throw Damaged();
            var messages = Messages(rest);
            return messages.Count == told.GetProperty("messages").GetInt32() ? messages : throw Damaged();
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Damaged();
        }
    }

    private static List<ReadOnlyMemory<byte>> Messages(byte[] rest)
    {
        var messages = new List<ReadOnlyMemory<byte>>();
        for (var begin = 0; begin < rest.Length;)
        {
            var end = Array.IndexOf(rest, (byte)'\n', begin);
            if (end < 0) throw Damaged();
            messages.Add(rest.AsMemory(begin, end - begin));
            begin = end + 1;
        }

        return messages;
    }

    private static BadSettingException Damaged() => new("--file", "is damaged: ask the force for another. Nothing was taken in.");
}
