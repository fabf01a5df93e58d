using System.Collections.Concurrent;
using System.Globalization;
using Amqp;
using Amqp.Framing;

namespace Azure.Messaging.ServiceBus;

/// <summary>A pair of links to a node that answers requests; any number may be under way at once.</summary>
internal sealed class Requests
{
    private const int Credit = 500;

    private readonly ConcurrentDictionary<string, TaskCompletionSource<Message>> waiting = new(StringComparer.Ordinal);
    private readonly string replyTo = Guid.NewGuid().ToString("N");
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SenderLink sender;
    private readonly ReceiverLink receiver;
    private long lastId;
    private int attachedLinks;

    private Requests(Session session, string node)
    {
        sender = new SenderLink(
            session, $"{replyTo}-requests",
            new Attach { Source = new Source { Address = replyTo }, Target = new Target { Address = node } }, OnAttached);
        receiver = new ReceiverLink(
            session, $"{replyTo}-replies",
            new Attach { Source = new Source { Address = node }, Target = new Target { Address = replyTo } }, OnAttached);
        sender.AddClosedCallback((_, error) => OnClosed(error));
        receiver.AddClosedCallback((_, error) => OnClosed(error));
    }

    public bool IsClosed => sender.IsClosed || receiver.IsClosed;

    /// <summary>Attaches both links.</summary>
    /// <exception cref="ServiceBusException">The endpoint has no such node, or the connection broke.</exception>
    public static async Task<Requests> AttachAsync(Session session, string node, CancellationToken cancellation)
    {
        var requests = new Requests(session, node);
        try
        {
            await requests.opened.Task.WaitAsync(cancellation);
        }
        catch
        {
            await BusConnection.CloseQuietlyAsync(session);
            throw;
        }

        requests.receiver.Start(Credit, requests.OnReply);
        return requests;
    }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <exception cref="Exception">What the answer's error condition stands for.</exception>
    public async Task<Message> AskAsync(Message request, string entity, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref lastId).ToString(CultureInfo.InvariantCulture);
        request.Properties = new Properties { MessageId = id, ReplyTo = replyTo };
        var completion = new TaskCompletionSource<Message>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[id] = completion;
        try
        {
            if (IsClosed) throw Failures.Broken("The connection broke.", entity, inner: null);
            sender.Send(request, OnOutcome, (completion, entity));
            var reply = await completion.Task.WaitAsync(cancellation);
            return Checked(reply, entity);
        }
        finally
        {
            waiting.TryRemove(id, out _);
        }
    }

    public Task CloseAsync() => BusConnection.CloseQuietlyAsync(sender.Session);

    private static void OnOutcome(ILink link, Message message, Outcome outcome, object state)
    {
        // The answer comes as a message; only a request that was never taken ends here.
        var (completion, entity) = ((TaskCompletionSource<Message>, string))state;
        if (outcome is Rejected rejected) completion.TrySetException(Failures.Of(rejected.Error, entity));
        else if (outcome is not Accepted) completion.TrySetException(Failures.Of((Error?)null, entity));
    }

    private static Message Checked(Message reply, string entity)
    {
        var properties = reply.ApplicationProperties?.Map;
        var code = Convert.ToInt32(properties?["statusCode"] ?? properties?["status-code"] ?? 500, CultureInfo.InvariantCulture);
        if (code is >= 200 and < 300) return reply;
        var condition = properties?["errorCondition"]?.ToString() ?? code switch
        {
            401 or 403 => "amqp:unauthorized-access",
            404 => ErrorCode.NotFound,
            410 => BusConditions.LockLost,
            503 => "com.microsoft:server-busy",
            _ => ErrorCode.InternalError,
        };
        var description = properties?["statusDescription"] ?? properties?["status-description"];
        throw Failures.Of(new Error(condition) { Description = description?.ToString() }, entity);
    }

    private void OnAttached(ILink link, Attach attach)
    {
        if (attach.Source is null || attach.Target is null) return;
        if (Interlocked.Increment(ref attachedLinks) == 2) opened.TrySetResult();
    }

    private void OnReply(IReceiverLink link, Message reply)
    {
        link.Accept(reply);
        if (reply.Properties?.GetCorrelationId()?.ToString() is { } id && waiting.TryGetValue(id, out var completion)) completion.TrySetResult(reply);
    }

    private void OnClosed(Error? error)
    {
        opened.TrySetException(Failures.Of(error, entity: null));
        foreach (var completion in waiting.Values) completion.TrySetException(Failures.Of(error, entity: null));
    }
}
