using System.Runtime.CompilerServices;
using Amqp;
using Amqp.Framing;

namespace Azure.Messaging.ServiceBus;

/// <summary>
/// A receiving link that asks for exactly as many messages as are wanted, and takes back what it asked for when nobody waits
/// any more: a message must not be locked for a receiver that has gone home.
/// </summary>
internal sealed class CreditedLink
{
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DrainGlance = TimeSpan.FromMilliseconds(1);

    private readonly Lock gate = new();
    private readonly Queue<Message> buffer = new();
    private readonly string entity;
    private TaskCompletionSource? arrival;
    private int outstanding;

    public CreditedLink(ReceiverLink link, string entity)
    {
        Link = link;
        this.entity = entity;
        link.AddClosedCallback((_, _) => Wake());

        // No credit yet: this names the callback.
        link.Start(0, OnMessage);
    }

    public ReceiverLink Link { get; }

    public bool IsClosed => Link.IsClosed;

    /// <summary>
    /// Gives up to so many messages as soon as there is one, or none after the wait. One caller at a time.
    /// </summary>
    /// <param name="most">How many at most.</param>
    /// <param name="wait">How long to wait for the first; real time.</param>
    /// <param name="ahead">Messages to have asked for beyond that; when above nothing, what was asked for isn't taken back.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<List<Message>> ReceiveAsync(int most, TimeSpan wait, int ahead, CancellationToken cancellation)
    {
        try
        {
            var waited = Ask(Math.Max(most, ahead));
            if (waited is not null) await waited.WaitAsync(wait, TimeProvider.System, cancellation);
        }
        catch (TimeoutException)
        {
            // Nothing came: that is an answer.
        }
        finally
        {
            if (ahead == 0 || cancellation.IsCancellationRequested) await DrainAsync();
        }

        var taken = new List<Message>();
        lock (gate)
        {
            if (buffer.Count == 0 && Link.IsClosed) throw Failures.Of(Link.Error, entity);
            while (taken.Count < most && buffer.TryDequeue(out var message)) taken.Add(message);
        }

        // A message that arrived just as the rest was being taken back was counted twice, and one more has come for it.
        if (ahead == 0) GiveBack();
        return taken;
    }

    /// <summary>Takes back what was asked for and gives back what came, then closes.</summary>
    public async Task CloseAsync()
    {
        await DrainAsync();
        GiveBack();
        await BusConnection.CloseQuietlyAsync(Link);
        await BusConnection.CloseQuietlyAsync(Link.Session);
    }

    private void GiveBack()
    {
        while (true)
        {
            Message? unread;
            lock (gate)
            {
                if (!buffer.TryDequeue(out unread)) break;
            }

            try
            {
                Link.Release(unread);
            }
            catch (AmqpException)
            {
                // The link is gone: the lock runs out.
            }
        }
    }

    /// <summary>Asks for what is missing of so many; null when something is there already.</summary>
    private Task? Ask(int wanted)
    {
        int more;
        TaskCompletionSource? wait;
        lock (gate)
        {
            more = wanted - outstanding - buffer.Count;
            if (more > 0) outstanding += more;
            arrival = wait = buffer.Count > 0 || Link.IsClosed ? null : new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (more > 0) Link.SetCredit(more, CreditMode.Manual);
        if (Link.IsClosed) Wake();
        return wait?.Task;
    }

    private async Task DrainAsync()
    {
        int left;
        lock (gate) left = outstanding;
        if (left == 0 || Link.IsClosed) return;
        Link.SetCredit(left, CreditMode.Drain);
        var started = TimeProvider.System.GetTimestamp();
        while (IsDraining && !Link.IsClosed)
        {
            if (TimeProvider.System.GetElapsedTime(started) > DrainPatience)
            {
                // The peer doesn't know how: without the link, it can't send what nobody waits for.
                await BusConnection.CloseQuietlyAsync(Link);
                break;
            }

            await Task.Delay(DrainGlance, TimeProvider.System);
        }

        lock (gate) outstanding = 0;
    }

    // The library knows when a drain is over but tells nobody.
    private bool IsDraining => DrainOf(Link) && CreditOf(Link) > 0;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "drain")]
    private static extern ref bool DrainOf(ReceiverLink link);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "credit")]
    private static extern ref int CreditOf(ReceiverLink link);

    private void OnMessage(IReceiverLink link, Message message)
    {
        lock (gate)
        {
            if (outstanding > 0) outstanding--;
            buffer.Enqueue(message);
        }

        Wake();
    }

    private void Wake()
    {
        TaskCompletionSource? waiting;
        lock (gate) (waiting, arrival) = (arrival, null);
        waiting?.TrySetResult();
    }
}
