using Azure.Messaging.ServiceBus;
using LocalAzure.ServiceBus;
using LocalAzure.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using VcasReceiver;

namespace VcasFunctions.Tests.Contracts;

/// <summary>The receiver against the broker that the app is run with.</summary>
[Trait("Pace", "Slow")]
public sealed class EmbeddedBrokerTests : IAsyncLifetime
{
    private const int Referrals = 100;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vcas-embedded-");
    private LocalStore store = null!;
    private Broker broker = null!;

    public async ValueTask InitializeAsync()
    {
        store = LocalStore.Open(Path.Combine(folder.FullName, "azure.db"));
        var options = new BrokerOptions
        {
            Queues = { new QueueOptions("referrals") { LockDuration = TimeSpan.FromSeconds(5) }, new QueueOptions("referral-answers") },
        };
        broker = new Broker(store, TimeProvider.System, options, NullLoggerFactory.Instance);
        await broker.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await broker.DisposeAsync();
        await store.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Each_referral_is_answered_once_across_an_outage_and_the_bad_one_is_dead_lettered()
    {
        var ids = Enumerable.Range(0, Referrals).Select(_ => Guid.NewGuid()).ToList();
        var options = ReceiverOptions.Read(
            ["--connection", broker.ConnectionString, "--store", Path.Combine(folder.FullName, "vcas.db")], _ => null);
        await using var run = new RunningReceiver(options, TimeProvider.System);
        await using var client = new ServiceBusClient(broker.ConnectionString);
        await using (var sender = client.CreateSender("referrals"))
        {
            foreach (var id in ids.Take(Referrals / 2)) await sender.SendMessageAsync(Made(id));
            await sender.SendMessageAsync(Made(ids[0]));
            var bad = Contract.Example("referral.made.v1", Guid.NewGuid());
            bad["data"]!["contact"]!["phone"] = "Alex Example";
            await sender.SendMessageAsync(new ServiceBusMessage(bad.ToJsonString()) { ContentType = "application/cloudevents+json" });
        }

        await broker.StopAsync();
        await broker.StartAsync();
        await using (var sender = client.CreateSender("referrals"))
            foreach (var id in ids.Skip(Referrals / 2)) await sender.SendMessageAsync(Made(id));

        await broker.WaitForCountsAsync("referrals", c => c is { Active: 0, Locked: 0, DeadLettered: 1 }, Bound);
        await broker.WaitForCountsAsync("referral-answers", c => c.Active >= Referrals * 2, Bound);

        await using var deadLetters = client.CreateReceiver("referrals", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        var dead = await deadLetters.ReceiveMessageAsync(Bound);
        Assert.True(
            dead is not null, $"Waited {Bound.TotalSeconds} s for the dead letter; the queue stands at {broker.Count("referrals")}.");
        Assert.Contains("dead-lettered SchemaViolation", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            ("SchemaViolation", "$.data.contact.phone: PatternMismatch"), (dead.DeadLetterReason, dead.DeadLetterErrorDescription));
        Assert.Equal(ids.SelectMany(id => new[] { $"{id}/received", $"{id}/accepted" }).Order(), (await AnswersAsync(client)).Order());
    }

    private static ServiceBusMessage Made(Guid id) => new(Contract.Example("referral.made.v1", id).ToJsonString())
    {
        MessageId = $"{id}/made",
        ContentType = "application/cloudevents+json",
    };

    private static async Task<HashSet<string>> AnswersAsync(ServiceBusClient client)
    {
        await using var receiver = client.CreateReceiver("referral-answers");
        var ids = new HashSet<string>();
        while (ids.Count < Referrals * 2)
        {
            var batch = await receiver.ReceiveMessagesAsync(100, Bound);
            Assert.True(batch.Count > 0, $"Waited {Bound.TotalSeconds} s for the answers after the first {ids.Count}.");
            foreach (var message in batch)
            {
                ids.Add(message.MessageId!);
                await receiver.CompleteMessageAsync(message);
            }
        }

        return ids;
    }
}
