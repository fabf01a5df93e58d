using Amqp;
using Amqp.Framing;
using LocalAzure.Storage;

namespace LocalAzure.ServiceBus;

/// <summary>
/// What happens to messages. Memory changes first, under one lock, in the order in which things are asked for; the journal
/// then writes in that same order, and only after the commit is anybody answered or anything handed over. So a crash leaves
/// either the state before or the state after, and nobody was told otherwise.
/// </summary>
internal sealed partial class Engine : IDisposable
{
    public const string LockLost = "com.microsoft:message-lock-lost";

    private readonly LocalStore store;
    private readonly TimeProvider time;
    private readonly BrokerOptions options;
    private readonly Dictionary<string, MessageQueue> queues = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock gate = new();
    private readonly Signal changed = new();
    private readonly Alarm alarm;
    private readonly TimeProvider lockClock;
    private readonly Alarm lockAlarm;
    private readonly DateTimeOffset lockStart;
    private readonly long lockStamp;
    private long lastSequence;
    private long cached;
    private bool loaded;

    public Engine(LocalStore store, TimeProvider time, BrokerOptions options, Action<Exception>? unanswered = null)
    {
        (this.store, this.time, this.options) = (store, time, options);
        Journal = new Journal(store, unanswered);
        lockClock = options.LockClock ?? time;
        alarm = new Alarm(time, Tick, () => Now);
        (lockStart, lockStamp) = (lockClock.GetUtcNow(), lockClock.GetTimestamp());
        lockAlarm = new Alarm(lockClock, Tick, () => LockNow);
    }

    public Journal Journal { get; }

    public Signal Changed => changed;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    // By what has passed since the start: the wall's clock may be set back meanwhile, and a lock lasts no longer for that.
    private long LockNow => (lockStart + lockClock.GetElapsedTime(lockStamp)).ToUnixTimeMilliseconds();

    /// <summary>Reads what the file holds; once. Locks taken before a crash still hold until they run out.</summary>
    public async Task LoadAsync()
    {
        if (loaded) return;
        loaded = true;
        await EncryptionKeyCheck.HoldAsync(store);
        store.Define(QueueTable.Definition);
        foreach (var declared in options.Queues)
        {
            var id = await store.WriteAsync(connection => QueueTable.IdOf(connection, declared.Name));
            var dead = new MessageQueue(id, declared, isDeadLetter: true);
            var queue = new MessageQueue(id, declared, isDeadLetter: false) { DeadLetter = dead };
            var now = Now;
            var (alive, buried, seen) = store.Read(connection =>
                (QueueTable.ReadEntries(connection, id, dead: false, now), QueueTable.ReadEntries(connection, id, dead: true, now),
                 QueueTable.ReadSeen(connection, id)));
            lock (gate)
            {
                // No lock is longer than its queue's: one that seems to be was taken while the clock ran ahead, and would last until then.
                var longest = LockNow + (long)declared.LockDuration.TotalMilliseconds;
                foreach (var entry in alive.Concat(buried)) entry.LockedUntil = Math.Min(entry.LockedUntil, longest);
                foreach (var entry in alive) queue.Add(entry);
                foreach (var entry in buried) dead.Add(entry);
                // Likewise an id: it would be taken for a duplicate until then, and what it came with be dropped without a word.
                foreach (var (messageId, at) in seen) queue.Remember(messageId, Math.Min(at, now));
                queues[declared.Name] = queue;
                queues[declared.Name + "/$deadletterqueue"] = dead;
            }
        }

        foreach (var declared in options.Queues)
        {
            if (declared.ForwardDeadLetteredMessagesTo is { } target) queues[declared.Name].ForwardTo = queues[target];
        }

        lastSequence = store.Read(QueueTable.LastSequence);
    }

    /// <summary>The queue or dead-letter queue at an address; null when there is none.</summary>
    public MessageQueue? Find(string? address) => address is null ? null : queues.GetValueOrDefault(address.Trim('/'));

    /// <summary>Reads messages from a sequence number on, whatever their state, without locking them.</summary>
    public List<(Entry Entry, EntryState State, Content Content)> Peek(MessageQueue queue, long fromSequence, int count)
    {
        List<(Entry Entry, EntryState State)> found;
        lock (gate)
        {
            found = [.. queue.Entries.Where(entry => entry.Sequence >= fromSequence && entry.State != EntryState.Leaving)
                .OrderBy(static entry => entry.Sequence).Take(count).Select(static entry => (entry, entry.State))];
        }

        return [.. found.Select(pair => (pair.Entry, pair.State, Content: ContentOf(pair.Entry)))
            .Where(static triple => triple.Content is not null)
            .Select(static triple => (triple.Entry, triple.State, triple.Content!))];
    }

    public QueueCounts Count(MessageQueue queue)
    {
        lock (gate)
        {
            return new QueueCounts(queue.ReadyCount, queue.LockedCount, queue.ScheduledCount, queue.DeadLetter?.Count ?? 0);
        }
    }

    public bool IsIdle
    {
        get
        {
            if (!Journal.IsEmpty) return false;
            lock (gate)
            {
                var (now, lockNow) = (Now, LockNow);
                return queues.Values.All(queue =>
                    queue.NextDue() > now && queue.NextLockEnd() > lockNow
                    && !(queue.PeekReady() is not null && queue.Links.Any(static link => link.HasCredit)) &&
                    queue.LockedEntries.All(static entry => entry.Holder is null));
            }
        }
    }

    /// <summary>What keeps each queue busy, in counts and states: never a message's content.</summary>
    public string Busy()
    {
        lock (gate)
        {
            var (now, lockNow) = (Now, LockNow);
            return string.Join("; ", queues
                .Where(pair => pair.Value.Count > 0)
                .Select(pair => $"{pair.Key}: {pair.Value.ReadyCount} ready, "
                    + $"{pair.Value.LockedEntries.Count(entry => entry.Holder is not null)} held of {pair.Value.LockedCount} locked, "
                    + $"{pair.Value.Links.Count(static link => link.HasCredit)} of {pair.Value.Links.Count} links with "
                    + $"credit{(pair.Value.NextDue() <= now || pair.Value.NextLockEnd() <= lockNow ? ", due" : "")}")
                .Prepend(Journal.IsEmpty ? "all written" : "writing"));
        }
    }

    public DateTimeOffset? NextWakeUp
    {
        get
        {
            lock (gate)
            {
                // Whoever moves the broker's clock ends by it the locks that live by it, and no others.
                var withLocks = lockClock == time;
                var next = queues.Count == 0
                    ? long.MaxValue
                    : queues.Values.Min(queue => Math.Min(queue.NextDue(), withLocks ? queue.NextLockEnd() : long.MaxValue));
                return next == long.MaxValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(next);
            }
        }
    }

    public void Dispose()
    {
        alarm.Dispose();
        lockAlarm.Dispose();
    }

    // The clock on the wall is its receiver's, whatever clock the lock lives by.
    private DateTime OnTheWall(long lockedUntil) =>
        (TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(lockedUntil - LockNow)).UtcDateTime;

    private void Watch(MessageQueue queue)
    {
        alarm.Set(queue.NextDue());
        lockAlarm.Set(queue.NextLockEnd());
    }

    private Content? ContentOf(Entry entry) =>
        entry.Content ?? store.Read(connection => QueueTable.ReadContent(connection, store.EncryptionAtRest, entry.Sequence));

    private void Forget(MessageQueue queue, Entry entry)
    {
        lock (gate)
        {
            queue.Remove(entry);
            cached -= entry.Content?.Size ?? 0;
            entry.Content = null;
        }

        changed.Raise();
    }
}
