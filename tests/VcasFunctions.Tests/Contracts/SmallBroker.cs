using System.Text;
using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;
using LocalAzure.ServiceBus;
using LocalAzure.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Shared;

namespace VcasFunctions.Tests.Contracts;

/// <summary>
/// The force's side of the two queues, as a test plays it: the broker that the app is run with, and Microsoft's client for
/// what is sent and answered.
/// </summary>
internal sealed class SmallBroker : IDisposable
{
    private const string Referrals = "referrals";
    private const string AnswerQueue = "referral-answers";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vcas-broker-");
    private readonly LocalStore store;
    private readonly int port = FreePorts.Next();
    private readonly List<JsonObject> answers = [];
    private readonly List<(string Reason, string Description)> deadLetters = [];
    private readonly Lock gate = new();
    private CancellationTokenSource reading = new();
    private ServiceBusClient? client;

    // One for all that is sent: where a session ends and the next begins at once, Microsoft's client can drop the new one for the old,
    // loses its connection, and waits a minute.
    private ServiceBusSender? sender;
    private Broker? broker;
    private int sent;

    public SmallBroker() => store = LocalStore.Open(Path.Combine(folder.FullName, "bus.db"), Durability.Process);

    public string ConnectionString =>
        $"Endpoint=sb://127.0.0.1:{port}/;SharedAccessKeyName=vcas;SharedAccessKey=not-a-secret=;UseDevelopmentEmulator=true";

    /// <summary>Messages that the receiver completed.</summary>
    public int Settled
    {
        get
        {
            var counts = broker!.Count(Referrals);
            lock (gate) return sent - counts.Active - counts.Locked - counts.DeadLettered - deadLetters.Count;
        }
    }

    /// <summary>Messages handed over and not settled.</summary>
    public int Locked => broker!.Count(Referrals).Locked;

    public IReadOnlyList<(string Reason, string Description)> DeadLetters
    {
        get
        {
            lock (gate) return [.. deadLetters];
        }
    }

    public IReadOnlyList<JsonObject> Answers
    {
        get
        {
            lock (gate) return [.. answers];
        }
    }

    public IReadOnlyList<string> AnswerIds => [.. Answers.Select(answer => (string)answer["id"]!)];

    /// <summary>Listens; without a queue for answers where nobody has made one yet.</summary>
    public async Task StartAsync(bool takesAnswers = true)
    {
        var options = new BrokerOptions { Port = port, Queues = { new QueueOptions(Referrals) } };
        if (takesAnswers) options.Queues.Add(new QueueOptions(AnswerQueue));
        broker = new Broker(store, TimeProvider.System, options, NullLoggerFactory.Instance);
        await broker.StartAsync();
        client = new ServiceBusClient(ConnectionString, new ServiceBusClientOptions { RetryOptions = { MaxRetries = 0 } });
        sender = client.CreateSender(Referrals);
        reading = new CancellationTokenSource();
        if (takesAnswers) _ = ReadAsync(client.CreateReceiver(AnswerQueue), TakeAnswer, reading.Token);
        _ = ReadAsync(
            client.CreateReceiver(Referrals, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter }),
            TakeDeadLetter,
            reading.Token);
    }

    public async Task StopAsync()
    {
        await reading.CancelAsync();
        if (sender is not null) await sender.DisposeAsync();
        if (client is not null) await client.DisposeAsync();
        if (broker is not null) await broker.DisposeAsync();
        broker = null;
    }

    public Task SendAsync(JsonObject cloudEvent, string? contentType = "application/cloudevents+json") =>
        SendAsync(Encoding.UTF8.GetBytes(cloudEvent.ToJsonString()), contentType, (string?)cloudEvent["id"]);

    public async Task SendAsync(byte[] body, string? contentType, string? messageId)
    {
        var message = new ServiceBusMessage(body) { ContentType = contentType };
        if (messageId is not null) message.MessageId = messageId;
        await sender!.SendMessageAsync(message);
        lock (gate) sent++;
    }

    public Task UntilAsync(Func<bool> condition, string what) => Eventually.HoldsAsync(
        () => Task.FromResult(condition()),
        () => $"{what}. Referrals {broker!.Count(Referrals)}, dead letters {DeadLetters.Count}, answers {string.Join(", ", AnswerIds)}",
        TestContext.Current.CancellationToken,
        seconds: (int)Bound.TotalSeconds);

    public void Dispose()
    {
        StopAsync().GetAwaiter().GetResult();
        reading.Dispose();
        store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        folder.Delete(recursive: true);
    }

    private void TakeAnswer(ServiceBusReceivedMessage message)
    {
        var answer = JsonNode.Parse(message.Body)!.AsObject();
        Assert.Equal((string)answer["id"]!, message.MessageId);
        Assert.Equal("application/cloudevents+json", message.ContentType);
        lock (gate) answers.Add(answer);
    }

    private void TakeDeadLetter(ServiceBusReceivedMessage message)
    {
        lock (gate) deadLetters.Add((message.DeadLetterReason, message.DeadLetterErrorDescription));
    }

    private static async Task ReadAsync(ServiceBusReceiver receiver, Action<ServiceBusReceivedMessage> take, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                foreach (var message in await receiver.ReceiveMessagesAsync(50, Bound, stop))
                {
                    take(message);
                    await receiver.CompleteMessageAsync(message, stop);
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ServiceBusException or ObjectDisposedException)
        {
            // The test has stopped the broker.
        }
    }
}
