using System.Runtime.CompilerServices;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;

namespace LocalAzure.ServiceBus;

/// <summary>A message's bytes as they came over the wire; nothing else of it is decoded.</summary>
internal sealed class RawMessage(byte[] bytes) : Message
{
    public byte[] Bytes { get; } = bytes;
}

/// <summary>A message under way to a receiver; its delivery tag is the lock token.</summary>
internal sealed class TaggedMessage(Guid token) : Message
{
    public byte[] Tag { get; } = token.ToByteArray();
}

/// <summary>Takes what a sender sends. It is accepted after the commit, and refused with a reason otherwise.</summary>
internal sealed class SendLink(Engine engine, MessageQueue queue, int largest) : LinkEndpoint
{
    public const int Credit = 1_000;

    public override void OnMessage(MessageContext messageContext)
    {
        var raw = (RawMessage)messageContext.Message;
        if (raw.Bytes.Length > largest)
        {
            messageContext.Complete(Errors.Of(ErrorCode.MessageSizeExceeded, $"The message is larger than {largest} bytes."));
            return;
        }

        List<Incoming> messages;
        try
        {
            messages = MessageCodec.Parse(raw.Bytes, raw.Format);
        }
        catch (AmqpException refused)
        {
            messageContext.Complete(refused.Error);
            return;
        }

        engine.Send(queue, messages, (_, failure) =>
        {
            if (failure is null) messageContext.Complete();
            else messageContext.Complete(Errors.Of(ErrorCode.InternalError, "The message could not be stored."));
        });
    }

    public override void OnFlow(FlowContext flowContext)
    {
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
    }
}

/// <summary>Hands messages to a receiver and takes back what it decides about them.</summary>
internal sealed class DeliveryLink(Engine engine, MessageQueue queue, ListenerLink link) : LinkEndpoint
{
    private readonly Lock gate = new();

    // Before anything was sent the window is what the peer opened the session with.
    private readonly bool isWindowOpen = SessionWindow.Of(link.Session) > int.MaxValue;

    // Messages whose locks are being committed; each will use one credit.
    private int reserved;
    private bool drainWanted;

    public MessageQueue Queue { get; } = queue;

    /// <summary>Whether messages leave settled: the receive-and-delete mode.</summary>
    public bool IsSettledOnSend => link.SettleOnSend;

    public bool HasCredit
    {
        get
        {
            lock (gate) return LinkCredit.Of(link) > reserved && !drainWanted && !link.IsClosed;
        }
    }

    /// <summary>Takes one credit for a message whose lock is being committed.</summary>
    public void Reserve()
    {
        lock (gate) reserved++;
    }

    /// <summary>Gives a credit back, for the message's lock couldn't be stored.</summary>
    public void Unreserve()
    {
        lock (gate) reserved--;
        FinishDrain();
    }

    /// <summary>Sends a message for which a credit was reserved; false when the link is gone.</summary>
    public bool Deliver(Guid token, ByteBuffer message)
    {
        var left = false;
        try
        {
            if (!link.IsClosed)
            {
                if (isWindowOpen) SessionWindow.Open(link.Session);
                link.SendMessage(new TaggedMessage(token), message);
                left = true;
            }
        }
        catch (Exception failure) when (failure is AmqpException or ObjectDisposedException or InvalidOperationException)
        {
            // The peer went away between the look and the send: the message goes back.
        }

        Unreserve();
        return left;
    }

    public override void OnFlow(FlowContext flowContext)
    {
        engine.Pump(Queue);
        if (!link.IsDraining) return;
        lock (gate) drainWanted = true;
        FinishDrain();
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
        // When a link closes, what it never settled arrives here as released. Its receiver may still be at work on it.
        if (link.IsClosed || link.Session.IsClosed
            || link.Session.Connection.IsClosed || dispositionContext.Message.DeliveryTag is not { Length: 16 } tag)
            return;
        var token = new Guid(tag);
        var known = dispositionContext.DeliveryState switch
        {
            Accepted => engine.Complete(Queue, token, Answer),
            Rejected rejected => engine.Bury(Queue, token, Reasons(rejected.Error), Answer),
            Modified { UndeliverableHere: true } => Refuse(ErrorCode.NotImplemented, "Messages can't be deferred here."),
            Modified modified => engine.Abandon(Queue, token, Properties(modified.MessageAnnotations), Answer),
            Released => engine.Release(Queue, token, Answer),
            _ => true,
        };
        if (!known)
            Refuse(Engine.LockLost, "The lock supplied is invalid. Either the lock expired, or the message has already been removed.");

        void Answer(Exception? failure)
        {
            if (failure is null) dispositionContext.Complete();
            else dispositionContext.Complete(Errors.Of(ErrorCode.InternalError, "The settlement could not be stored."));
        }

        bool Refuse(string condition, string description)
        {
            dispositionContext.Complete(Errors.Of(condition, description));
            return true;
        }
    }

    public override void OnLinkClosed(ListenerLink closed, Error error) => engine.Detach(this);

    public static IReadOnlyList<KeyValuePair<string, object?>> Properties(Map? map) =>
        map is null ? [] : [.. map.Select(static pair => new KeyValuePair<string, object?>(pair.Key.ToString()!, pair.Value))];

    private static IReadOnlyList<KeyValuePair<string, object?>> Reasons(Error? error) => Properties(error?.Info);

    /// <summary>
    /// Ends a drain once nothing is on its way. Some peers look for a flow that still says drain, others for one that
    /// doesn't any more, so both are sent.
    /// </summary>
    private void FinishDrain()
    {
        lock (gate)
        {
            if (!drainWanted || reserved > 0) return;
            drainWanted = false;
        }

        try
        {
            link.SetCredit(0, drain: true, autoRestore: false);
            link.CompleteDrain();
        }
        catch (AmqpException)
        {
            // The link is closing: there is nobody left to tell.
        }
    }
}

/// <summary>
/// How many messages a peer still takes. The library counts that right but shows it to nobody; a count kept beside it goes
/// wrong, for the library sets its own to nothing at a flow that adds nothing, and makes up for it at the next.
/// </summary>
internal static class LinkCredit
{
    /// <summary>The link's credit; below nothing while the library owes itself some.</summary>
    public static int Of(ListenerLink link) => unchecked((int)CreditOf(link));

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "credit")]
    private static extern ref uint CreditOf(ListenerLink link);
}

/// <summary>Refusals, as AMQP errors.</summary>
internal static class Errors
{
    public static Error Of(string condition, string description) => new(condition) { Description = description };
}

/// <summary>
/// How many transfers a peer's session still takes. Microsoft's client for .NET opens it with the largest number there is, and the library
/// adds to that. If the peer's flow comes while the library is still counting the message that it answers, the sum runs over and the window
/// is shut. The next message, locked by then, would stay in the library until another flow comes, and a peer that waits for the message
/// sends none.
/// </summary>
internal static class SessionWindow
{
    /// <summary>The window as the library counts it, transfers.</summary>
    public static uint Of(Session session) => WindowOf(session);

    /// <summary>Opens it as far as it goes: for a peer that never shuts it.</summary>
    public static void Open(Session session) => WindowOf(session) = uint.MaxValue;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "outgoingWindow")]
    private static extern ref uint WindowOf(Session session);
}
