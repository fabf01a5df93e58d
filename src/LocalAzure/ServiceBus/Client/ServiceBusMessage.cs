namespace Azure.Messaging.ServiceBus;

/// <summary>A message to send.</summary>
public class ServiceBusMessage
{
    /// <summary>Makes a message with an empty body.</summary>
    public ServiceBusMessage()
        : this(default(ReadOnlyMemory<byte>))
    {
    }

    /// <summary>Makes a message from a text, encoded as UTF-8.</summary>
    public ServiceBusMessage(string? body)
        : this(BinaryData.FromString(body ?? ""))
    {
    }

    /// <summary>Makes a message from bytes.</summary>
    public ServiceBusMessage(ReadOnlyMemory<byte> body)
        : this(BinaryData.FromBytes(body))
    {
    }

    /// <summary>Makes a message from a body.</summary>
    public ServiceBusMessage(BinaryData body)
    {
        ArgumentNullException.ThrowIfNull(body);
        Body = body;
    }

    /// <summary>Copies what a sender may set from a received message, to send it again.</summary>
    public ServiceBusMessage(ServiceBusReceivedMessage receivedMessage)
    {
        ArgumentNullException.ThrowIfNull(receivedMessage);
        Body = receivedMessage.Body;
        MessageId = receivedMessage.MessageId;
        PartitionKey = receivedMessage.PartitionKey;
        SessionId = receivedMessage.SessionId;
        ReplyToSessionId = receivedMessage.ReplyToSessionId;
        CorrelationId = receivedMessage.CorrelationId;
        Subject = receivedMessage.Subject;
        To = receivedMessage.To;
        ContentType = receivedMessage.ContentType;
        ReplyTo = receivedMessage.ReplyTo;
        TimeToLive = receivedMessage.TimeToLive;
        foreach (var (name, value) in receivedMessage.ApplicationProperties)
        {
            if (name is not ("DeadLetterReason" or "DeadLetterErrorDescription")) ApplicationProperties[name] = value;
        }
    }

    /// <summary>The body.</summary>
    public BinaryData Body { get; set; }

    /// <summary>The id that duplicates are recognised by; at most 128 characters.</summary>
    /// <exception cref="ArgumentException">It is empty or too long.</exception>
    public string? MessageId
    {
        get;
        set => field = value is null || value.Length is > 0 and <= 128
            ? value
            : throw new ArgumentException("A message id has 1 to 128 characters.", nameof(value));
    }

    /// <summary>Which partition takes the message; at most 128 characters.</summary>
    public string? PartitionKey { get; set; }

    /// <summary>The session that the message belongs to.</summary>
    public string? SessionId { get; set; }

    /// <summary>The session to reply to.</summary>
    public string? ReplyToSessionId { get; set; }

    /// <summary>How long the message is good for once it is enqueued.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It isn't positive.</exception>
    public TimeSpan TimeToLive
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.MaxValue;

    /// <summary>What the message belongs to.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>What the message is about.</summary>
    public string? Subject { get; set; }

    /// <summary>Whom it is for.</summary>
    public string? To { get; set; }

    /// <summary>The body's media type.</summary>
    public string? ContentType { get; set; }

    /// <summary>The queue to reply to.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>When the message is enqueued; at once unless it is set.</summary>
    public DateTimeOffset ScheduledEnqueueTime { get; set; }

    /// <summary>Properties of the application's own: simple values.</summary>
    public IDictionary<string, object> ApplicationProperties { get; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{{MessageId:{MessageId}}}";
}
