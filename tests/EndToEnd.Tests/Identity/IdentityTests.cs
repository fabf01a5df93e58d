using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shared;

namespace EndToEnd.Tests.Identity;

/// <summary>
/// The whole app, set up as in Azure: a namespace, no key. It speaks TLS at port 5671, trusts whom the machine trusts, and shows who
/// it is at <c>$cbs</c>. The machine is told whom to trust by OpenSSL's own variable; nothing in the app turns a check off.
/// </summary>
public sealed class IdentityTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_referral_goes_over_TLS_by_identity_alone()
    {
        var address = IPAddress.Parse($"127.{Random.Shared.Next(1, 255)}.{Random.Shared.Next(256)}.{Random.Shared.Next(1, 255)}");
        var folder = Directory.CreateTempSubdirectory("vcas-identity-").FullName;
        using var certificate = TokenBus.CertificateOf(address);
        var trusted = Path.Combine(folder, "trusted.pem");
        await File.WriteAllTextAsync(trusted, certificate.ExportCertificatePem(), Cancellation);
        using var bus = TokenBus.Secured(address, certificate);

        await using (var app = AppProcess.Launch(
            folder,
            FreePorts.Next(),
            FreePorts.Next(),
            new Dictionary<string, string> { ["SSL_CERT_FILE"] = trusted },
            $"ServiceBusConnection:fullyQualifiedNamespace={address}",
            "Vcas:Referrals:AnswersSchedule=* * * * * *"))
        {
            await app.UntilUpAsync(Cancellation);
            var id = Guid.NewGuid();
            using var recorded = await app.Http.PutAsJsonAsync(
                $"api/offers/{id}", new { answer = "accepted", contact = new { phone = "07700 900123" } }, Cancellation);
            Assert.Equal(HttpStatusCode.Created, recorded.StatusCode);
            // The queue of answers is read by the same identity, with a token of its own.
            await Eventually.HoldsAsync(
                () => Task.FromResult(bus.Messages.Count == 1 && bus.Puts.Select(QueueOf).Distinct().Count() == 2),
                () => $"the referral to come and two tokens to be put. It printed:\n{app.Output}",
                Cancellation,
                seconds: 60);

            Assert.Equal($"{id}/made", bus.Messages[0].Id);
            Assert.Equal(["referral-answers", "referrals"], bus.Puts.Select(QueueOf).Distinct().Order());
            Assert.All(bus.Puts, put => Assert.StartsWith($"amqps://{address}/", put.Name, StringComparison.Ordinal));
            Assert.All(bus.Puts, put => Assert.Equal(("jwt", "https://servicebus.azure.net"), (put.Type, AudienceOf(put.Token))));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static string QueueOf(PutToken put) => new Uri(put.Name).AbsolutePath.Trim('/').Split('/')[0];

    private static string? AudienceOf(string token) =>
        JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1])).RootElement.GetProperty("aud").GetString();
}
