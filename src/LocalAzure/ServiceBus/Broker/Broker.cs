using System.Net.Sockets;
using Amqp;
using Amqp.Listener;
using LocalAzure.Hosting;
using LocalAzure.Storage;
using Microsoft.Extensions.Logging;

namespace LocalAzure.ServiceBus;

/// <summary>
/// A Service Bus namespace in this process: queues in the store, spoken to over AMQP 1.0 on 127.0.0.1 by any client.
/// See the README beside it for what it does and doesn't do.
/// </summary>
public sealed class Broker : ILocalPart, IAsyncDisposable
{
    private readonly BrokerOptions options;
    private readonly Engine engine;
    private readonly ILogger logger;
    private PortHold? hold;
    private int? port;
    private LoopbackListener? loopback;
    private ConnectionListener? listener;

    /// <summary>Makes a broker; nothing is read or opened before <see cref="StartAsync"/>.</summary>
    /// <exception cref="ArgumentException">Two queues have the same name, or a setting is out of the service's range.</exception>
    public Broker(LocalStore store, TimeProvider time, BrokerOptions options, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options);
        this.options = options;
        logger = loggers.CreateLogger<Broker>();
        engine = new Engine(
            store, time, options,
            // Not what it says: it may speak of a message.
            unanswered => logger.LogWarning("An answer of the broker could not be given: {Failure}", unanswered.GetType().Name));
        engine.Changed.Raised += () => CountsChanged?.Invoke();
    }

    /// <summary>Raised after a commit has changed some queue's counts; on any thread, so be quick.</summary>
    public event Action? CountsChanged;

    /// <summary>The port on 127.0.0.1. It stays the same across stop and start.</summary>
    /// <exception cref="InvalidOperationException">The broker was never started.</exception>
    public int Port => port ?? throw new InvalidOperationException("The broker hasn't been started.");

    /// <summary>The queues' names.</summary>
    public IEnumerable<string> Queues => options.Queues.Select(queue => queue.Name);

    /// <summary>Whether it listens: it was started and not stopped since.</summary>
    public bool IsListening => listener is not null;

    /// <summary>A connection string for any Service Bus client; the key is no secret, because none is asked for.</summary>
    public string ConnectionString =>
        $"Endpoint=sb://127.0.0.1:{Port};SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=local;UseDevelopmentEmulator=true";

    /// <inheritdoc/>
    /// <remarks>
    /// A message that an attached receiver holds keeps the broker busy, because that receiver is at work. One whose receiver has
    /// gone doesn't: only the clock ends its lock. A stopped broker does nothing; what falls due meanwhile is done at its start.
    /// </remarks>
    public bool IsIdle => IsListening ? engine.IsIdle : engine.Journal.IsEmpty;

    /// <inheritdoc/>
    public DateTimeOffset? NextWakeUp => IsListening ? engine.NextWakeUp : null;

    /// <summary>Says what it is busy with, for whoever waits in vain for it to be idle.</summary>
    public override string ToString() => $"{nameof(Broker)} ({engine.Busy()})";

    /// <summary>Reads the queues (the first time) and listens.</summary>
    /// <exception cref="SocketException">The port is taken.</exception>
    public async Task StartAsync()
    {
        if (listener is not null) return;
        await engine.LoadAsync();
        loopback = port is { } known ? new LoopbackListener(known) : options.Port == 0 ? AnyPort.Take(Listen) : Listen();
        port = loopback.Port;
        var container = new BusContainer(engine, options, loopback);
        listener = new ConnectionListener(new Address("127.0.0.1", Port, scheme: LoopbackListener.Scheme), container)
        {
            HandlerFactory = _ => container,
        };
        listener.AMQP.MaxFrameSize = LoopbackTransport.LargestFrame;
        listener.AMQP.ContainerId = "local-service-bus";

        // A peer that vanished without a word is found out after two minutes.
        listener.AMQP.IdleTimeout = 120_000;
        listener.Open();
        engine.Tick();
        logger.LogInformation("Service Bus listens on 127.0.0.1:{Port} with {Queues} queues", Port, options.Queues.Count);
    }

    private LoopbackListener Listen()
    {
        hold ??= new PortHold(options.Port);
        try
        {
            return new LoopbackListener(hold.Port);
        }
        catch (SocketException) when (options.Port == 0)
        {
            hold.Dispose();
            hold = null;
            throw;
        }
    }

    /// <summary>
    /// Cuts every connection and stops listening: an outage. Messages stay; locks go on and run out by the clock. Start it
    /// again on the same port.
    /// </summary>
    public async Task StopAsync()
    {
        if (listener is null) return;
        listener.Close();
        loopback!.Abort();
        loopback.Dispose();
        (listener, loopback) = (null, null);
        engine.Rest();
        while (!engine.Journal.IsEmpty) await Task.Yield();
    }

    /// <summary>What a queue holds, from memory.</summary>
    /// <exception cref="ArgumentException">There is no such queue.</exception>
    public QueueCounts Count(string queue) => engine.Count(Existing(queue));

    /// <summary>Waits until a queue's counts are as wanted.</summary>
    /// <exception cref="TimeoutException">They weren't in time; says what they were.</exception>
    public async Task<QueueCounts> WaitForCountsAsync(
        string queue, Func<QueueCounts, bool> wanted, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var found = Existing(queue);
        using var patience = new CancellationTokenSource(timeout, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        while (true)
        {
            var next = engine.Changed.Next();
            var counts = engine.Count(found);
            if (wanted(counts)) return counts;
            try
            {
                await next.WaitAsync(either.Token);
            }
            catch (OperationCanceledException cut) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"Queue '{queue}' was still {engine.Count(found)} after {timeout}.", cut);
            }
        }
    }

    /// <summary>Deletes messages enqueued before an instant that nobody holds; gives how many. For retention.</summary>
    /// <exception cref="ArgumentException">There is no such queue.</exception>
    public Task<int> PurgeAsync(string queue, bool deadLetter, DateTimeOffset olderThan)
    {
        var found = Existing(queue);
        return engine.PurgeAsync(deadLetter ? found.DeadLetter! : found, olderThan);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        hold?.Dispose();
        engine.Dispose();
    }

    private static void Check(BrokerOptions options)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var queue in options.Queues)
        {
            if (!names.Add(queue.Name)) throw new ArgumentException($"Queue '{queue.Name}' is declared twice.", nameof(options));
            if (queue.LockDuration <= TimeSpan.Zero || queue.LockDuration > TimeSpan.FromMinutes(5))
                throw new ArgumentException($"Queue '{queue.Name}': a lock lasts at most five minutes.", nameof(options));
            if (queue.ForwardDeadLetteredMessagesTo is { } target && !options.Queues.Any(other => other != queue && IsNamed(other, target)))
                throw new ArgumentException($"Queue '{queue.Name}': dead letters can't go on to '{target}'.", nameof(options));

            if (queue.MaxDeliveryCount < 1)
                throw new ArgumentException($"Queue '{queue.Name}': a message is delivered at least once.", nameof(options));
            if (queue.DuplicateDetectionHistoryTimeWindow is { } window
                && (window < TimeSpan.FromSeconds(20) || window > TimeSpan.FromDays(7)))
                throw new ArgumentException($"Queue '{queue.Name}': duplicates are detected for 20 seconds to 7 days.", nameof(options));
        }
    }

    private static bool IsNamed(QueueOptions queue, string name) => queue.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private MessageQueue Existing(string queue) =>
        engine.Find(queue) ?? throw new ArgumentException(
            $"There is no queue '{queue}' here (or the broker hasn't been started).", nameof(queue));
}
