using System.Collections.Concurrent;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace LocalAzure.ServiceBus;

/// <summary>
/// The request-and-reply nodes: <c>$cbs</c>, which takes every token (the broker listens on loopback only), and the
/// <c>$management</c> of each queue. A client attaches a pair of links; replies go to the link that its requests name.
/// </summary>
internal sealed class RequestNodes(Engine engine)
{
    private const string Cbs = "$cbs";
    private const string Management = "/$management";

    private readonly ConcurrentDictionary<(Connection Connection, string Node, string ReplyTo), ReplyLink> replies = new();

    /// <summary>Attaches the link if the address is such a node's.</summary>
    public bool TryAttach(AttachContext context, string? address)
    {
        if (address is null) return false;
        var isCbs = string.Equals(address, Cbs, StringComparison.OrdinalIgnoreCase);
        var isManagement = address.EndsWith(Management, StringComparison.OrdinalIgnoreCase);
        if (!isCbs && !isManagement) return false;
        var queue = isManagement ? engine.Find(address[..^Management.Length]) : null;
        if (isManagement && queue is null)
        {
            context.Complete(Errors.Of(ErrorCode.NotFound, $"The messaging entity '{address}' could not be found."));
            return true;
        }

        var connection = context.Link.Session.Connection;
        if (context.Link.Role)
        {
            context.Complete(new RequestLink(request => Dispatch(connection, address, queue, request)), 200);
            return true;
        }

        var names = new HashSet<string>(StringComparer.Ordinal) { context.Attach.LinkName };
        if ((context.Attach.Target as Target)?.Address is { Length: > 0 } target) names.Add(target);
        var reply = new ReplyLink(context.Link, closed =>
        {
            foreach (var name in names) replies.TryRemove(new((connection, address, name), closed));
        });
        foreach (var name in names) replies[(connection, address, name)] = reply;
        context.Complete(reply, 0);
        return true;
    }

    private void Dispatch(Connection connection, string address, MessageQueue? queue, Message request)
    {
        if (request.Properties?.ReplyTo is not { } replyTo || !replies.TryGetValue((connection, address, replyTo), out var link)) return;
        if (queue is null)
        {
            Reply(new Message { ApplicationProperties = Status("status-code", "status-description", 200, "OK") });
            return;
        }

        ManagementRequest.Handle(engine, queue, request, (code, body, condition) =>
        {
            var properties = Status("statusCode", "statusDescription", code, condition ?? "OK");
            if (condition is not null) properties["errorCondition"] = new Amqp.Types.Symbol(condition);
            Reply(new Message { ApplicationProperties = properties, BodySection = new AmqpValue { Value = body } });
        });

        void Reply(Message reply)
        {
            reply.Properties = new Properties();
            reply.Properties.SetCorrelationId(request.Properties.GetMessageId());
            link.Send(reply);
        }
    }

    private static ApplicationProperties Status(string codeName, string descriptionName, int code, string description) =>
        new() { [codeName] = code, [descriptionName] = description };

    private sealed class RequestLink(Action<Message> dispatch) : LinkEndpoint
    {
        public override void OnMessage(MessageContext messageContext)
        {
            Message request;
            try
            {
                request = MessageCodec.DecodeRequest(((RawMessage)messageContext.Message).Bytes);
            }
            catch (AmqpException failure)
            {
                messageContext.Complete(failure.Error);
                return;
            }

            messageContext.Complete();
            dispatch(request);
        }

        public override void OnFlow(FlowContext flowContext)
        {
        }

        public override void OnDisposition(DispositionContext dispositionContext)
        {
        }
    }

    private sealed class ReplyLink(ListenerLink link, Action<ReplyLink> closed) : LinkEndpoint
    {
        private readonly Lock gate = new();
        private readonly Queue<Message> waiting = new();
        private int sending;

        public void Send(Message reply)
        {
            lock (gate)
            {
                waiting.Enqueue(reply);
            }

            Flush();
        }

        public override void OnFlow(FlowContext flowContext)
        {
            Flush();
        }

        public override void OnDisposition(DispositionContext dispositionContext)
        {
            if (!link.IsClosed) dispositionContext.Complete();
        }

        public override void OnLinkClosed(ListenerLink closedLink, Error error) => closed(this);

        private void Flush()
        {
            while (true)
            {
                Message? reply;
                lock (gate)
                {
                    if (LinkCredit.Of(link) <= sending || !waiting.TryDequeue(out reply)) return;
                    sending++;
                }

                try
                {
                    link.SendMessage(reply);
                }
                catch (Exception failure) when (failure is AmqpException or ObjectDisposedException)
                {
                    // Whoever asked is gone.
                    return;
                }
                finally
                {
                    lock (gate) sending--;
                }
            }
        }
    }
}
