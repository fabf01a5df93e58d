namespace LocalAzure.ServiceBus;

/// <summary>
/// A queue's, or a dead-letter queue's, messages in memory: which are ready, locked, scheduled, and what is due next. It only
/// keeps order; the broker decides, writes, and holds the lock under which all of this is called.
/// </summary>
internal sealed class MessageQueue(int id, QueueOptions options, bool isDeadLetter)
{
    private readonly Dictionary<long, Entry> entries = [];
    private readonly Dictionary<Guid, Entry> locked = [];
    private readonly PriorityQueue<Entry, long> ready = new();
    private readonly PriorityQueue<Entry, long> scheduled = new();
    private readonly PriorityQueue<Entry, long> expiring = new();

    private readonly PriorityQueue<(Entry Entry, long Until), long> lockExpiry = new();
    private readonly Dictionary<string, long> seen = new(StringComparer.Ordinal);
    private readonly Queue<(string MessageId, long At)> seenInOrder = new();

    public int Id { get; } = id;

    public QueueOptions Options { get; } = options;

    public bool IsDeadLetter { get; } = isDeadLetter;

    /// <summary>Where this queue's dead letters go; null for a dead-letter queue.</summary>
    public MessageQueue? DeadLetter { get; init; }

    /// <summary>The queue to which dead letters go on; null if they stay.</summary>
    public MessageQueue? ForwardTo { get; set; }

    public LinkedList<DeliveryLink> Links { get; } = new();

    public int ReadyCount { get; private set; }

    public int LockedCount { get; private set; }

    public int ScheduledCount { get; private set; }

    public int Count => ReadyCount + LockedCount + ScheduledCount;

    public IEnumerable<Entry> Entries => entries.Values;

    public IEnumerable<Entry> LockedEntries => locked.Values;

    public void Add(Entry entry)
    {
        entries[entry.Sequence] = entry;
        Place(entry, entry.State);
    }

    /// <summary>Puts an entry that is in no state's keeping into this one.</summary>
    public void Place(Entry entry, EntryState state)
    {
        Tally(entry, -1);
        entry.State = entry.CountedAs = state;
        Tally(entry, +1);
        switch (state)
        {
            case EntryState.Ready:
                ready.Enqueue(entry, entry.Sequence);
                if (entry.Expires != long.MaxValue && !IsDeadLetter) expiring.Enqueue(entry, entry.Expires);
                break;
            case EntryState.Scheduled:
                scheduled.Enqueue(entry, entry.Enqueued);
                break;
            case EntryState.Locked:
                locked[entry.Token] = entry;
                WatchLock(entry);
                break;
        }
    }

    /// <summary>
    /// Takes an entry out of its state's keeping. It still counts where it was until it is placed or removed: a message whose
    /// commit is under way is never missing from the counts.
    /// </summary>
    public void Take(Entry entry)
    {
        var wasLocked = entry.State == EntryState.Locked;
        entry.State = EntryState.Leaving;
        if (!wasLocked) return;
        locked.Remove(entry.Token);
        entry.Holder = null;
        TrimLockExpiry();
    }

    public void Remove(Entry entry)
    {
        Tally(entry, -1);
        entry.State = entry.CountedAs = EntryState.Gone;
        entries.Remove(entry.Sequence);
    }

    public Entry? Find(long sequence) => entries.GetValueOrDefault(sequence);

    /// <summary>The entry that this token locks, if the lock still holds.</summary>
    public Entry? FindLocked(Guid token, long now) =>
        locked.TryGetValue(token, out var entry) && entry.LockedUntil > now ? entry : null;

    public void WatchLock(Entry entry) => lockExpiry.Enqueue((entry, entry.LockedUntil), entry.LockedUntil);

    public Entry? PeekReady()
    {
        while (ready.TryPeek(out var entry, out _))
        {
            if (entry.State == EntryState.Ready) return entry;
            ready.Dequeue();
        }

        return null;
    }

    public IEnumerable<Entry> DueScheduled(long now)
    {
        while (scheduled.TryPeek(out var entry, out var due) && (due <= now || entry.State != EntryState.Scheduled))
        {
            scheduled.Dequeue();
            if (entry.State == EntryState.Scheduled) yield return entry;
        }
    }

    public IEnumerable<Entry> DueLocks(long now)
    {
        while (lockExpiry.TryPeek(out var head, out _) && (head.Until <= now || !IsCurrent(head)))
        {
            lockExpiry.Dequeue();
            if (IsCurrent(head)) yield return head.Entry;
        }
    }

    /// <summary>Ready entries that have expired; a locked one expires once it is unlocked.</summary>
    public IEnumerable<Entry> DueExpired(long now)
    {
        while (expiring.TryPeek(out var entry, out var due) && (due <= now || entry.State != EntryState.Ready))
        {
            expiring.Dequeue();
            if (entry.State is EntryState.Ready) yield return entry;
        }
    }

    /// <summary>When the first lock runs out; <see cref="long.MaxValue"/> when none is held.</summary>
    public long NextLockEnd()
    {
        TrimLockExpiry();
        return lockExpiry.TryPeek(out var head, out _) ? head.Until : long.MaxValue;
    }

    /// <summary>When a message here is due to be enqueued or expires; <see cref="long.MaxValue"/> when none is.</summary>
    public long NextDue()
    {
        while (scheduled.TryPeek(out var entry, out _) && entry.State != EntryState.Scheduled) scheduled.Dequeue();
        while (expiring.TryPeek(out var entry, out _) && entry.State != EntryState.Ready) expiring.Dequeue();
        var next = scheduled.TryPeek(out _, out var enqueue) ? enqueue : long.MaxValue;
        if (expiring.TryPeek(out _, out var expiry)) next = Math.Min(next, expiry);
        return next;
    }

    /// <summary>Whether this id was seen within the window; if not, it is from now on.</summary>
    public bool IsDuplicate(string messageId, long now, long window)
    {
        if (seen.TryGetValue(messageId, out var at) && at + window > now) return true;
        Remember(messageId, now);
        return false;
    }

    public void Remember(string messageId, long at)
    {
        seen[messageId] = at;
        seenInOrder.Enqueue((messageId, at));
    }

    public void Forget(string messageId) => seen.Remove(messageId);

    /// <summary>Forgets the ids that left the window, and names them.</summary>
    public List<string> ForgetSeen(long now, long window)
    {
        var forgotten = new List<string>();
        while (seenInOrder.TryPeek(out var head) && head.At + window <= now)
        {
            seenInOrder.Dequeue();
            if (seen.GetValueOrDefault(head.MessageId) == head.At && seen.Remove(head.MessageId)) forgotten.Add(head.MessageId);
        }

        return forgotten;
    }

    private static bool IsCurrent((Entry Entry, long Until) head) =>
        head.Entry.State == EntryState.Locked && head.Entry.LockedUntil == head.Until;

    private void Tally(Entry entry, int change)
    {
        if (entry.CountedAs == EntryState.Ready) ReadyCount += change;
        else if (entry.CountedAs == EntryState.Locked) LockedCount += change;
        else if (entry.CountedAs == EntryState.Scheduled) ScheduledCount += change;
    }

    private void TrimLockExpiry()
    {
        while (lockExpiry.TryPeek(out var head, out _) && !IsCurrent(head)) lockExpiry.Dequeue();
    }
}
