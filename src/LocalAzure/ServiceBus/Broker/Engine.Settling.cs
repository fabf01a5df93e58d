using Amqp;
using Amqp.Framing;
using LocalAzure.Storage;

namespace LocalAzure.ServiceBus;

// What receivers say of the messages that they hold: done, again, never, or not yet.
internal sealed partial class Engine
{
    /// <summary>Removes a locked message for good; false when its lock is lost.</summary>
    public bool Complete(MessageQueue queue, Guid token, Action<Exception?> answer)
    {
        lock (gate)
        {
            if (queue.FindLocked(token, LockNow) is not { } entry) return false;
            queue.Take(entry);
            Journal.Append(connection => QueueTable.Delete(connection, entry.Sequence), failure =>
            {
                if (failure is null) Forget(queue, entry);
                else PutBack(queue, entry);
                answer(failure);
            });
            return true;
        }
    }

    /// <summary>Gives a locked message back, having failed once more; false when its lock is lost.</summary>
    public bool Abandon(MessageQueue queue, Guid token, IReadOnlyList<KeyValuePair<string, object?>> properties, Action<Exception?> answer)
    {
        lock (gate)
        {
            if (queue.FindLocked(token, LockNow) is not { } entry) return false;
            GiveBack(queue, entry, failed: true, properties, answer);
            return true;
        }
    }

    /// <summary>Gives back a locked message that its receiver never read; false when its lock is lost.</summary>
    public bool Release(MessageQueue queue, Guid token, Action<Exception?> answer)
    {
        lock (gate)
        {
            if (queue.FindLocked(token, LockNow) is not { } entry) return false;
            GiveBack(queue, entry, failed: false, [], answer);
            return true;
        }
    }

    /// <summary>Moves a locked message to the dead-letter queue; false when its lock is lost.</summary>
    public bool Bury(MessageQueue queue, Guid token, IReadOnlyList<KeyValuePair<string, object?>> properties, Action<Exception?> answer)
    {
        lock (gate)
        {
            if (queue.FindLocked(token, LockNow) is not { } entry) return false;
            if (queue.IsDeadLetter) GiveBack(queue, entry, failed: true, properties, answer);
            else Bury(queue, entry, properties, answer);
            return true;
        }
    }

    /// <summary>Lengthens a lock to a whole duration from now; false when it is lost.</summary>
    public bool Renew(MessageQueue queue, Guid token, Action<DateTime, Exception?> answer)
    {
        lock (gate)
        {
            var now = LockNow;
            if (queue.FindLocked(token, now) is not { } entry) return false;
            var until = now + (long)queue.Options.LockDuration.TotalMilliseconds;
            if (until != entry.LockedUntil)
            {
                entry.LockedUntil = until;
                queue.WatchLock(entry);
            }

            Watch(queue);
            Journal.Append(
                connection => QueueTable.Lock(connection, entry.Sequence, until, token),
                failure => answer(OnTheWall(until), failure));
            return true;
        }
    }

    private void GiveBack(
        MessageQueue queue, Entry entry, bool failed, IReadOnlyList<KeyValuePair<string, object?>> properties, Action<Exception?> answer)
    {
        if (failed) entry.Failures++;
        if (failed && !queue.IsDeadLetter && entry.Failures >= queue.Options.MaxDeliveryCount)
        {
            Bury(queue, entry, [
                new("DeadLetterReason", "MaxDeliveryCountExceeded"),
                new("DeadLetterErrorDescription", $"Message could not be consumed after {entry.Failures} delivery attempts."),
                .. properties], answer);
            return;
        }

        var content = properties.Count == 0 ? null : Rewrite(entry, properties);
        queue.Take(entry);
        var failures = entry.Failures;
        Journal.Append(
            connection =>
            {
                QueueTable.Unlock(connection, entry.Sequence, failures);
                if (content is not null) QueueTable.Rewrite(connection, store.EncryptionAtRest, entry.Sequence, content);
            },
            failure =>
            {
                lock (gate)
                {
                    if (failure is null) queue.Place(entry, EntryState.Ready);
                    Watch(queue);
                }

                if (failure is not null) PutBack(queue, entry);
                answer(failure);
                Pump(queue);
                changed.Raise();
            });
    }

    /// <summary>
    /// What couldn't be stored hasn't happened: the message is held for as long as its lock lasts, and then comes
    /// again, as the file has it.
    /// </summary>
    private void PutBack(MessageQueue queue, Entry entry)
    {
        lock (gate)
        {
            cached -= entry.Content?.Size ?? 0;
            entry.Content = null;
            // One that has expired would be set aside again at once, and so without an end.
            if (entry.LockedUntil > LockNow) queue.Place(entry, EntryState.Locked);
            else if (entry.Expires <= Now && !queue.IsDeadLetter) OfferLater(queue, entry);
            else queue.Place(entry, EntryState.Ready);
            Watch(queue);
        }

        changed.Raise();
    }

    private void Bury(
        MessageQueue queue, Entry entry, IReadOnlyList<KeyValuePair<string, object?>> properties, Action<Exception?> answer)
    {
        var content = Rewrite(entry, properties);
        if (queue.ForwardTo is { } target)
        {
            Forward(queue, entry, target, content, answer);
            return;
        }

        var failures = entry.Failures;
        queue.Take(entry);
        Journal.Append(
            connection => QueueTable.MoveToDeadLetter(connection, store.EncryptionAtRest, entry.Sequence, failures, content), failure =>
        {
            var dead = queue.DeadLetter!;
            if (failure is null)
            {
                lock (gate)
                {
                    queue.Remove(entry);
                    dead.Add(new Entry(entry.Sequence, entry.Enqueued, long.MaxValue) { Failures = failures, Content = entry.Content });
                    Watch(dead);
                }
            }
            else
            {
                PutBack(queue, entry);
            }

            answer(failure);
            Pump(dead);
            changed.Raise();
        });
    }

    // As the service has it: a new message of the other queue, with a number, a time and a count of deliveries of its own.
    private void Forward(MessageQueue queue, Entry entry, MessageQueue target, Content content, Action<Exception?> answer)
    {
        var message = new Incoming(
            MessageCodec.PutAsideIn(content, queue.Options.Name), MessageId: null, TimeToLive: null, ScheduledFor: null);
        var forwarded = EntryOf(target, message, ++lastSequence, Now);
        queue.Take(entry);
        Journal.Append(
            connection =>
            {
                QueueTable.Delete(connection, entry.Sequence);
                QueueTable.Insert(connection, store.EncryptionAtRest, target.Id, forwarded);
            },
            failure =>
            {
                lock (gate)
                {
                    if (failure is null) Forget(queue, entry);
                    else PutBack(queue, entry);
                    Keep(target, [forwarded], [], failure);
                }

                answer(failure);
                Pump(target);
            });
    }

    private Content Rewrite(Entry entry, IReadOnlyList<KeyValuePair<string, object?>> properties)
    {
        var content = ContentOf(entry) ?? throw new AmqpException(ErrorCode.NotFound, "The message has no content any more.");
        var changedContent = MessageCodec.WithApplicationProperties(content, properties);
        if (entry.Content is { } old)
        {
            cached += changedContent.Size - old.Size;
            entry.Content = changedContent;
        }

        return changedContent;
    }
}
