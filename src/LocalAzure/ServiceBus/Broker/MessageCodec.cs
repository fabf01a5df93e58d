using System.Globalization;
using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace LocalAzure.ServiceBus;

/// <summary>A message as a sender handed it in.</summary>
internal sealed record Incoming(Content Content, string? MessageId, long? TimeToLive, long? ScheduledFor);

/// <summary>Takes messages apart no further than the broker must, and puts them together for a receiver.</summary>
internal static class MessageCodec
{
    /// <summary>The message format of a batch: each data section of its body is a message of its own.</summary>
    public const uint BatchFormat = 0x80013700;

    public static readonly Symbol EnqueuedTime = "x-opt-enqueued-time";
    public static readonly Symbol SequenceNumber = "x-opt-sequence-number";
    public static readonly Symbol LockedUntil = "x-opt-locked-until";
    public static readonly Symbol ScheduledEnqueueTime = "x-opt-scheduled-enqueue-time";
    public static readonly Symbol DeadLetterSource = "x-opt-deadletter-source";
    public static readonly Symbol MessageState = "x-opt-message-state";
    public static readonly Symbol EnqueueSequenceNumber = "x-opt-enqueue-sequence-number";

    /// <summary>Reads what was sent: one message, or the messages of a batch.</summary>
    /// <exception cref="AmqpException"><c>amqp:decode-error</c>: these bytes are no AMQP message.</exception>
    public static List<Incoming> Parse(byte[] bytes, uint format)
    {
        try
        {
            if (format != BatchFormat) return [ParseOne(bytes)];
            return Message.Decode(Reading(bytes)).Body switch
            {
                byte[] single => [ParseOne(single)],
                Data[] several => [.. several.Select(data => ParseOne(data.Binary))],
                _ => throw new FormatException("A batch holds data sections."),
            };
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Whatever a decoder threw, the sender is told that its bytes are wrong; none of them is repeated.
            throw new AmqpException(ErrorCode.DecodeError, "The message can't be decoded.");
        }
    }

    /// <summary>Reads a request to one of the broker's own nodes.</summary>
    /// <exception cref="AmqpException"><c>amqp:decode-error</c>: these bytes are no AMQP message.</exception>
    public static Message DecodeRequest(byte[] bytes)
    {
        try
        {
            var request = Message.Decode(Reading(bytes));
            // The library decodes a body when it is first asked for.
            _ = request.Body;
            if (request.ApplicationProperties is { Map: null }) throw NoMap();
            return request;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw new AmqpException(ErrorCode.DecodeError, "The request can't be decoded.");
        }
    }

    /// <summary>The message as it goes to a receiver, or into the answer to a peek.</summary>
    public static ByteBuffer Compose(Entry entry, Content content, string? deadLetterSource, DateTime? lockedUntil, EntryState state)
    {
        // The library completes a message without a body with an empty one, so sections are encoded one by one here.
        var kept = content.Header is { } bytes ? Message.Decode(Reading(bytes)) : new Message();
        var header = kept.Header ?? new Header();
        header.DeliveryCount = (uint)entry.Failures;
        var annotations = kept.MessageAnnotations ?? new MessageAnnotations();
        annotations[EnqueuedTime] = Instant(entry.Enqueued);
        annotations[SequenceNumber] = entry.Sequence;
        annotations[EnqueueSequenceNumber] = entry.Sequence;
        if (lockedUntil is { } until) annotations[LockedUntil] = until;
        if (deadLetterSource is not null) annotations[DeadLetterSource] = deadLetterSource;
        if (state == EntryState.Scheduled) annotations[MessageState] = 2;
        var buffer = new ByteBuffer(256 + content.Bare.Length, autoGrow: true);
        header.Encode(buffer);
        annotations.Encode(buffer);
        buffer.Validate(write: true, content.Bare.Length);
        Buffer.BlockCopy(content.Bare, 0, buffer.Buffer, buffer.WritePos, content.Bare.Length);
        buffer.Append(content.Bare.Length);
        return buffer;
    }

