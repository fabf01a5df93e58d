using Amqp;
using Amqp.Framing;
using LocalAzure.Storage;

namespace LocalAzure.ServiceBus;

// What happens by itself: locks run out, messages become visible or expire, old ones are purged.
internal sealed partial class Engine
{
    /// <summary>Removes ready messages that were enqueued before an instant; gives how many.</summary>
    public async Task<int> PurgeAsync(MessageQueue queue, DateTimeOffset olderThan)
    {
        List<Entry> old;
        Task written;
        lock (gate)
        {
            var limit = olderThan.ToUnixTimeMilliseconds();
            old = [.. queue.Entries.Where(entry => entry.State == EntryState.Ready && entry.Enqueued < limit)];
            foreach (var entry in old) queue.Take(entry);
            written = Journal.AppendAsync(connection =>
            {
                foreach (var entry in old) QueueTable.Delete(connection, entry.Sequence);
            });
        }

        try
        {
            await written;
        }
        catch
        {
            foreach (var entry in old) PutBack(queue, entry);
            throw;
        }

        foreach (var entry in old) Forget(queue, entry);
        return old.Count;
    }

    /// <summary>Does what is due: enqueues scheduled messages, ends locks, expires messages. Then waits for the next.</summary>
    public void Tick()
    {
        lock (gate)
        {
            var (now, lockNow) = (Now, LockNow);
            foreach (var queue in queues.Values)
            {
                if (queue.NextDue() > now && queue.NextLockEnd() > lockNow)
                {
                    Watch(queue);
                    continue;
                }

                foreach (var entry in queue.DueScheduled(now))
                {
                    queue.Take(entry);
                    queue.Place(entry, EntryState.Ready);
                }

                foreach (var entry in queue.DueLocks(lockNow)) GiveBack(queue, entry, failed: !entry.IsResting, [], static _ => { });
                foreach (var entry in queue.DueExpired(now)) Expire(queue, entry);
                Pump(queue);
                Watch(queue);
            }
        }

        changed.Raise();
    }

    /// <summary>Stops waiting for what is due; <see cref="Tick"/> starts again.</summary>
    public void Rest()
    {
        alarm.Clear();
        lockAlarm.Clear();
    }

    private void Expire(MessageQueue queue, Entry entry)
    {
        if (queue.Options.DeadLetteringOnMessageExpiration)
        {
            Bury(queue, entry, [
                new("DeadLetterReason", "TTLExpiredException"),
                new("DeadLetterErrorDescription", "The message expired and was dead lettered.")], static _ => { });
            return;
        }

        queue.Take(entry);
        Journal.Append(connection => QueueTable.Delete(connection, entry.Sequence), failure =>
        {
            if (failure is null) Forget(queue, entry);
            else PutBack(queue, entry);
        });
    }
}
