using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EndToEnd.Tests.Outages;

/// <summary>A certificate of VCAS's with its key, made for the tests.</summary>
internal static class VcasCertificate
{
    private static readonly RSA Key = RSA.Create(2048);

    private static readonly X509Certificate2 Certificate =
        new CertificateRequest("CN=VCAS", Key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(Force.Monday.AddYears(-1), Force.Monday.AddYears(30));

    /// <summary>The force's setting of it.</summary>
    public static string Setting => $"Vcas:Referrals:SealedFileCertificate={Convert.ToBase64String(Certificate.RawData)}";

    /// <summary>Writes what VCAS alone has, and gives its path.</summary>
    public static string WriteTo(string folder)
    {
        var path = Path.Combine(folder, "vcas.pem");
        File.WriteAllText(path, $"{Certificate.ExportCertificatePem()}\n{Key.ExportPkcs8PrivateKeyPem()}\n");
        return path;
    }
}
