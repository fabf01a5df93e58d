using System.Runtime.InteropServices;

namespace LocalAzure.ServiceBus;

/// <summary>What the broker listens on and which queues it has. There is no management plane: queues are declared here.</summary>
public sealed class BrokerOptions
{
    /// <summary>The port on 127.0.0.1; 0 lets the system choose a free one, which is kept across stop and start.</summary>
    public int Port { get; set; }

    /// <summary>The queues; each has a dead-letter queue, <c>name/$DeadLetterQueue</c>.</summary>
    public IList<QueueOptions> Queues { get; } = [];

    /// <summary>
    /// The clock that locks run out by; the broker's own unless set. Clients renew theirs by the clock on the wall: where the broker's
    /// runs faster, or is moved on while a message is being handled, locks need another.
    /// </summary>
    public TimeProvider? LockClock { get; set; }

    /// <summary>The largest message or batch that is accepted, in bytes; 256 KiB, as the Standard tier has it.</summary>
    public int MaxMessageSizeInBytes { get; set; } = 256 * 1024;

    /// <summary>Bytes of message content kept in memory beside the file, so that a message just sent needn't be read again.</summary>
    public long ContentCacheInBytes { get; set; } = 64L * 1024 * 1024;
}

/// <summary>One queue, with the names and defaults that the service gives a new one.</summary>
/// <param name="name">The queue's name; names are compared without regard to case.</param>
public sealed class QueueOptions(string name)
{
    /// <summary>The queue's name.</summary>
    public string Name { get; } = name;

    /// <summary>How long a received message is its receiver's own; 1 minute.</summary>
    public TimeSpan LockDuration { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After so many failed deliveries a message is dead-lettered; 10.</summary>
    public int MaxDeliveryCount { get; set; } = 10;

    /// <summary>The longest that a message stays, counted from when it was enqueued; for ever unless set.</summary>
    public TimeSpan DefaultMessageTimeToLive { get; set; } = TimeSpan.MaxValue;

    /// <summary>Whether an expired message is dead-lettered rather than dropped.</summary>
    public bool DeadLetteringOnMessageExpiration { get; set; }

    /// <summary>
    /// The queue to which dead letters go on, as new messages of that queue that know where they were set aside; unless set they stay in
    /// this queue's own dead-letter queue.
    /// </summary>
    public string? ForwardDeadLetteredMessagesTo { get; set; }

    /// <summary>
    /// For how long a second message with the same id is acknowledged and dropped; null means no duplicate detection.
    /// </summary>
    public TimeSpan? DuplicateDetectionHistoryTimeWindow { get; set; }
}

/// <summary>How many messages a queue holds, each counted once.</summary>
/// <param name="Active">Ready to be received.</param>
/// <param name="Locked">Handed to a receiver and not settled yet.</param>
/// <param name="Scheduled">Sent, to be enqueued later.</param>
/// <param name="DeadLettered">In the dead-letter queue, locked there or not.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct QueueCounts(int Active, int Locked, int Scheduled, int DeadLettered);
