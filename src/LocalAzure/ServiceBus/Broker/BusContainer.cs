using System.Security.Cryptography.X509Certificates;
using Amqp;
using Amqp.Framing;
using Amqp.Handler;
using Amqp.Listener;

namespace LocalAzure.ServiceBus;

/// <summary>
/// Where links attach: queues and their dead-letter queues, <c>$cbs</c>, and each queue's <c>$management</c>. Built on the
/// library's container host for the attaching alone; messages stay bytes.
/// </summary>
internal sealed class BusContainer : IContainer, ILinkProcessor, IHandler
{
    private readonly IContainer host;
    private readonly Engine engine;
    private readonly BrokerOptions options;
    private readonly RequestNodes requests;

    public BusContainer(Engine engine, BrokerOptions options, TransportProvider transports)
    {
        (this.engine, this.options) = (engine, options);
        requests = new RequestNodes(engine);
        CustomTransports = new Dictionary<string, TransportProvider>(StringComparer.Ordinal) { [LoopbackListener.Scheme] = transports };
        var containerHost = new ContainerHost([new Address("127.0.0.1", 1, scheme: LoopbackListener.Scheme)]);
        containerHost.RegisterLinkProcessor(this);
        host = containerHost;
    }

    public X509Certificate2? ServiceCertificate => null;

    public IDictionary<string, TransportProvider> CustomTransports { get; }

    public Message CreateMessage(ByteBuffer buffer) => new RawMessage(MessageCodec.Bytes(buffer));

    public Link CreateLink(ListenerConnection connection, ListenerSession session, Attach attach) =>
        host.CreateLink(connection, session, attach);

    public bool AttachLink(ListenerConnection connection, ListenerSession session, Link link, Attach attach) =>
        host.AttachLink(connection, session, link, attach);

    public bool CanHandle(EventId id) => id == EventId.SendDelivery;

    public void Handle(Event protocolEvent)
    {
        if (protocolEvent.Context is IDelivery { Message: TaggedMessage tagged } delivery) delivery.Tag = tagged.Tag;
    }

    public void Process(AttachContext attachContext)
    {
        var (link, attach) = (attachContext.Link, attachContext.Attach);
        var address = attach.Role ? (attach.Source as Source)?.Address : (attach.Target as Target)?.Address;
        if (requests.TryAttach(attachContext, address)) return;
        if (engine.Find(address) is not { } queue)
        {
            attachContext.Complete(Errors.Of(ErrorCode.NotFound, $"The messaging entity '{address}' could not be found."));
            return;
        }

        if (link.Role)
        {
            if (queue.IsDeadLetter)
            {
                attachContext.Complete(Errors.Of(ErrorCode.NotAllowed, "Nothing can be sent to a dead-letter queue."));
                return;
            }

            attach.MaxMessageSize = (ulong)options.MaxMessageSizeInBytes;
            attachContext.Complete(new SendLink(engine, queue, options.MaxMessageSizeInBytes), SendLink.Credit);
            return;
        }

        var delivery = new DeliveryLink(engine, queue, link);
        engine.Attach(delivery);
        attachContext.Complete(delivery, 0);
    }
}