    /// <summary>The same message with some application properties set, as a dead letter or an abandoned message gets them.</summary>
    public static Content WithApplicationProperties(Content content, IEnumerable<KeyValuePair<string, object?>> properties)
    {
        var message = Message.Decode(Reading(content.Bare));
        message.ApplicationProperties ??= new ApplicationProperties();
        foreach (var (name, value) in properties) message.ApplicationProperties.Map[name] = value;
        return content with { Bare = Bytes(message.Encode()) };
    }

    /// <summary>The same message, which says in which queue it was set aside; for a queue of dead letters.</summary>
    public static Content PutAsideIn(Content content, string queue)
    {
        var kept = content.Header is { } bytes ? Message.Decode(Reading(bytes)) : new Message();
        var annotations = kept.MessageAnnotations ?? new MessageAnnotations();
        annotations[DeadLetterSource] = queue;
        return content with { Header = Kept(kept.Header, annotations) };
    }

    public static byte[] Bytes(ByteBuffer buffer) => buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray();

    public static ByteBuffer Reading(byte[] bytes) => new(bytes, 0, bytes.Length, bytes.Length);

    public static DateTime Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;

    private static Incoming ParseOne(byte[] bytes)
    {
        var buffer = Reading(bytes);
        var (bareFrom, restFrom) = (bytes.Length, bytes.Length);
        Header? header = null;
        MessageAnnotations? annotations = null;
        Properties? properties = null;
        Type? body = null;
        while (buffer.Length > 0)
        {
            var from = buffer.Offset;
            var section = Encoder.ReadObject(buffer);
            // The library keeps a body for later, and doesn't look whether it is longer than what is there, or shorter than nothing.
            if (buffer.Offset <= from || buffer.Offset > bytes.Length) throw new FormatException("A section is longer than the message.");
            switch (section)
            {
                case Header found:
                    header = found;
                    continue;
                case MessageAnnotations found:
                    annotations = found;
                    continue;
                case DeliveryAnnotations:
                    continue;
                case Properties found:
                    properties = found;
                    bareFrom = from;
                    continue;
                case ApplicationProperties { Map: null } or Footer { Map: null }:
                    throw NoMap();
                case ApplicationProperties or Footer:
                    break;
                case Data or AmqpSequence or AmqpValue when section is not AmqpValue || body is null:
                    // A body is data sections, or sequences, or one value: of a mixture nobody could say what was sent.
                    if ((body ??= section.GetType()) != section.GetType()) throw new FormatException("The body has sections of two kinds.");
                    break;
                default:
                    throw new FormatException("This is no section of a message.");
            }

            restFrom = Math.Min(restFrom, from);
        }

        var scheduled = annotations?.Map[ScheduledEnqueueTime] is DateTime instant
            ? new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)).ToUnixTimeMilliseconds()
            : (long?)null;
        var id = Convert.ToString(properties?.GetMessageId(), CultureInfo.InvariantCulture);
        return new Incoming(
            new Content(
                Kept(header, annotations),
                id is { Length: > 0 } ? bytes[Math.Min(bareFrom, restFrom)..] : Identified(properties, bytes.AsSpan(restFrom))),
            id is { Length: > 0 } ? id : null,
            header is not null && header.HasField(2) ? header.Ttl : null,
            scheduled);
    }

    private static FormatException NoMap() => new("A section that is a map holds none.");

    /// <summary>A message that came without an id gets one, as the service gives it: its clients don't do without.</summary>
    private static byte[] Identified(Properties? properties, ReadOnlySpan<byte> rest)
    {
        properties ??= new Properties();
        properties.MessageId = Guid.NewGuid().ToString("N");
        var buffer = new ByteBuffer(64, autoGrow: true);
        properties.Encode(buffer);
        return [.. buffer.Buffer.AsSpan(buffer.Offset, buffer.Length), .. rest];
    }

    private static byte[]? Kept(Header? header, MessageAnnotations? annotations)
    {
        var buffer = new ByteBuffer(64, autoGrow: true);
        if (header is not null && (header.HasField(0) || header.HasField(1) || header.HasField(2))) header.Encode(buffer);
        if (annotations is { Map.Count: > 0 }) annotations.Encode(buffer);
        return buffer.Length == 0 ? null : Bytes(buffer);
    }
}
