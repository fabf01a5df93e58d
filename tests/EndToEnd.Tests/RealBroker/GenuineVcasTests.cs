using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Shared;

namespace EndToEnd.Tests.RealBroker;

/// <summary>VCAS has a system of its own, built on Microsoft's client: it takes a referral in, and the app shows what it answers.</summary>
[Needs(Tool.Node)]
public sealed class GenuineVcasTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Microsofts_client_plays_VCAS_and_the_app_shows_what_it_answers()
    {
        await using var app = await RunningApp.StartAsync(new FakeTimeProvider(new DateTimeOffset(2024, 3, 4, 9, 0, 0, TimeSpan.Zero)));
        var (accepted, rejected) = (await RecordAsync(app), await RecordAsync(app));
        await app.WhenIdleAsync(Cancellation);

        var playing = PlayAsync(app.Azure.Broker.ConnectionString, $"{rejected}", "2");
        await Eventually.HoldsAsync(
            async () =>
            {
                await app.WhenIdleAsync(Cancellation);
                return playing.IsCompleted;
            },
            "VCAS to end",
            Cancellation,
            seconds: 130);
        var said = (await playing).ToLookup(line => line.GetProperty("step").GetString());

        var referrals = said["referral"]
            .ToDictionary(line => line.GetProperty("event").GetProperty("data").GetProperty("referralId").GetGuid());
        Assert.Equal(new[] { accepted, rejected }.Order(), referrals.Keys.Order());
        Assert.All(referrals, referral =>
        {
            var (id, message) = referral;
            var cloudEvent = message.GetProperty("event");
            Assert.Equal(
                ($"{id}/made", $"{id}", "application/cloudevents+json"),
                (Text(message, "messageId"), Text(message, "subject"), Text(message, "contentType")));
            Assert.Equal(
                ("1.0", $"{id}/made", "uk.police.vcas.referral.made.v1"),
                (Text(cloudEvent, "specversion"), Text(cloudEvent, "id"), Text(cloudEvent, "type")));
            Assert.Equal("+447700900123", Text(cloudEvent.GetProperty("data").GetProperty("contact"), "phone"));
            Assert.Equal(0, message.GetProperty("deliveryCount").GetInt32());
        });

        await app.WhenIdleAsync(Cancellation);
        var (good, bad) = (await ReferralAsync(app, accepted), await ReferralAsync(app, rejected));
        Assert.Equal(("accepted", "V-1"), (Text(good, "state"), Text(good, "caseReference")));
        Assert.Equal(("rejected", "outOfArea"), (Text(bad, "state"), Text(bad, "rejectionReason")));

        // What could not be read lies aside with a code and not a word of it: the reason is read by people who may not see the rest.
        var dead = Assert.Single(said["dead"]);
        Assert.Equal(("by hand", "malformed"), (Text(dead, "messageId"), Text(dead, "reason")));
        Assert.Equal("4101", Text(dead, "description"));
        Assert.DoesNotContain("900123", dead.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Alex", dead.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, Assert.Single(said["rest"]).GetProperty("messageId").ValueKind);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static async Task<JsonElement> ReferralAsync(RunningApp app, Guid id) =>
        (await app.GetAsync($"offers/{id}", Cancellation)).GetProperty("referral");

    private static async Task<Guid> RecordAsync(RunningApp app)
    {
        var id = Guid.NewGuid();
        using var recorded = await app.Http.PutAsJsonAsync(
            $"api/offers/{id}", new { answer = "accepted", contact = new { phone = "07700 900123" } }, Cancellation);
        Assert.True((int)recorded.StatusCode == 201, await recorded.Content.ReadAsStringAsync(Cancellation));
        return id;
    }

    private static async Task<List<JsonElement>> PlayAsync(string connectionString, params string[] arguments)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [Script(), connectionString, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, Cancellation);
        try
        {
            var output = node.StandardOutput.ReadToEndAsync(either.Token);
            var errors = node.StandardError.ReadToEndAsync(either.Token);
            await node.WaitForExitAsync(either.Token);
            var (said, complained) = (await output, await errors);
            Assert.True(node.ExitCode == 0, $"VCAS's side ended with {node.ExitCode}. It said:\n{said}\n{complained}");
            return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        }
        finally
        {
            if (!node.HasExited) node.Kill(entireProcessTree: true);
        }
    }

    private static string Script([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "node", "vcas.mjs"));
}
