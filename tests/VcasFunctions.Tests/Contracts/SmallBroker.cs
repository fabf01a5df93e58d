using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;

namespace VcasFunctions.Tests.Contracts;

/// <summary>
/// Two queues in memory behind AMQPNetLite's listener: just enough of a broker to see what the receiver says on the wire, and to
/// go away and come back on the same port.
/// </summary>
internal sealed class SmallBroker : IMessageProcessor, IDisposable
{
    private const string KeyName = "RootManageSharedAccessKey";
    private const string Key = "not-a-secret=";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Queue<(byte[] Body, string? ContentType, string? MessageId)> _waiting = new();
    private readonly Dictionary<ReceiveContext, (byte[], string?, string?)> _handedOver = [];
    private readonly List<(string Condition, string Reason, string Description)> _deadLetters = [];
    private readonly List<JsonObject> _answers = [];
    private TaskCompletionSource _changed = New();
    private ContainerHost? _host;
    private int _settled;
    private int _givenBack;
    private int _answersToRefuse;
    private Source? _source;

    public SmallBroker()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
    }

    public int Port { get; }

    public string ConnectionString => $"Endpoint=sb://127.0.0.1:{Port}/;SharedAccessKeyName={KeyName};SharedAccessKey={Key};UseDevelopmentEmulator=true";

    int IMessageProcessor.Credit => 20;

    /// <summary>Messages accepted by the receiver.</summary>
    public int Settled { get { lock (_lock) return _settled; } }

    /// <summary>Messages that the receiver released while its link still stood.</summary>
    public int GivenBack { get { lock (_lock) return _givenBack; } }

    /// <summary>Messages handed over and neither settled nor given back.</summary>
    public int Locked { get { lock (_lock) return _handedOver.Count; } }

    public IReadOnlyList<(string Condition, string Reason, string Description)> DeadLetters { get { lock (_lock) return [.. _deadLetters]; } }

    public IReadOnlyList<JsonObject> Answers { get { lock (_lock) return [.. _answers]; } }

    public IReadOnlyList<string> AnswerIds => [.. Answers.Select(a => (string)a["id"]!)];

    public void Start()
    {
        var host = new ContainerHost(new List<string> { $"amqp://127.0.0.1:{Port}" });
        host.Listeners[0].SASL.EnablePlainMechanism(KeyName, Key);
        _source = new Source(this);
        host.RegisterMessageSource("referrals", _source);
        host.RegisterMessageProcessor("referral-answers", this);
        host.Open();
        _host = host;
    }

    public void Stop()
    {
        _source?.Close();
        _host?.Close();
        _host = null;
        lock (_lock)
        {
            // Locks end with the broker: what was handed over and not settled waits again.
            foreach (var message in _handedOver.Values) _waiting.Enqueue(message);
            _handedOver.Clear();
        }
    }

    public void Send(JsonObject cloudEvent, string? contentType = "application/cloudevents+json") =>
        Send(Encoding.UTF8.GetBytes(cloudEvent.ToJsonString()), contentType, (string?)cloudEvent["id"]);

    public void Send(byte[] body, string? contentType, string? messageId)
    {
        lock (_lock) _waiting.Enqueue((body, contentType, messageId));
        Changed();
    }

    /// <summary>Refuses so many answers before it takes one.</summary>
    public void RefuseAnswers(int count)
    {
        lock (_lock) _answersToRefuse = count;
    }

    public async Task UntilAsync(Func<bool> condition, string what)
    {
        using var bound = new CancellationTokenSource(Bound);
        while (true)
        {
            Task changed;
            lock (_lock) changed = _changed.Task;
            if (condition()) return;
            try
            {
                await changed.WaitAsync(bound.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Waited {Bound.TotalSeconds} s for {what}. Settled {Settled}, dead letters {DeadLetters.Count}, answers {string.Join(", ", AnswerIds)}");
            }
        }
    }

    void IMessageProcessor.Process(MessageContext messageContext)
    {
        lock (_lock)
        {
            if (_answersToRefuse > 0)
            {
                _answersToRefuse--;
                messageContext.Complete(new Error(ErrorCode.ResourceLimitExceeded));
                return;
            }

            _answers.Add(JsonNode.Parse((byte[])messageContext.Message.Body)!.AsObject());
            Assert.Equal((string)_answers[^1]["id"]!, messageContext.Message.Properties.MessageId);
            Assert.Equal("application/cloudevents+json", messageContext.Message.Properties.ContentType);
        }

        messageContext.Complete();
        Changed();
    }

    public void Dispose() => Stop();

    private void Settle(ReceiveContext context, DeliveryState state)
    {
        lock (_lock)
        {
            if (!_handedOver.Remove(context, out var message)) return;
            if (state is Accepted) _settled++;
            else if (state is Rejected { Error: { } error })
                _deadLetters.Add((error.Condition, (string)error.Info[(Symbol)"DeadLetterReason"], (string)error.Info[(Symbol)"DeadLetterErrorDescription"]));
            else
            {
                _givenBack++;
                _waiting.Enqueue(message);
            }
        }

        Changed();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Changed()
    {
        lock (_lock)
        {
            _changed.TrySetResult();
            _changed = New();
        }
    }

    /// <summary>The queue as one start of the broker sees it: after a stop, what still waits in it gets nothing more.</summary>
    private sealed class Source(SmallBroker broker) : IMessageSource
    {
        private volatile bool _closed;

        public void Close() => _closed = true;

        public async Task<ReceiveContext> GetMessageAsync(ListenerLink link)
        {
            while (true)
            {
                Task changed;
                lock (broker._lock)
                {
                    changed = broker._changed.Task;
                    if (!_closed && !link.IsClosed && broker._waiting.TryDequeue(out var next))
                    {
                        var message = new Message
                        {
                            BodySection = new Data { Binary = next.Body },
                            Properties = new Properties { MessageId = next.MessageId, ContentType = next.ContentType },
                        };
                        var context = new ReceiveContext(link, message);
                        broker._handedOver[context] = next;
                        broker.Changed();
                        return context;
                    }
                }

                await changed;
            }
        }

        public void DisposeMessage(ReceiveContext receiveContext, DispositionContext dispositionContext)
        {
            // A lock outlives its link, as on Service Bus: what the library releases by itself when a link closes stays locked.
            var link = receiveContext.Link;
            if (!link.IsClosed && !link.Session.IsClosed && !link.Session.Connection.IsClosed) broker.Settle(receiveContext, dispositionContext.DeliveryState);
            dispositionContext.Complete();
        }
    }
}
