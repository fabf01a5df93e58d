using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace LocalAzure.Identity;

/// <summary>
/// The key that signs, in a file that its owner alone may read, so that tokens outlive a restart. It is made when it is first
/// needed. It is worth nothing to anybody: it signs for this machine alone, to anyone who asks.
/// </summary>
internal static class SigningKeyFile
{
    private const int Bits = 2048;

    public static RsaSecurityKey Read(string file)
    {
        if (!File.Exists(file)) Write(file);
        var rsa = RSA.Create();
        rsa.ImportFromPem(File.ReadAllText(file));
        var id = Base64UrlEncoder.Encode(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo()));
        return new RsaSecurityKey(rsa) { KeyId = id[..20] };
    }

    // Written aside and moved: another process that wants it at the same moment finds all of it or nothing.
    private static void Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var aside = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var rsa = RSA.Create(Bits))
        using (var writer = new StreamWriter(aside, options))
        {
            writer.Write(rsa.ExportPkcs8PrivateKeyPem());
        }

        try
        {
            File.Move(aside, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(aside);
        }
    }
}
