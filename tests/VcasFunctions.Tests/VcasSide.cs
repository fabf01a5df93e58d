using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;
using Shared;

namespace VcasFunctions.Tests;

/// <summary>VCAS's side of the queues, as far as a test plays it.</summary>
internal sealed class VcasSide : IAsyncDisposable
{
    private readonly RunningApp app;
    private readonly ServiceBusClient client;

    // One for all answers: where a session ends and the next begins at once, Microsoft's client can drop the new one for the old.
    private readonly ServiceBusSender answers;

    public VcasSide(RunningApp app)
    {
        this.app = app;
        client = new ServiceBusClient(app.Azure.Broker.ConnectionString);
        answers = client.CreateSender("referral-answers");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Every message on a queue, or in the queue of its dead letters, taken off it.</summary>
    public async Task<IReadOnlyList<ServiceBusReceivedMessage>> TakeAsync(string queue = "referrals", bool deadLetter = false)
    {
        if (deadLetter) queue += "-dead";
        await using var receiver = client.CreateReceiver(queue);
        var taken = new List<ServiceBusReceivedMessage>();
        while (app.Azure.Broker.Count(queue).Active > 0)
        {
            var message = await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(20), Cancellation);
            Assert.True(message is not null, $"{app.Azure.Broker.Count(queue).Active} messages lay on {queue}, and none came.");
            taken.Add(message);
            await receiver.CompleteMessageAsync(message, Cancellation);
        }

        return taken;
    }

    /// <summary>Answers a referral, and waits until the app has taken the answer in.</summary>
    public Task AnswerAsync(Guid referralId, string kind, string? reason = null, int? version = null, string? id = null)
    {
        var data = new JsonObject { ["referralId"] = referralId.ToString("D") };
        if (reason is not null) data["reason"] = reason;
        if (version is not null) data["version"] = version;
        return SendAsync(new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = id ?? $"{referralId:D}/{kind}",
            ["type"] = $"uk.police.vcas.referral.{kind}.v1",
            ["source"] = "/vcas",
            ["subject"] = referralId.ToString("D"),
            ["time"] = "2024-03-12T09:00:00Z",
            ["datacontenttype"] = "application/json",
            ["data"] = data,
        }.ToJsonString());
    }

    /// <summary>Puts any text on the queue of answers, and waits until the app has dealt with it.</summary>
    public async Task SendAsync(string body)
    {
        await answers.SendMessageAsync(new ServiceBusMessage(BinaryData.FromString(body)), Cancellation);
        await app.WhenIdleAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await answers.DisposeAsync();
        await client.DisposeAsync();
    }

    /// <summary>A message's body.</summary>
    public static JsonObject BodyOf(ServiceBusReceivedMessage message) => JsonSerializer.Deserialize<JsonObject>(message.Body)!;
}
