using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Shared;
using VcasReceiver;

namespace VcasFunctions.Tests.Messages;

/// <summary>The queue stands still for days: a file goes by hand, and nothing is doubled when the queue is back.</summary>
public sealed class SealedFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vcas-sealed-");
    private readonly RSA key = RSA.Create(2048);
    private readonly X509Certificate2 certificate;

    public SealedFileTests()
    {
        certificate = CertificateUntil(new DateTimeOffset(2034, 1, 1, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllText(PemPath, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
    }

    private string PemPath => Path.Combine(folder.FullName, "vcas.pem");

    private string FilePath => Path.Combine(folder.FullName, "referrals.p7m");

    private string StorePath => Path.Combine(folder.FullName, "vcas.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        certificate.Dispose();
        key.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_cannot_leave_is_handed_over_and_known_again_when_the_queue_is_back()
    {
        await using var app = await StartAsync(certificate.ExportCertificatePem());
        using var api = new Api(app);
        await app.Azure.Broker.StopAsync();
        var id = await api.RecordAsync(Given.Accepted());
        var withdrawn = await api.RecordAsync(Given.Accepted("07700 900456"));
        (await api.PostAsync($"offers/{withdrawn}/withdrawal", new { reason = "noLongerWanted" })).Must(200);
        await app.WhenIdleAsync(Cancellation);

        await SealAsync(api);
        var bytes = await File.ReadAllTextAsync(FilePath, Cancellation);
        Assert.DoesNotContain("07700", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("Alex", bytes, StringComparison.Ordinal);
        var said = TakeIn();
        Assert.Contains("2 of 2 messages", said, StringComparison.Ordinal);
        Assert.Contains($"{id} made stored", said, StringComparison.Ordinal);
        Assert.Contains($"{withdrawn} withdrawn withdrawn", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Alex", said, StringComparison.Ordinal);
        // The same file once more changes nothing.
        Assert.Contains("ignored: seen before", TakeIn(), StringComparison.Ordinal);
        Assert.Contains("referralHandedOver", (await api.GetAsync($"offers/{id}")).Must(200).Text, StringComparison.Ordinal);

        await app.Azure.Broker.StartAsync();
        await app.AdvanceAsync(TimeSpan.FromMinutes(20), Cancellation);
        await using var vcas = new VcasSide(app);
        Assert.Equal("sent", (await api.GetAsync($"offers/{id}"))["referral.state"]);
        Assert.Equal(2, app.Azure.Broker.Count("referrals").Active);
    }

    [Fact]
    public async Task OpenSSL_opens_it_and_finds_the_queue_s_own_messages()
    {
        await using var app = await StartAsync(Convert.ToBase64String(certificate.RawData));
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Accepted());
        await app.WhenIdleAsync(Cancellation);
        // It has left, and VCAS has not said that it has it.
        await SealAsync(api);

        var start = new ProcessStartInfo("openssl") { UseShellExecute = false, RedirectStandardOutput = true };
        string[] asked = ["cms", "-decrypt", "-binary", "-inform", "DER", "-in", FilePath, "-recip", PemPath, "-inkey", PemPath];
        foreach (var argument in asked) start.ArgumentList.Add(argument);
        using var openssl = Process.Start(start)!;
        var lines = (await openssl.StandardOutput.ReadToEndAsync(Cancellation)).TrimEnd('\n').Split('\n');
        await openssl.WaitForExitAsync(Cancellation);
        Assert.Equal(0, openssl.ExitCode);

        using var head = JsonDocument.Parse(lines[0]);
        Assert.Equal(lines.Length - 1, head.RootElement.GetProperty("messages").GetInt32());
        using var message = JsonDocument.Parse(lines[1].TrimEnd('\r'));
        Assert.Equal($"{id}/made", message.RootElement.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Another_teams_households_and_what_vcas_has_confirmed_are_not_in_it()
    {
        await using var app = await StartAsync(certificate.ExportCertificatePem());
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Accepted());
        await app.WhenIdleAsync(Cancellation);
        await using var vcas = new VcasSide(app);
        await vcas.AnswerAsync(id, "received");
        await SealAsync(api);
        Assert.Contains("0 of 0 messages", TakeIn(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 4021)]
    [InlineData("expired", 4021)]
    public async Task Without_a_certificate_that_holds_nothing_is_handed_over(string which, int code)
    {
        using var expired = CertificateUntil(Given.Monday.AddDays(-1));
        await using var app = await StartAsync(which.Length == 0 ? "" : expired.ExportCertificatePem());
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Accepted());
        (await api.SendAsync("POST", "referrals/sealed-file")).MustRefuse(409, code);
        Assert.DoesNotContain("referralHandedOver", (await api.GetAsync($"offers/{id}")).Must(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_or_another_key_is_told_and_nothing_is_taken_in()
    {
        await using var app = await StartAsync(certificate.ExportCertificatePem());
        using var api = new Api(app);
        await api.RecordAsync(Given.Accepted());
        await SealAsync(api);
        var whole = await File.ReadAllBytesAsync(FilePath, Cancellation);
        byte[] changed = [.. whole[..^9], (byte)(whole[^9] ^ 1), .. whole[^8..]];
        foreach (var damaged in new[] { whole[..^40], changed, "no file"u8.ToArray() })
        {
            await File.WriteAllBytesAsync(FilePath, damaged, Cancellation);
            Assert.Equal("--file", Assert.Throws<BadSettingException>(TakeIn).Setting);
        }

        await File.WriteAllBytesAsync(FilePath, whole, Cancellation);
        using var other = RSA.Create(2048);
        await File.WriteAllTextAsync(PemPath, other.ExportPkcs8PrivateKeyPem(), Cancellation);
        Assert.Equal("--certificate", Assert.Throws<BadSettingException>(TakeIn).Setting);
    }

    private async Task SealAsync(Api api) => await File.WriteAllBytesAsync(
        FilePath, await api.FileAsync("POST", "referrals/sealed-file"), Cancellation);

    private string TakeIn()
    {
        var said = new StringWriter();
        Receiver.TakeIn(StorePath, FilePath, PemPath, new FakeTimeProvider(Given.Monday), said);
        return said.ToString();
    }

    private X509Certificate2 CertificateUntil(DateTimeOffset end) =>
        new CertificateRequest("CN=vcas.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(end.AddYears(-20), end);

    private static Task<RunningApp> StartAsync(string setting) => RunningApp.StartAsync(
        Given.Clock(), configure: QueueOutage.FailsAtOnce, settings: [$"Vcas:Referrals:SealedFileCertificate={setting}"]);
}
