using Amqp;
using Amqp.Framing;
using LocalAzure.Storage;

namespace LocalAzure.ServiceBus;

// Messages come in and are handed over to links that have credit.
internal sealed partial class Engine
{
    private static readonly TimeSpan RestsFor = TimeSpan.FromSeconds(1);

    /// <summary>Stores messages, all in one commit, then answers with their sequence numbers or with what went wrong.</summary>
    public void Send(MessageQueue queue, List<Incoming> messages, Action<long[], Exception?> answer)
    {
        var stored = new List<Entry>(messages.Count);
        var sequences = new long[messages.Count];
        List<(string MessageId, long At)> seen = [];
        List<string> forgotten = [];
        lock (gate)
        {
            var now = Now;
            var window = (long?)queue.Options.DuplicateDetectionHistoryTimeWindow?.TotalMilliseconds;
            if (window is { } length) forgotten = queue.ForgetSeen(now, length);
            for (var i = 0; i < messages.Count; i++)
            {
                var message = messages[i];
                sequences[i] = ++lastSequence;
                if (window is { } span && message.MessageId is { } messageId)
                {
                    if (queue.IsDuplicate(messageId, now, span)) continue;
                    seen.Add((messageId, now));
                }

                stored.Add(EntryOf(queue, message, sequences[i], now));
            }

            Journal.Append(
                connection =>
                {
                    foreach (var id in forgotten) QueueTable.Forget(connection, queue.Id, id);
                    foreach (var (id, at) in seen) QueueTable.Remember(connection, queue.Id, id, at);
                    foreach (var entry in stored) QueueTable.Insert(connection, store.EncryptionAtRest, queue.Id, entry);
                },
                failure =>
                {
                    Keep(queue, stored, seen, failure);
                    answer(sequences, failure);
                    if (failure is null) Pump(queue);
                });
        }
    }

    /// <summary>Cancels a scheduled message; false when it isn't scheduled (any more).</summary>
    public bool CancelScheduled(MessageQueue queue, long sequence, Action<Exception?> answer)
    {
        lock (gate)
        {
            if (queue.Find(sequence) is not { State: EntryState.Scheduled } entry) return false;
            queue.Take(entry);
            Journal.Append(connection => QueueTable.Delete(connection, sequence), failure =>
            {
                if (failure is null) Forget(queue, entry);
                else ScheduleAgain(queue, entry);
                answer(failure);
            });
            return true;
        }
    }

    /// <summary>Hands ready messages to links that have credit. A lock is committed before its message leaves.</summary>
    public void Pump(MessageQueue queue)
    {
        lock (gate)
        {
            var now = Now;
            List<(DeliveryLink Link, Entry Entry)> handed = [];
            while (queue.PeekReady() is { } entry)
            {
                if (entry.Expires <= now && !queue.IsDeadLetter)
                {
                    Expire(queue, entry);
                    continue;
                }

                if (NextLink(queue) is not { } link) break;
                link.Reserve();
                queue.Take(entry);
                if (!link.IsSettledOnSend)
                {
                    entry.Token = Guid.NewGuid();
                    entry.LockedUntil = LockNow + (long)queue.Options.LockDuration.TotalMilliseconds;
                    entry.IsResting = false;
                    queue.Place(entry, EntryState.Locked);
                    entry.Holder = link;
                }

                handed.Add((link, entry));
            }

            if (handed.Count == 0) return;
            Watch(queue);
            var locks = handed.ConvertAll(
                static pair => (pair.Link.IsSettledOnSend, pair.Entry.Sequence, pair.Entry.LockedUntil, pair.Entry.Token));
            Journal.Append(
                connection =>
                {
                    foreach (var (settled, sequence, until, token) in locks)
                    {
                        if (settled) QueueTable.Delete(connection, sequence);
                        else QueueTable.Lock(connection, sequence, until, token);
                    }
                },
                failure => HandOver(queue, handed, failure));
        }
    }

