using System.Collections.ObjectModel;

namespace Azure.Messaging.ServiceBus;

/// <summary>Where a received or peeked message stands.</summary>
public enum ServiceBusMessageState
{
    /// <summary>In the queue.</summary>
    Active = 0,

    /// <summary>Put aside.</summary>
    Deferred = 1,

    /// <summary>To be enqueued later.</summary>
    Scheduled = 2,
}

/// <summary>A message that was received or peeked at.</summary>
public class ServiceBusReceivedMessage
{
    private static readonly ReadOnlyDictionary<string, object> NoProperties = new(new Dictionary<string, object>(StringComparer.Ordinal));

    internal ServiceBusReceivedMessage()
    {
    }

    /// <summary>The body's bytes.</summary>
    public BinaryData Body { get; internal init; } = BinaryData.FromBytes(Array.Empty<byte>());

    /// <summary>The sender's id for the message.</summary>
    public string? MessageId { get; internal init; }

    /// <summary>Which partition took it.</summary>
    public string? PartitionKey { get; internal init; }

    /// <summary>The session that it belongs to.</summary>
    public string? SessionId { get; internal init; }

    /// <summary>The session to reply to.</summary>
    public string? ReplyToSessionId { get; internal init; }

    /// <summary>How long it is good for, from <see cref="EnqueuedTime"/>.</summary>
    public TimeSpan TimeToLive { get; internal init; } = TimeSpan.MaxValue;

    /// <summary>What it belongs to.</summary>
    public string? CorrelationId { get; internal init; }

    /// <summary>What it is about.</summary>
    public string? Subject { get; internal init; }

    /// <summary>Whom it is for.</summary>
    public string? To { get; internal init; }

    /// <summary>The body's media type.</summary>
    public string? ContentType { get; internal init; }

    /// <summary>The queue to reply to.</summary>
    public string? ReplyTo { get; internal init; }

    /// <summary>When it was to be enqueued, if it was scheduled.</summary>
    public DateTimeOffset ScheduledEnqueueTime { get; internal init; }

    /// <summary>Properties of the application's own.</summary>
    public IReadOnlyDictionary<string, object> ApplicationProperties { get; internal init; } = NoProperties;

    /// <summary>What the lock is known by.</summary>
    public string LockToken => LockTokenGuid.ToString();

    /// <summary>Deliveries so far, this one included; 0 for a peeked message that was never delivered.</summary>
    public int DeliveryCount { get; internal init; }

    /// <summary>Until when the message is this receiver's own. Moves on when the lock is renewed.</summary>
    public DateTimeOffset LockedUntil { get; internal set; }

    /// <summary>The queue's number for it; -1 where the endpoint gives none.</summary>
    public long SequenceNumber { get; internal init; } = -1;

    /// <summary>The queue that it was dead-lettered from.</summary>
    public string? DeadLetterSource { get; internal init; }

    /// <summary>Its number in the queue that it was first sent to.</summary>
    public long EnqueuedSequenceNumber { get; internal init; }

    /// <summary>When it was enqueued.</summary>
    public DateTimeOffset EnqueuedTime { get; internal init; }

    /// <summary>When it expires.</summary>
    public DateTimeOffset ExpiresAt =>
        TimeToLive >= DateTimeOffset.MaxValue - EnqueuedTime ? DateTimeOffset.MaxValue : EnqueuedTime + TimeToLive;

    /// <summary>Why it was dead-lettered.</summary>
    public string? DeadLetterReason => ApplicationProperties.GetValueOrDefault("DeadLetterReason") as string;

    /// <summary>More about why.</summary>
    public string? DeadLetterErrorDescription => ApplicationProperties.GetValueOrDefault("DeadLetterErrorDescription") as string;

    /// <summary>Where it stands.</summary>
    public ServiceBusMessageState State { get; internal init; }

    internal Guid LockTokenGuid { get; init; }

    /// <summary>The message and link that it came by, for endpoints where it can be settled there only.</summary>
    internal (Amqp.ReceiverLink Link, Amqp.Message Message)? Delivery { get; init; }

    internal bool IsSettled { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{{MessageId:{MessageId}}}";
}

/// <summary>Makes received messages for tests of handlers.</summary>
public static class ServiceBusModelFactory
{
    /// <summary>Makes a received message as if a receiver had it.</summary>
    public static ServiceBusReceivedMessage ServiceBusReceivedMessage(
        BinaryData? body = null,
        string? messageId = null,
        string? partitionKey = null,
        string? viaPartitionKey = null,
        string? sessionId = null,
        string? replyToSessionId = null,
        TimeSpan timeToLive = default,
        string? correlationId = null,
        string? subject = null,
        string? to = null,
        string? contentType = null,
        string? replyTo = null,
        DateTimeOffset scheduledEnqueueTime = default,
        IDictionary<string, object>? properties = null,
        Guid lockTokenGuid = default,
        int deliveryCount = 0,
        DateTimeOffset lockedUntil = default,
        long sequenceNumber = -1,
        string? deadLetterSource = null,
        long enqueuedSequenceNumber = 0,
        DateTimeOffset enqueuedTime = default,
        ServiceBusMessageState serviceBusMessageState = ServiceBusMessageState.Active) => new()
    {
        Body = body ?? BinaryData.FromBytes(Array.Empty<byte>()),
        MessageId = messageId,
        PartitionKey = partitionKey,
        SessionId = sessionId,
        ReplyToSessionId = replyToSessionId,
        TimeToLive = timeToLive == default ? TimeSpan.MaxValue : timeToLive,
        CorrelationId = correlationId,
        Subject = subject,
        To = to,
        ContentType = contentType,
        ReplyTo = replyTo,
        ScheduledEnqueueTime = scheduledEnqueueTime,
        ApplicationProperties = new ReadOnlyDictionary<string, object>(properties ?? new Dictionary<string, object>(StringComparer.Ordinal)),
        LockTokenGuid = lockTokenGuid,
        DeliveryCount = deliveryCount,
        LockedUntil = lockedUntil,
        SequenceNumber = sequenceNumber,
        DeadLetterSource = deadLetterSource,
        EnqueuedSequenceNumber = enqueuedSequenceNumber,
        EnqueuedTime = enqueuedTime,
        State = serviceBusMessageState,
    };
}
