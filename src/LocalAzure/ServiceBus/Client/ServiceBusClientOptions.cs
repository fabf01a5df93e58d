namespace Azure.Messaging.ServiceBus;

/// <summary>How a client connects and how often it tries.</summary>
public class ServiceBusClientOptions
{
    /// <summary>How operations are tried again.</summary>
    public ServiceBusRetryOptions RetryOptions { get; set; } = new();

    /// <summary>The transport; only <see cref="ServiceBusTransportType.AmqpTcp"/> is there.</summary>
    public ServiceBusTransportType TransportType { get; set; }

    /// <summary>A name for this client in exceptions and logs.</summary>
    public string? Identifier { get; set; }

    /// <summary>Where to connect instead of the namespace's own address; with the scheme <c>amqp</c>, without TLS.</summary>
    public Uri? CustomEndpointAddress { get; set; }

    /// <summary>The clock that locks and tokens are renewed by. Time-outs and back-off follow the system's clock: the network does.</summary>
    internal TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}

/// <summary>The transport of a connection.</summary>
public enum ServiceBusTransportType
{
    /// <summary>AMQP over TCP.</summary>
    AmqpTcp = 0,

    /// <summary>AMQP over web sockets.</summary>
    AmqpWebSockets = 1,
}

/// <summary>How the delay grows from one try to the next.</summary>
public enum ServiceBusRetryMode
{
    /// <summary>The same delay each time.</summary>
    Fixed = 0,

    /// <summary>Twice the delay each time.</summary>
    Exponential = 1,
}

/// <summary>How often and how long an operation is tried: by default 4 tries of 60 s, after 0.8 s, 1.6 s and 3.2 s.</summary>
public class ServiceBusRetryOptions
{
    /// <summary>How the delay grows.</summary>
    public ServiceBusRetryMode Mode { get; set; } = ServiceBusRetryMode.Exponential;

    /// <summary>Tries after the first.</summary>
    public int MaxRetries { get; set; } = 3;

    /// <summary>The delay before the first retry.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(0.8);

    /// <summary>The longest delay.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one try may take.</summary>
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>Whether a received message is locked or already gone from the queue.</summary>
public enum ServiceBusReceiveMode
{
    /// <summary>It is locked and must be settled.</summary>
    PeekLock = 0,

    /// <summary>It is deleted as it is sent.</summary>
    ReceiveAndDelete = 1,
}

/// <summary>Which part of a queue to receive from.</summary>
public enum SubQueue
{
    /// <summary>The queue itself.</summary>
    None = 0,

    /// <summary>Its dead-letter queue.</summary>
    DeadLetter = 1,

    /// <summary>Its transfer dead-letter queue.</summary>
    TransferDeadLetter = 2,
}

/// <summary>How a receiver receives.</summary>
public class ServiceBusReceiverOptions
{
    /// <summary>Messages to ask for before they are wanted; none by default.</summary>
    public int PrefetchCount { get; set; }

    /// <summary>Whether messages are locked or deleted.</summary>
    public ServiceBusReceiveMode ReceiveMode { get; set; } = ServiceBusReceiveMode.PeekLock;

    /// <summary>The queue or its dead-letter queue.</summary>
    public SubQueue SubQueue { get; set; } = SubQueue.None;

    /// <summary>A name for this receiver.</summary>
    public string? Identifier { get; set; }
}

/// <summary>How a processor receives and settles.</summary>
public class ServiceBusProcessorOptions
{
    /// <summary>Messages to ask for before they are wanted; none by default.</summary>
    public int PrefetchCount { get; set; }

    /// <summary>Whether messages are locked or deleted.</summary>
    public ServiceBusReceiveMode ReceiveMode { get; set; } = ServiceBusReceiveMode.PeekLock;

    /// <summary>Whether a message is completed when its handler returns without having settled it.</summary>
    public bool AutoCompleteMessages { get; set; } = true;

    /// <summary>For how long a message's lock is renewed while its handler runs; 5 minutes.</summary>
    public TimeSpan MaxAutoLockRenewalDuration { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Handlers that may run at once; 1.</summary>
    public int MaxConcurrentCalls { get; set; } = 1;

    /// <summary>A name for this processor.</summary>
    public string? Identifier { get; set; }

    /// <summary>The queue or its dead-letter queue.</summary>
    public SubQueue SubQueue { get; set; } = SubQueue.None;
}
