using System.Collections;
using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace Azure.Messaging.ServiceBus;

/// <summary>Receives messages from one queue and settles them.</summary>
public class ServiceBusReceiver : IAsyncDisposable
{
    private readonly ServiceBusClient client = null!;
    private readonly Management management = null!;
    private readonly SemaphoreSlim receiving = new(1, 1);
    private CreditedLink? link;
    private long nextPeek = 1;

    /// <summary>For mocks.</summary>
    protected ServiceBusReceiver()
    {
    }

    internal ServiceBusReceiver(ServiceBusClient client, string queueName, ServiceBusReceiverOptions options)
    {
        this.client = client;
        EntityPath = options.SubQueue switch
        {
            SubQueue.None => queueName,
            SubQueue.DeadLetter => queueName + "/$DeadLetterQueue",
            SubQueue.TransferDeadLetter => queueName + "/$Transfer/$DeadLetterQueue",
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.SubQueue, "There is no such sub-queue."),
        };
        ReceiveMode = options.ReceiveMode;
        PrefetchCount = options.PrefetchCount;
        Identifier = options.Identifier ?? $"{EntityPath}-{Guid.NewGuid()}";
        management = new Management(client.Connection, EntityPath);
    }

    /// <summary>The namespace.</summary>
    public virtual string FullyQualifiedNamespace => client.FullyQualifiedNamespace;

    /// <summary>The queue.</summary>
    public virtual string EntityPath { get; } = "";

    /// <summary>A name for this receiver.</summary>
    public virtual string Identifier { get; } = "";

    /// <summary>Whether messages are locked or deleted.</summary>
    public virtual ServiceBusReceiveMode ReceiveMode { get; }

    /// <summary>Messages asked for before they are wanted.</summary>
    public virtual int PrefetchCount { get; }

    /// <summary>Whether it was closed.</summary>
    public virtual bool IsClosed { get; private set; }

    /// <summary>Receives a message; null when none came in time (60 s unless given).</summary>
    /// <exception cref="ServiceBusException">The queue can't be reached, after every try.</exception>
    public virtual async Task<ServiceBusReceivedMessage?> ReceiveMessageAsync(
        TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default)
    {
        var messages = await ReceiveMessagesAsync(1, maxWaitTime, cancellationToken);
        return messages.Count == 0 ? null : messages[0];
    }

    /// <summary>Receives as many messages as are there, up to a number, waiting for the first only.</summary>
    /// <exception cref="ServiceBusException">The queue can't be reached, after every try.</exception>
    public virtual Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(
        int maxMessages, TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        return ReceiveAsync(maxMessages, maxWaitTime, PrefetchCount, cancellationToken);
    }

    /// <summary>Looks at messages without locking them, from a sequence number on, or from where the last look ended.</summary>
    public virtual async Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(
        int maxMessages, long? fromSequenceNumber = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        var body = new Map { ["from-sequence-number"] = fromSequenceNumber ?? nextPeek, ["message-count"] = maxMessages };
        var reply = await TryAsync(cancel => management.AskAsync("com.microsoft:peek-message", body, cancel), cancellationToken);
        if (reply.Body is not Map found || found["messages"] is not IList messages) return [];
        var peeked = messages.Cast<Map>()
            .Select(static entry => MessageConverter.FromAmqp(Message.Decode(BusNames.Reading((byte[])entry["message"])), link: null)).ToList();
        if (peeked.Count > 0) nextPeek = peeked[^1].SequenceNumber + 1;
        return peeked;
    }

    /// <summary>Looks at one message without locking it.</summary>
    public virtual async Task<ServiceBusReceivedMessage?> PeekMessageAsync(
        long? fromSequenceNumber = null, CancellationToken cancellationToken = default)
    {
        var peeked = await PeekMessagesAsync(1, fromSequenceNumber, cancellationToken);
        return peeked.Count == 0 ? null : peeked[0];
    }

    /// <summary>Takes a message off the queue for good.</summary>
    /// <exception cref="ServiceBusException">
    /// <see cref="ServiceBusFailureReason.MessageLockLost"/>: the lock ran out, so the message comes again.
    /// </exception>
    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        SettleAsync(message, "completed", [], static () => new Accepted(), cancellationToken);

    /// <summary>Gives a message back; that counts as a failed delivery.</summary>
    /// <exception cref="ServiceBusException"><see cref="ServiceBusFailureReason.MessageLockLost"/>.</exception>
    public virtual Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default)
    {
        var properties = MapOf(propertiesToModify);
        return SettleAsync(
            message, "abandoned", new Map { ["properties-to-modify"] = properties },
            () => new Modified { DeliveryFailed = true, MessageAnnotations = SymbolsOf(properties) }, cancellationToken);
    }

    /// <summary>Moves a message to the dead-letter queue.</summary>
    /// <exception cref="ServiceBusException"><see cref="ServiceBusFailureReason.MessageLockLost"/>.</exception>
    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        DeadLetterAsync(message, propertiesToModify, reason: null, description: null, cancellationToken);

    /// <summary>Moves a message to the dead-letter queue, and says why.</summary>
    /// <exception cref="ServiceBusException"><see cref="ServiceBusFailureReason.MessageLockLost"/>.</exception>
    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message, string deadLetterReason, string? deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) =>
        DeadLetterAsync(message, propertiesToModify: null, deadLetterReason, deadLetterErrorDescription, cancellationToken);

    /// <summary>Moves a message to the dead-letter queue with more properties, and says why.</summary>
    /// <exception cref="ServiceBusException"><see cref="ServiceBusFailureReason.MessageLockLost"/>.</exception>
    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object> propertiesToModify, string deadLetterReason,
        string? deadLetterErrorDescription = null, CancellationToken cancellationToken = default) =>
        DeadLetterAsync(message, propertiesToModify, deadLetterReason, deadLetterErrorDescription, cancellationToken);

    /// <summary>Lengthens a message's lock to a whole lock duration from now.</summary>
    /// <exception cref="ServiceBusException"><see cref="ServiceBusFailureReason.MessageLockLost"/>.</exception>
    public virtual async Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        ThrowIfNotLocked(message);
        var body = new Map { ["lock-tokens"] = new[] { message.LockTokenGuid } };
        var reply = await TryAsync(cancel => management.AskAsync("com.microsoft:renew-lock", body, cancel), cancellationToken);
        if (reply.Body is Map { } renewed && renewed["expirations"] is DateTime[] { Length: > 0 } expirations)
            message.LockedUntil = new DateTimeOffset(DateTime.SpecifyKind(expirations[0], DateTimeKind.Utc));
    }

    /// <summary>Closes the links. Messages that were asked for but not received are given back.</summary>
    public virtual async Task CloseAsync(CancellationToken cancellationToken = default)
    {
        if (IsClosed) return;
        IsClosed = true;
        if (link is { } open) await open.CloseAsync();
        await management.DisposeAsync();
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Receives; messages asked for ahead stay asked for when the call ends.</summary>
    internal async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveAsync(
        int most, TimeSpan? maxWaitTime, int ahead, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        await receiving.WaitAsync(cancellation);
        try
        {
            var (open, messages) = await Retry.RunAsync(
                PatientFor(maxWaitTime ?? client.RetryOptions.TryTimeout), EntityPath,
                async cancel =>
                {
                    var attached = await AttachAsync(cancel);
                    return (attached, await attached.ReceiveAsync(most, maxWaitTime ?? client.RetryOptions.TryTimeout, ahead, cancel));
                },
                cancellation);
            return messages.ConvertAll(message => MessageConverter.FromAmqp(message, open.Link));
        }
        finally
        {
            receiving.Release();
        }
    }

    /// <summary>Gives back what was asked for ahead and came, and keeps the links for settling.</summary>
    internal async Task StopReceivingAsync()
    {
        if (link is not { IsClosed: false } open) return;
        await receiving.WaitAsync();
        try
        {
            link = null;
            await open.CloseAsync();
        }
        finally
        {
            receiving.Release();
        }
    }

    private static Map MapOf(IDictionary<string, object>? properties)
    {
        var map = new Map();
        foreach (var (name, value) in properties ?? new Dictionary<string, object>(StringComparer.Ordinal)) map[name] = MessageConverter.ToAmqp(name, value);
        return map;
    }

    private static Fields SymbolsOf(Map map)
    {
        var fields = new Fields();
        foreach (var (name, value) in map) fields[new Symbol((string)name)] = value;
        return fields;
    }

    private Task DeadLetterAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify, string? reason, string? description,
        CancellationToken cancellation)
    {
        var properties = MapOf(propertiesToModify);
        var body = new Map { ["properties-to-modify"] = properties };
        if (reason is not null) body["deadletter-reason"] = reason;
        if (description is not null) body["deadletter-description"] = description;
        return SettleAsync(
            message, "suspended", body,
            () =>
            {
                var info = SymbolsOf(properties);
                if (reason is not null) info[new Symbol("DeadLetterReason")] = reason;
                if (description is not null) info[new Symbol("DeadLetterErrorDescription")] = description;
                return new Rejected { Error = new Error("com.microsoft:dead-letter") { Info = info } };
            },
            cancellation);
    }

    /// <summary>
    /// Settles by token at the management node, which answers, so that a lost lock is told; then drops the delivery from the
    /// link. An endpoint without such a node is sent the outcome, and doesn't answer.
    /// </summary>
    private async Task SettleAsync(
        ServiceBusReceivedMessage message, string status, Map body, Func<Outcome> outcome, CancellationToken cancellation)
    {
        ThrowIfNotLocked(message);
        if (!await TryAsync(management.IsOfferedAsync, cancellation))
        {
            Dispose(message, outcome(), mustBeThere: true);
            return;
        }

        body["disposition-status"] = status;
        body["lock-tokens"] = new[] { message.LockTokenGuid };
        await TryAsync(cancel => management.AskAsync("com.microsoft:update-disposition", body, cancel), cancellation);
        Dispose(message, new Accepted(), mustBeThere: false);
    }

    private void Dispose(ServiceBusReceivedMessage message, Outcome outcome, bool mustBeThere)
    {
        message.IsSettled = true;
        if (message.Delivery is not var (origin, amqp)) return;
        if (!origin.IsClosed) origin.Complete(amqp, outcome);
        else if (mustBeThere)
            throw new ServiceBusException("The link that the message came by is gone.", ServiceBusFailureReason.MessageLockLost, EntityPath);
    }

    private void ThrowIfNotLocked(ServiceBusReceivedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        ObjectDisposedException.ThrowIf(IsClosed, this);
        if (ReceiveMode != ServiceBusReceiveMode.PeekLock)
            throw new InvalidOperationException("Only a receiver in PeekLock mode settles messages.");
    }

    private Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> operation, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return Retry.RunAsync(client.RetryOptions, EntityPath, operation, cancellation);
    }

    /// <summary>The wait for a message is no time-out: a try may last as long as the wait and a whole try's time more.</summary>
    private ServiceBusRetryOptions PatientFor(TimeSpan wait) => new()
    {
        Mode = client.RetryOptions.Mode,
        MaxRetries = client.RetryOptions.MaxRetries,
        Delay = client.RetryOptions.Delay,
        MaxDelay = client.RetryOptions.MaxDelay,
        TryTimeout = wait > TimeSpan.FromDays(1) ? TimeSpan.FromDays(2) : client.RetryOptions.TryTimeout + wait,
    };

    private async Task<CreditedLink> AttachAsync(CancellationToken cancellation)
    {
        if (link is { IsClosed: false } current) return current;
        return link = new CreditedLink(await client.Connection.ReceiveFromAsync(EntityPath, ReceiveMode, cancellation), EntityPath);
    }
}
