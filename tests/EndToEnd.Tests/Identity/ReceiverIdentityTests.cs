using System.Globalization;
using System.Net;
using System.Text;
using Shared;

namespace EndToEnd.Tests.Identity;

/// <summary>VCAS's side without a key: it gets its token where Azure's own library finds one, and shows it before it receives.</summary>
public sealed class ReceiverIdentityTests : IDisposable
{
    private readonly IPAddress address = IPAddress.Parse(
        $"127.{Random.Shared.Next(1, 255)}.{Random.Shared.Next(256)}.{Random.Shared.Next(1, 255)}");
    private readonly string folder = Directory.CreateTempSubdirectory("vcas-receiver-identity-").FullName;
    private readonly HttpListener identities = new();
    private readonly int port = FreePorts.Next();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_receiver_is_let_in_by_its_managed_identity_alone()
    {
        using var certificate = TokenBus.CertificateOf(address);
        using var bus = TokenBus.Secured(address, certificate);
        _ = GiveTokensAsync();
        await using var receiver = await StartAsync(certificate.ExportCertificatePem());

        await Eventually.HoldsAsync(
            () => Task.FromResult(bus.Links == 2),
            () => $"two links to be let in. It printed:\n{receiver.Output}",
            Cancellation,
            seconds: 60);
        Assert.Equal(["referral-answers", "referrals"], bus.Puts.Select(put => new Uri(put.Name).AbsolutePath.Trim('/')).Order());
        Assert.All(bus.Puts, put => Assert.Equal(("a token for https://servicebus.azure.net", "jwt"), (put.Token, put.Type)));
        await Eventually.HoldsAsync(
            () => Task.FromResult(receiver.Output.Contains($"connected to amqps://{address}:5671", StringComparison.Ordinal)),
            () => $"it to say so. It printed:\n{receiver.Output}",
            Cancellation);
        Assert.DoesNotContain("a token for", receiver.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_without_a_role_says_so_and_is_let_in_once_it_has_one()
    {
        using var certificate = TokenBus.CertificateOf(address);
        using var bus = TokenBus.Secured(address, certificate);
        bus.Refused = "referral-answers";
        _ = GiveTokensAsync();
        await using var receiver = await StartAsync(certificate.ExportCertificatePem());

        await Eventually.HoldsAsync(
            () => Task.FromResult(receiver.Output.Contains("can't be used (Unauthorized)", StringComparison.Ordinal)),
            () => $"it to say why. It printed:\n{receiver.Output}",
            Cancellation,
            seconds: 60);
        Assert.Equal(0, bus.Links);
        bus.Refused = null;
        await Eventually.HoldsAsync(
            () => Task.FromResult(bus.Links == 2),
            () => $"two links to be let in. It printed:\n{receiver.Output}",
            Cancellation,
            seconds: 60);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        identities.Close();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<ReceiverProcess> StartAsync(string certificate)
    {
        var trusted = Path.Combine(folder, "trusted.pem");
        await File.WriteAllTextAsync(trusted, certificate, Cancellation);
        return ReceiverProcess.Start(
            new Dictionary<string, string>
            {
                ["VCAS_NAMESPACE"] = $"{address}",
                ["SSL_CERT_FILE"] = trusted,
                // How App Service tells a program where its identity is to be had.
                ["IDENTITY_ENDPOINT"] = $"http://127.0.0.1:{port}/token",
                ["IDENTITY_HEADER"] = "for this machine alone",
                ["AZURE_TOKEN_CREDENTIALS"] = "ManagedIdentityCredential",
            },
            folder);
    }

    private async Task GiveTokensAsync()
    {
        identities.Prefixes.Add($"http://127.0.0.1:{port}/");
        identities.Start();
        try
        {
            while (true)
            {
                var asked = await identities.GetContextAsync();
                var expires = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
                var resource = asked.Request.QueryString["resource"];
                asked.Response.ContentType = "application/json";
                await asked.Response.OutputStream.WriteAsync(
                    Encoding.UTF8.GetBytes(
                        $$"""
                        {"access_token":"a token for {{resource}}","expires_on":"{{expires}}","resource":"{{resource}}",
                         "token_type":"Bearer"}
                        """),
                    Cancellation);
                asked.Response.Close();
            }
        }
        catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
