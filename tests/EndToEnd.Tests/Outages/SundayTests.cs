using System.Net.Http.Json;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using LocalAzure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shared;

namespace EndToEnd.Tests.Outages;

/// <summary>A Sunday morning at a door, and nobody at a desk.</summary>
public sealed class SundayTests
{
    private const string Supervisor = "66666666-7777-8888-9999-000000000007";
    private const string Deputy = "66666666-7777-8888-9999-000000000008";

    // In summer: six o'clock in London is five in Greenwich.
    private static readonly DateTimeOffset Six = new(2024, 6, 16, 5, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Self_harm_is_ticked_at_the_door_at_06_00_on_a_Sunday_and_nobody_acknowledges_it_for_an_hour()
    {
        await using var app = await RunningApp.StartAsync(
            new FakeTimeProvider(Six),
            configure: FailsAtOnce,
            settings:
            [
                $"Vcas:OtherTeams:Supervisor={Supervisor}", $"Vcas:OtherTeams:Deputy={Deputy}",
                "Vcas:Safety:ControlRoom=01632 960 101, at any hour", RunningApp.SweptDaily,
            ]);
        // The household wants support, and VCAS's queue is out of reach the whole morning.
        await app.Azure.Broker.StopAsync();
        var id = Guid.NewGuid();
        var recorded = await SendAsync(app, HttpMethod.Put, $"offers/{id}", new
        {
            answer = "accepted",
            contact = new { name = "Robin Example", phone = "07700 900613" },
            risks = new[] { "selfHarm" },
        });
        Assert.True(recorded.GetProperty("danger").GetProperty("alertsNobody").GetBoolean());
        Assert.Equal("01632 960 101, at any hour", recorded.GetProperty("danger").GetProperty("controlRoom").GetString());

        await app.WhenIdleAsync(Cancellation);
        Assert.Equal(["dangerRecorded"], Told(app, Supervisor));
        await app.AdvanceToAsync(Six.AddMinutes(29), Cancellation);
        Assert.Empty(Told(app, Deputy));
        await app.AdvanceToAsync(Six.AddMinutes(30), Cancellation);
        Assert.Equal(["dangerUnacknowledged"], Told(app, Deputy));
        Assert.Equal("1", await EscalationsAsync(app, id));
        await app.AdvanceToAsync(Six.AddMinutes(89), Cancellation);
        Assert.Equal("1", await EscalationsAsync(app, id));
        await app.AdvanceToAsync(Six.AddMinutes(90), Cancellation);
        Assert.Equal("2", await EscalationsAsync(app, id));
        // Each is told again: the latest takes the place of the one before in their feed.
        Assert.Equal(["dangerRecorded"], Told(app, Supervisor));
        Assert.Equal(["dangerUnacknowledged"], Told(app, Deputy));
        Assert.All(app.Azure.Graph.Inbox(), notice =>
        {
            Assert.DoesNotContain("elf", notice.PreviewText, StringComparison.Ordinal);
            Assert.DoesNotContain("Robin", JsonSerializer.Serialize(notice), StringComparison.Ordinal);
        });

        // Somebody wakes, acknowledges, and forgets to say what was done: by the end of that Sunday they are reminded.
        await SendAsync(app, HttpMethod.Post, $"offers/{id}/danger/acknowledgement", null);
        await app.Azure.Broker.StartAsync();
        await app.AdvanceToAsync(new DateTimeOffset(2024, 6, 16, 22, 59, 0, TimeSpan.Zero), Cancellation);
        Assert.DoesNotContain("measureMissing", Told(app, Supervisor));
        await app.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);
        Assert.Contains("measureMissing", Told(app, Supervisor));
        await SendAsync(app, HttpMethod.Post, $"offers/{id}/danger/action", new { action = "emergencyService" });

        // On Monday, at an hour at which one may be asked, somebody asks how they are.
        Assert.DoesNotContain("welfareContactDue", Told(app, Supervisor));
        await app.AdvanceToAsync(new DateTimeOffset(2024, 6, 17, 7, 0, 0, TimeSpan.Zero), Cancellation);
        Assert.Contains("welfareContactDue", Told(app, Supervisor));
        var made = new { attemptId = Guid.NewGuid(), outcome = "spokenTo", by = "visit", safetyChecked = true };
        await SendAsync(app, HttpMethod.Post, $"offers/{id}/danger/welfare-contact", made);
        Assert.Empty((await app.GetAsync("dangers", Cancellation)).GetProperty("dangers").EnumerateArray());
        Assert.Equal("sent", (await app.GetAsync($"offers/{id}", Cancellation)).GetProperty("referral").GetProperty("state").GetString());
    }

    // The client's own retries wait by the network's clock, which no test moves.
    private static void FailsAtOnce(LocalAzureBuilder builder) => builder.Services.AddSingleton(provider => new ServiceBusClient(
        provider.GetRequiredService<IConfiguration>()["ServiceBusConnection"]!,
        new ServiceBusClientOptions { RetryOptions = { MaxRetries = 0 } }));

    private static async Task<string> EscalationsAsync(RunningApp app, Guid id) =>
        (await app.GetAsync($"offers/{id}", Cancellation)).GetProperty("danger").GetProperty("escalations").GetRawText();

    private static string[] Told(RunningApp app, string person) => [.. app.Azure.Graph.Inbox(person).Select(notice => notice.ActivityType)];

    private static async Task<JsonElement> SendAsync(RunningApp app, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, $"api/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await app.Http.SendAsync(request, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }
}