    public void Attach(DeliveryLink link)
    {
        lock (gate) link.Queue.Links.AddLast(link);
    }

    /// <summary>Forgets a link. What it holds stays locked until the locks run out, because its receiver may still be at work.</summary>
    public void Detach(DeliveryLink link)
    {
        lock (gate)
        {
            link.Queue.Links.Remove(link);
            foreach (var entry in link.Queue.LockedEntries)
            {
                if (entry.Holder == link) entry.Holder = null;
            }
        }

        changed.Raise();
    }

    private void ScheduleAgain(MessageQueue queue, Entry entry)
    {
        lock (gate)
        {
            queue.Place(entry, EntryState.Scheduled);
            Watch(queue);
        }

        changed.Raise();
    }

    private static DeliveryLink? NextLink(MessageQueue queue)
    {
        for (var node = queue.Links.First; node is not null; node = node.Next)
        {
            if (!node.Value.HasCredit) continue;
            queue.Links.Remove(node);
            queue.Links.AddLast(node);
            return node.Value;
        }

        return null;
    }

    private static Entry EntryOf(MessageQueue queue, Incoming message, long sequence, long now)
    {
        var enqueued = Math.Max(now, message.ScheduledFor ?? now);
        var longest = queue.Options.DefaultMessageTimeToLive == TimeSpan.MaxValue
            ? long.MaxValue
            : (long)queue.Options.DefaultMessageTimeToLive.TotalMilliseconds;
        var life = Math.Min(message.TimeToLive ?? long.MaxValue, longest);
        var entry = new Entry(sequence, enqueued, life == long.MaxValue ? long.MaxValue : enqueued + life)
        {
            Content = message.Content,
            State = enqueued > now ? EntryState.Scheduled : EntryState.Ready,
        };
        return entry;
    }

    private void Keep(MessageQueue queue, List<Entry> stored, List<(string MessageId, long At)> seen, Exception? failure)
    {
        lock (gate)
        {
            if (failure is not null)
            {
                foreach (var (messageId, _) in seen) queue.Forget(messageId);
                return;
            }

            foreach (var entry in stored)
            {
                var size = entry.Content!.Size;
                if (cached + size > options.ContentCacheInBytes) entry.Content = null;
                else cached += size;
                if (entry.State == EntryState.Scheduled && entry.Enqueued <= Now) entry.State = EntryState.Ready;
                queue.Add(entry);
            }

            Watch(queue);
        }

        changed.Raise();
    }

    private void HandOver(MessageQueue queue, List<(DeliveryLink Link, Entry Entry)> handed, Exception? failure)
    {
        foreach (var (link, entry) in handed)
        {
            if (failure is not null)
            {
                link.Unreserve();
                OfferLater(queue, entry);
                continue;
            }

            var content = ContentOf(entry);
            var source = queue.IsDeadLetter ? queue.Options.Name : null;
            var left = content is not null &&
                link.Deliver(entry.Token, MessageCodec.Compose(
                    entry, content, source, link.IsSettledOnSend ? null : OnTheWall(entry.LockedUntil), EntryState.Ready));
            if (link.IsSettledOnSend) Forget(queue, entry);
            else if (!left) Release(queue, entry.Token, static _ => { });
        }

        if (failure is null) Pump(queue);
        changed.Raise();
    }

    // Nothing could be stored, so it never left: it is offered again in a while, and that it wasn't counts as nobody's failure.
    private void OfferLater(MessageQueue queue, Entry entry)
    {
        lock (gate)
        {
            if (entry.State == EntryState.Locked) queue.Take(entry);
            entry.Token = Guid.NewGuid();
            entry.LockedUntil = LockNow + (long)RestsFor.TotalMilliseconds;
            entry.IsResting = true;
            queue.Place(entry, EntryState.Locked);
            Watch(queue);
        }
    }
}
