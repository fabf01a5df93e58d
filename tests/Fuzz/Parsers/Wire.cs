using System.Net;
using System.Net.Sockets;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using CsCheck;
using LocalAzure.ServiceBus;
using LocalAzure.Storage;
using Microsoft.Extensions.Time.Testing;
using VcasReceiver;

namespace Fuzz.Parsers;

/// <summary>AMQP as it comes over the broker's socket, and connection strings.</summary>
internal static class Wire
{
    private static readonly byte[][] Described =
    [
        [0x00, 0x53, 0x75], [0x00, 0x53, 0x15], [0xc0, 0xff, 0xff], [0xd0, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x7f], [0xd1], [0xe0],
        [0xf0], [0xa1, 0x05], [0xb0, 0xff, 0xff, 0xff, 0xff], [0x40], [0x45],
            [0x00, 0x53, 0x74, 0x40], [0x00, 0x53, 0x75, 0xb0, 0x80, 0x00, 0x00, 0x00], [0x00, 0x53, 0x77, 0xb0, 0x80, 0x00, 0x00, 0x00],
    ];
    private static readonly Gen<byte[]> MessageBytes = Mutations.Bytes(WireExamples.Messages(), Described);
    private static readonly Lazy<(Engine Engine, MessageQueue Queue)> Broker = new(StartBroker);

    public static readonly IReadOnlyList<Parser> Parsers =
    [
        Parser.Of("amqp-message", Gen.Select(MessageBytes, Gen.Bool), input =>
        {
            var (bytes, isBatch) = input;
            try
            {
                foreach (var message in MessageCodec.Parse(bytes, isBatch ? MessageCodec.BatchFormat : 0))
                {
                    MessageCodec.Compose(
                        new Entry(1, 0, long.MaxValue), message.Content, "referrals", lockedUntil: DateTime.UnixEpoch, EntryState.Locked);
                    MessageCodec.WithApplicationProperties(message.Content, [new("DeadLetterReason", "malformed")]);
                }
            }
            catch (AmqpException refused) when (refused.Error.Condition.Equals((Symbol)ErrorCode.DecodeError))
            {
                // What the sender is told.
            }
        }),
        Parser.Of(
            "amqp-frame",
            Mutations.Bytes(WireExamples.Frames(), Described).Where(frame => frame.Length >= 8),
            frame => FrameRepair.Repair(frame)),
        Parser.Of("amqp-transport", Mutations.Bytes([.. WireExamples.Frames(), "AMQP\0\u0001\0\0"u8.ToArray()], Described), Receive),
        Parser.Of("amqp-management", Mutations.Bytes(WireExamples.Requests(), Described), Manage),
        Parser.Of(
            "connection-string",
            Mutations.Texts(
                [
                    "Endpoint=sb://127.0.0.1:5672;SharedAccessKeyName=local;SharedAccessKey=a2V5;UseDevelopmentEmulator=true",
                    "Endpoint=sb://example.servicebus.windows.net/;EntityPath=referrals",
                ],
                ";",
                "=",
                "sb://",
                "[::1]",
                "Endpoint="),
            text =>
            {
                try
                {
                    BusAddress.Parse(text, "referrals", "referral-answers");
                }
                catch (BadSettingException)
                {
                    // What stops the receiver's start.
                }
            }),
    ];

    // Whatever comes over the socket, no more is handed on than came, and a frame that can't be one ends the connection.
    private static void Receive(byte[] bytes)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        peer.Connect(listener.LocalEndPoint!);
        using var socket = listener.Accept();
        var sending = Task.Run(() =>
        {
            try
            {
                peer.Send(bytes);
                peer.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException)
            {
                // Hung up on.
            }
        });
        var transport = new LoopbackTransport(socket);
        var target = new byte[4096];
        var handedOn = 0;
        for (int count; (count = transport.ReceiveAsync(target, 0, target.Length).GetAwaiter().GetResult()) > 0;) handedOn += count;
        transport.Close();
        sending.GetAwaiter().GetResult();
        if (handedOn > bytes.Length) throw new InvalidDataException($"{handedOn} bytes were handed on of {bytes.Length}.");
    }

    private static void Manage(byte[] bytes)
    {
        Message request;
        try
        {
            request = MessageCodec.DecodeRequest(bytes);
        }
        catch (AmqpException refused) when (refused.Error.Condition.Equals((Symbol)ErrorCode.DecodeError))
        {
            return;
        }

        using var answered = new ManualResetEventSlim();
        var (engine, queue) = Broker.Value;
        ManagementRequest.Handle(engine, queue, request, (_, _, _) => answered.Set());
        if (!answered.Wait(TimeSpan.FromSeconds(10))) throw new TimeoutException("The request was never answered.");
    }

    private static (Engine Engine, MessageQueue Queue) StartBroker()
    {
        var options = new BrokerOptions();
        options.Queues.Add(new QueueOptions("referrals"));
        var store = LocalStore.Open(Path.Combine(Path.GetTempPath(), "fuzz-" + Guid.NewGuid().ToString("N"), "bus.db"), Durability.Process);
        var engine = new Engine(store, new FakeTimeProvider(Given.Monday), options);
        engine.LoadAsync().GetAwaiter().GetResult();
        return (engine, engine.Find("referrals")!);
    }
}
