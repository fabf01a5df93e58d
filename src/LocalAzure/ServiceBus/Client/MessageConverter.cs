using System.Globalization;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using AmqpData = Amqp.Framing.Data;

namespace Azure.Messaging.ServiceBus;

/// <summary>Service Bus messages as AMQP has them, and back.</summary>
internal static class MessageConverter
{
    private static readonly Symbol PartitionKey = "x-opt-partition-key";
    private static readonly Symbol TimeSpanType = "com.microsoft:timespan";
    private static readonly Symbol UriType = "com.microsoft:uri";
    private static readonly Symbol DateTimeOffsetType = "com.microsoft:datetime-offset";

    public static Message ToAmqp(ServiceBusMessage message)
    {
        var amqp = new Message
        {
            BodySection = new AmqpData { Binary = message.Body.ToArray() },
            Properties = new Properties(),
        };
        if (message.MessageId is not null) amqp.Properties.MessageId = message.MessageId;
        if (message.CorrelationId is not null) amqp.Properties.CorrelationId = message.CorrelationId;
        if (message.ContentType is not null) amqp.Properties.ContentType = message.ContentType;
        if (message.Subject is not null) amqp.Properties.Subject = message.Subject;
        if (message.To is not null) amqp.Properties.To = message.To;
        if (message.ReplyTo is not null) amqp.Properties.ReplyTo = message.ReplyTo;
        if (message.SessionId is not null) amqp.Properties.GroupId = message.SessionId;
        if (message.ReplyToSessionId is not null) amqp.Properties.ReplyToGroupId = message.ReplyToSessionId;
        if (message.TimeToLive != TimeSpan.MaxValue)
            amqp.Header = new Header { Ttl = (uint)Math.Min(message.TimeToLive.TotalMilliseconds, uint.MaxValue) };
        if (message.PartitionKey is not null) Annotate(amqp, PartitionKey, message.PartitionKey);
        if (message.ScheduledEnqueueTime != default) Annotate(amqp, BusNames.ScheduledEnqueueTime, message.ScheduledEnqueueTime.UtcDateTime);
        if (message.ApplicationProperties.Count > 0)
        {
            amqp.ApplicationProperties = new ApplicationProperties();
            foreach (var (name, value) in message.ApplicationProperties) amqp.ApplicationProperties.Map[name] = ToAmqp(name, value);
        }

        return amqp;
    }

    public static ServiceBusReceivedMessage FromAmqp(Message amqp, ReceiverLink? link)
    {
        var annotations = amqp.MessageAnnotations?.Map;
        var properties = amqp.Properties;
        var sequence = annotations?[BusNames.SequenceNumber] as long? ?? -1;
        return new ServiceBusReceivedMessage
        {
            Body = BinaryData.FromBytes(Body(amqp)),
            MessageId = Convert.ToString(properties?.GetMessageId(), CultureInfo.InvariantCulture) is { Length: > 0 } id ? id : null,
            CorrelationId = Convert.ToString(properties?.GetCorrelationId(), CultureInfo.InvariantCulture) is { Length: > 0 } correlation ? correlation : null,
            ContentType = properties?.ContentType,
            Subject = properties?.Subject,
            To = properties?.To,
            ReplyTo = properties?.ReplyTo,
            SessionId = properties?.GroupId,
            ReplyToSessionId = properties?.ReplyToGroupId,
            PartitionKey = annotations?[PartitionKey] as string,
            TimeToLive = amqp.Header is { } header && header.HasField(2) ? TimeSpan.FromMilliseconds(header.Ttl) : TimeSpan.MaxValue,
            ApplicationProperties = amqp.ApplicationProperties?.Map is { Count: > 0 } map
                ? map.ToDictionary(static pair => (string)pair.Key, static pair => FromAmqp(pair.Value), StringComparer.Ordinal)
                : new Dictionary<string, object>(StringComparer.Ordinal),
            DeliveryCount = (int)(amqp.Header?.DeliveryCount ?? 0) + (link is null ? 0 : 1),
            SequenceNumber = sequence,
            EnqueuedSequenceNumber = annotations?[BusNames.EnqueueSequenceNumber] as long? ?? Math.Max(sequence, 0),
            EnqueuedTime = Instant(annotations?[BusNames.EnqueuedTime]),
            LockedUntil = Instant(annotations?[BusNames.LockedUntil]),
            ScheduledEnqueueTime = Instant(annotations?[BusNames.ScheduledEnqueueTime]),
            DeadLetterSource = annotations?[BusNames.DeadLetterSource] as string,
            State = annotations?[BusNames.MessageState] is int state ? (ServiceBusMessageState)state : ServiceBusMessageState.Active,
            LockTokenGuid = amqp.DeliveryTag is { Length: 16 } tag ? new Guid(tag) : Guid.Empty,
            Delivery = link is null ? null : (link, amqp),
        };
    }

    /// <summary>A value as AMQP has it.</summary>
    /// <exception cref="System.Runtime.Serialization.SerializationException">AMQP has nothing for its type.</exception>
    public static object? ToAmqp(string name, object? value) => value switch
    {
        DateTimeOffset instant => new DescribedValue(DateTimeOffsetType, instant.UtcTicks),
        TimeSpan span => new DescribedValue(TimeSpanType, span.Ticks),
        Uri address => new DescribedValue(UriType, address.AbsoluteUri),
        DateTime instant => DateTime.SpecifyKind(instant, DateTimeKind.Utc),
        null or string or bool or byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal or char or Guid => value,
        _ => throw new System.Runtime.Serialization.SerializationException(
            $"Application property '{name}' is a {value.GetType().Name}; only simple values can be sent."),
    };

    private static object FromAmqp(object value) => value switch
    {
        DescribedValue { Descriptor: Symbol type, Value: long ticks } when type.Equals(DateTimeOffsetType) => new DateTimeOffset(ticks, TimeSpan.Zero),
        DescribedValue { Descriptor: Symbol type, Value: long ticks } when type.Equals(TimeSpanType) => TimeSpan.FromTicks(ticks),
        DescribedValue { Descriptor: Symbol type, Value: string address } when type.Equals(UriType) => new Uri(address),
        _ => value,
    };

    private static byte[] Body(Message amqp) => amqp.Body switch
    {
        byte[] bytes => bytes,
        AmqpData[] parts => [.. parts.SelectMany(static part => part.Binary)],
        null => [],

        // The genuine library keeps a value section apart; an application that reads the body wants its bytes.
        string text => System.Text.Encoding.UTF8.GetBytes(text),
        var other => throw new NotSupportedException($"A body that is an AMQP {other.GetType().Name} can't be read as bytes."),
    };

    private static void Annotate(Message amqp, Symbol name, object value) =>
        (amqp.MessageAnnotations ??= new MessageAnnotations()).Map[name] = value;

    private static DateTimeOffset Instant(object? value) =>
        value is DateTime instant ? new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)) : default;
}
