namespace LocalAzure.ServiceBus;

/// <summary>The state of a message.</summary>
internal enum EntryState
{
    /// <summary>It may be received.</summary>
    Ready,

    /// <summary>It is enqueued at its scheduled time, which is its <see cref="Entry.Enqueued"/>.</summary>
    Scheduled,

    /// <summary>A receiver has it.</summary>
    Locked,

    /// <summary>It is settled or moved, and the commit that says so is under way.</summary>
    Leaving,

    /// <summary>It is no longer in this queue.</summary>
    Gone,
}

/// <summary>What the broker keeps in memory of one message; its content only while there is room.</summary>
internal sealed class Entry(long sequence, long enqueued, long expires)
{
    public long Sequence { get; } = sequence;

    /// <summary>When it was enqueued or is to be, in milliseconds since 1970.</summary>
    public long Enqueued { get; } = enqueued;

    /// <summary>When it expires, in milliseconds since 1970; <see cref="long.MaxValue"/> for never.</summary>
    public long Expires { get; } = expires;

    public EntryState State { get; set; }

    /// <summary>The state that the queue's counts have it in; it lags behind <see cref="State"/> until the commit.</summary>
    public EntryState CountedAs { get; set; } = EntryState.Gone;

    /// <summary>Deliveries that failed: abandoned, or the lock ran out.</summary>
    public int Failures { get; set; }

    public Guid Token { get; set; }

    public long LockedUntil { get; set; }

    /// <summary>Whether nobody holds it: it could not be handed over, and is offered again when its lock ends.</summary>
    public bool IsResting { get; set; }

    /// <summary>The link that the message was handed to, while it is attached.</summary>
    public DeliveryLink? Holder { get; set; }

    public Content? Content { get; set; }
}

/// <summary>
/// A message's bytes as they are stored: the sections from the properties on, exactly as they were sent, and (seldom) the
/// sender's own message annotations. The header is the broker's to write.
/// </summary>
/// <param name="Header">The encoded header and annotations sections that are passed on; null when there are none.</param>
/// <param name="Bare">Properties, application properties, body and footer.</param>
internal sealed record Content(byte[]? Header, byte[] Bare)
{
    public int Size => Bare.Length + (Header?.Length ?? 0);
}
