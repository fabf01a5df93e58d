using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Shared;

namespace VcasFunctions.Tests.Messages;

/// <summary>A message was set aside: the supervisor sees it, and brings it on.</summary>
public sealed class DeadLetterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_referral_that_vcas_refused_is_sent_again_under_its_own_id()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Accepted());
        await app.WhenIdleAsync(Cancellation);
        await SetAsideAsync(app, "SchemaViolation", "$.data.contact.phone: PatternMismatch for Alex");

        var lying = await OneAsync(api);
        Assert.Equal(("referrals", "SchemaViolation"), (Text(lying, "queue"), Text(lying, "reason")));
        Assert.Equal((id, false), (lying.GetProperty("referralId").GetGuid(), lying.GetProperty("settled").GetBoolean()));
        Assert.DoesNotContain("Alex", lying.GetRawText(), StringComparison.Ordinal);

        // The bus would drop a copy of what it still remembers.
        (await api.SendAsync("POST", $"referrals/{id}/sending")).MustRefuse(409, 4011);
        await app.AdvanceAsync(TimeSpan.FromMinutes(11), Cancellation);
        (await api.SendAsync("POST", $"referrals/{id}/sending")).Must(200);
        await app.WhenIdleAsync(Cancellation);
        (await api.SendAsync("POST", $"referrals/{id}/sending")).MustRefuse(409, 4011);
        await using var vcas = new VcasSide(app);
        Assert.Equal($"{id}/made", Assert.Single(await vcas.TakeAsync()).MessageId);
        Assert.True((await OneAsync(api)).GetProperty("settled").GetBoolean());
    }

    [Fact]
    public async Task What_a_sender_wrote_as_a_reason_is_shown_to_nobody()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        await api.RecordAsync(Given.Accepted());
        await app.WhenIdleAsync(Cancellation);
        await SetAsideAsync(app, "Alex has no phone", "07700 900123");
        var lying = await OneAsync(api);
        Assert.Equal("other", Text(lying, "reason"));
        Assert.DoesNotContain("07700", lying.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_came_for_a_referral_that_was_not_there_yet_is_taken_in_when_it_is()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined());
        await using var vcas = new VcasSide(app);
        await vcas.AnswerAsync(id, "accepted");
        await app.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);
        var lying = await OneAsync(api);
        Assert.Equal(("answers", "noReferralMade"), (Text(lying, "queue"), Text(lying, "reason")));
        var path = $"dead-letters/answers/{Text(lying, "sequenceNumber")}/replay";
        (await api.SendAsync("POST", path)).MustRefuse(409, 4022);

        (await api.PostAsync($"offers/{id}/acceptance", new { })).Must(200);
        await app.WhenIdleAsync(Cancellation);
        Assert.Equal("accepted", (await api.SendAsync("POST", path)).Must(200)["referral.state"]);
        Assert.Equal("accepted", (await api.SendAsync("POST", path)).Must(200)["referral.state"]);
        Assert.True((await OneAsync(api)).GetProperty("settled").GetBoolean());
        Assert.Single(
            (await api.GetAsync($"offers/{id}")).Json.GetProperty("trail").EnumerateArray(),
            entry => entry.GetProperty("event").GetString() == "referralAnswered");
        (await api.SendAsync("POST", "dead-letters/answers/999999/replay")).MustRefuse(404, 1006);
        (await api.SendAsync("POST", "dead-letters/answers/first/replay")).MustRefuse(404, 1006);
    }

    [Fact]
    public async Task A_bus_that_is_away_is_said_as_that()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), configure: QueueOutage.FailsAtOnce);
        using var api = new Api(app);
        await app.Azure.Broker.StopAsync();
        (await api.GetAsync("dead-letters")).MustRefuse(503, 9005);
    }

    private static async Task SetAsideAsync(RunningApp app, string reason, string description)
    {
        await using var client = new ServiceBusClient(app.Azure.Broker.ConnectionString);
        await using var receiver = client.CreateReceiver("referrals");
        var message = await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(20), Cancellation);
        await receiver.DeadLetterMessageAsync(message, reason, description, Cancellation);
        await Eventually.HoldsAsync(
            () => Task.FromResult(app.Azure.Broker.Count("referrals-dead").Active == 1), "the dead letter to lie there", Cancellation);
    }

    private static async Task<JsonElement> OneAsync(Api api) =>
        Assert.Single((await api.GetAsync("dead-letters")).Must(200).Json.GetProperty("deadLetters").EnumerateArray());

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
}
