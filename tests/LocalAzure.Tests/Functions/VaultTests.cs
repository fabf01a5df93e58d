using System.Text;
using Microsoft.Extensions.Configuration;

namespace LocalAzure.Tests.Functions;

/// <summary>Key Vault references in settings, as the platform resolves them.</summary>
public sealed class VaultTests : IDisposable
{
    private readonly string folder = TestApp.NewFolder();

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("@Microsoft.KeyVault(VaultName=any;SecretName=seal-1)")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://any.vault.azure.net/secrets/seal-1)")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://any.vault.azure.net/secrets/seal-1/0123456789abcdef)")]
    public void A_reference_reads_as_the_same_secret_at_every_start(string reference)
    {
        var first = Read($"--Seal={reference}");
        Assert.Equal(32, Convert.FromBase64String(first["Seal"]!).Length);
        Assert.Equal(first["Seal"], Read($"--Seal={reference}")["Seal"]);
    }

    [Fact]
    public void Two_secrets_differ_and_a_later_one_leaves_the_earlier_alone()
    {
        var first = Read("--One=@Microsoft.KeyVault(VaultName=any;SecretName=one)");
        var both = Read(
            "--One=@Microsoft.KeyVault(VaultName=any;SecretName=one)", "--Two=@Microsoft.KeyVault(VaultName=any;SecretName=two)");
        Assert.Equal(first["One"], both["One"]);
        Assert.NotEqual(both["One"], both["Two"]);
    }

    [Fact]
    public void The_file_is_its_owners_alone()
    {
        Read("--One=@Microsoft.KeyVault(VaultName=any;SecretName=one)");
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "vault.json")));
    }

    [Fact]
    public void Without_a_reference_there_is_no_vault_and_what_is_none_stays_as_it_is()
    {
        Assert.Equal("@Microsoft.KeyVault(wrong)", Read("--One=@Microsoft.KeyVault(wrong)")["One"]);
        Assert.False(File.Exists(Path.Combine(folder, "vault.json")));
    }

    [Fact]
    public void What_is_sealed_at_rest_opens_with_its_own_key_alone()
    {
        var atRest = new LocalAzure.Storage.EncryptionAtRest(new byte[32]);
        var closed = atRest.Seal("07700 900123"u8);
        Assert.Equal("07700 900123", Encoding.UTF8.GetString(atRest.Open(closed)));
        Assert.NotEqual(closed, atRest.Seal("07700 900123"u8));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(
            () => new LocalAzure.Storage.EncryptionAtRest([.. Enumerable.Repeat((byte)1, 32)]).Open(closed));
    }

    private ConfigurationManager Read(params string[] settings) =>
        new LocalAzureBuilder(typeof(TestApp).Assembly, [$"--LocalAzure:Data={folder}", .. settings]).Configuration;
}
