using Azure.Core;

namespace Azure.Messaging.ServiceBus;

/// <summary>A connection to a Service Bus namespace, and the maker of senders, receivers and processors that share it.</summary>
public class ServiceBusClient : IAsyncDisposable
{
    private readonly ServiceBusClientOptions options = new();

    /// <summary>Connects with a connection string.</summary>
    /// <exception cref="FormatException">It isn't one.</exception>
    public ServiceBusClient(string connectionString)
        : this(connectionString, new ServiceBusClientOptions())
    {
    }

    /// <summary>Connects with a connection string.</summary>
    /// <exception cref="FormatException">It isn't one.</exception>
    public ServiceBusClient(string connectionString, ServiceBusClientOptions options)
        : this(options, Endpoint.Of(ServiceBusConnectionStringProperties.Parse(connectionString), options))
    {
    }

    /// <summary>Connects to a namespace (<c>name.servicebus.windows.net</c>) as whoever the credential is for.</summary>
    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential)
        : this(fullyQualifiedNamespace, credential, new ServiceBusClientOptions())
    {
    }

    /// <summary>Connects to a namespace (<c>name.servicebus.windows.net</c>) as whoever the credential is for.</summary>
    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential, ServiceBusClientOptions options)
        : this(options, Endpoint.Of(fullyQualifiedNamespace, credential, options))
    {
    }

    /// <summary>For mocks.</summary>
    protected ServiceBusClient() => Connection = null!;

    private ServiceBusClient(ServiceBusClientOptions options, Endpoint endpoint)
    {
        if (options.TransportType != ServiceBusTransportType.AmqpTcp)
            throw new NotSupportedException("Only AMQP over TCP is there.");
        this.options = options;
        Identifier = options.Identifier ?? $"{endpoint.Namespace}-{Guid.NewGuid()}";
        FullyQualifiedNamespace = endpoint.Namespace;
        Connection = new BusConnection(endpoint, Identifier, options.TimeProvider);
    }

    /// <summary>The namespace.</summary>
    public virtual string FullyQualifiedNamespace { get; } = "";

    /// <summary>A name for this client.</summary>
    public virtual string Identifier { get; } = "";

    /// <summary>Whether it was disposed of.</summary>
    public virtual bool IsClosed { get; private set; }

    /// <summary>The transport.</summary>
    public ServiceBusTransportType TransportType => options.TransportType;

    internal BusConnection Connection { get; }

    internal ServiceBusRetryOptions RetryOptions => options.RetryOptions;

    internal TimeProvider Time => options.TimeProvider;

    /// <summary>Makes a sender to a queue; nothing is opened before it sends.</summary>
    public virtual ServiceBusSender CreateSender(string queueOrTopicName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(queueOrTopicName);
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return new ServiceBusSender(this, queueOrTopicName);
    }

    /// <summary>Makes a receiver from a queue; nothing is opened before it receives.</summary>
    public virtual ServiceBusReceiver CreateReceiver(string queueName) => CreateReceiver(queueName, new ServiceBusReceiverOptions());

    /// <summary>Makes a receiver from a queue or its dead-letter queue; nothing is opened before it receives.</summary>
    public virtual ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(queueName);
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return new ServiceBusReceiver(this, queueName, options);
    }

    /// <summary>Makes a processor of a queue's messages.</summary>
    public virtual ServiceBusProcessor CreateProcessor(string queueName) => CreateProcessor(queueName, new ServiceBusProcessorOptions());

    /// <summary>Makes a processor of a queue's messages.</summary>
    public virtual ServiceBusProcessor CreateProcessor(string queueName, ServiceBusProcessorOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(queueName);
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return new ServiceBusProcessor(this, queueName, options);
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        IsClosed = true;
        await Connection.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
