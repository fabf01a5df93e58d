using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VcasFunctions.Referrals;

/// <summary>VCAS's public certificate, as the settings have it.</summary>
internal static class VcasCertificate
{
    private const int FewestBits = 2048;

    /// <summary>The certificate; null where the settings have none.</summary>
    /// <exception cref="CryptographicException">The text is none.</exception>
    /// <exception cref="FormatException">The text is none.</exception>
    public static X509Certificate2? Read(string? text) => string.IsNullOrWhiteSpace(text)
        ? null
        : text.Contains("BEGIN", StringComparison.Ordinal)
            ? X509Certificate2.CreateFromPem(text)
            : X509CertificateLoader.LoadCertificate(Convert.FromBase64String(text));

    /// <summary>What is wrong with the text; null where nothing is.</summary>
    public static string? FaultOf(string? text)
    {
        try
        {
            using var certificate = Read(text);
            if (certificate is null) return null;
            using var key = certificate.GetRSAPublicKey();
            return key is null ? "has no RSA key" : key.KeySize < FewestBits ? $"has a key of fewer than {FewestBits} bits" : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return "is no certificate: give it as PEM, or as base64 of its DER";
        }
    }
}
