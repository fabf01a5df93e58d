using Azure.Messaging.ServiceBus;
using LocalAzure.ServiceBus;
using LocalAzure.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace LocalAzure.Tests.ServiceBus;

/// <summary>A broker on a file of its own, with a clock that only the test moves, and Microsoft's own client.</summary>
public sealed class BusUnderTest : IAsyncDisposable
{
    public const string Queue = "referrals";
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Briefly = TimeSpan.FromMilliseconds(200);

    private readonly string folder = Path.Combine(Path.GetTempPath(), "bus-" + Guid.NewGuid().ToString("N"));
    private readonly BrokerOptions options = new();
    private readonly List<ServiceBusClient> clients = [];
    private readonly TimeProvider? realClock;
    private LocalStore store = null!;
    private ServiceBusSender? sender;

    private BusUnderTest(TimeProvider? realClock) => this.realClock = realClock;

    public FakeTimeProvider Clock { get; private set; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public Broker Broker { get; private set; } = null!;

    public ServiceBusClient Client { get; private set; } = null!;

    public QueueCounts Counts => Broker.Count(Queue);

    public static async Task<BusUnderTest> StartAsync(Action<QueueOptions>? configure = null, TimeProvider? realClock = null)
    {
        var bus = new BusUnderTest(realClock);
        var queue = new QueueOptions(Queue) { MaxDeliveryCount = 3 };
        configure?.Invoke(queue);
        bus.options.Queues.Add(queue);
        bus.options.Queues.Add(new QueueOptions("answers"));
        await bus.OpenAsync();
        return bus;
    }

    /// <summary>Another connection, as a second process would have.</summary>
    public ServiceBusClient NewClient(Action<ServiceBusClientOptions>? configure = null)
    {
        var clientOptions = new ServiceBusClientOptions
        {
            RetryOptions =
            {
                Delay = TimeSpan.FromMilliseconds(20), MaxDelay = TimeSpan.FromMilliseconds(200), MaxRetries = 50, TryTimeout = Soon,
            },
        };
        configure?.Invoke(clientOptions);
        var client = new ServiceBusClient(Broker.ConnectionString, clientOptions);
        clients.Add(client);
        return client;
    }

    public Task<QueueCounts> WaitForAsync(Func<QueueCounts, bool> wanted, string queue = Queue) =>
        Broker.WaitForCountsAsync(queue, wanted, Soon, TestContext.Current.CancellationToken);

    public async Task SendAsync(params string[] bodies)
    {
        // One that stays: where a session ends and the next begins at once on one connection, the client can lose both.
        sender ??= NewClient().CreateSender(Queue);
        foreach (var body in bodies) await sender.SendMessageAsync(new ServiceBusMessage(body), TestContext.Current.CancellationToken);
    }

    public ServiceBusReceiver Receiver(SubQueue subQueue = SubQueue.None) =>
        Client.CreateReceiver(Queue, new ServiceBusReceiverOptions { SubQueue = subQueue });

    /// <summary>Waits for what nothing announces.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Soon, $"Waited {Soon} for {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>From now on no message can be written, as on a full disk; or they can again.</summary>
    public Task RefuseWritesAsync(bool refused) => store.WriteAsync(connection =>
    {
        foreach (var what in new[] { "insert", "update", "delete" })
        {
            connection.Execute(refused
                ? $"CREATE TRIGGER no_{what} BEFORE {what} ON bus_messages BEGIN SELECT RAISE(ABORT, 'full'); END"
                : $"DROP TRIGGER no_{what}");
        }
    });

    /// <summary>Ends the process as far as the file can tell, and starts another on the same file.</summary>
    public async Task CrashAndRestartAsync()
    {
        await store.CrashAsync();
        await CloseAsync();
        await OpenAsync();
    }

    /// <summary>The same, and the clock is put right meanwhile: it ran ahead by so much.</summary>
    public Task CrashAndPutRightAsync(TimeSpan ranAheadBy)
    {
        Clock = new FakeTimeProvider(Clock.GetUtcNow() - ranAheadBy);
        return CrashAndRestartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task OpenAsync()
    {
        store = LocalStore.Open(Path.Combine(folder, "bus.db"), Durability.Process);
        Broker = new Broker(store, realClock ?? Clock, options, NullLoggerFactory.Instance);
        await Broker.StartAsync();
        Client = NewClient();
    }

    private async Task CloseAsync()
    {
        foreach (var client in clients) await client.DisposeAsync();
        clients.Clear();
        sender = null;
        await Broker.DisposeAsync();
        await store.DisposeAsync();
    }
}
