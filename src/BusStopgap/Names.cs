using Amqp;
using Amqp.Types;

namespace Azure.Messaging.ServiceBus;

/// <summary>The names that the client shares with the broker.</summary>
internal static class BusNames
{
    public const uint BatchFormat = 0x80013700;
    public static readonly Symbol EnqueuedTime = "x-opt-enqueued-time";
    public static readonly Symbol SequenceNumber = "x-opt-sequence-number";
    public static readonly Symbol LockedUntil = "x-opt-locked-until";
    public static readonly Symbol ScheduledEnqueueTime = "x-opt-scheduled-enqueue-time";
    public static readonly Symbol DeadLetterSource = "x-opt-deadletter-source";
    public static readonly Symbol MessageState = "x-opt-message-state";
    public static readonly Symbol EnqueueSequenceNumber = "x-opt-enqueue-sequence-number";

    public static byte[] Bytes(ByteBuffer buffer) => buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray();

    public static ByteBuffer Reading(byte[] bytes) => new(bytes, 0, bytes.Length, bytes.Length);
}

/// <summary>The condition that the client shares with the broker.</summary>
internal static class BusConditions
{
    public const string LockLost = "com.microsoft:message-lock-lost";
}
