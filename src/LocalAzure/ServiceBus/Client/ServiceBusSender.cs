using Amqp;
using Amqp.Framing;
using Amqp.Types;
using AmqpData = Amqp.Framing.Data;

namespace Azure.Messaging.ServiceBus;

/// <summary>Sends messages to one queue. A send returns once the service has stored the message.</summary>
public class ServiceBusSender : IAsyncDisposable
{
    private readonly ServiceBusClient client = null!;
    private readonly Management management = null!;
    private readonly SemaphoreSlim attaching = new(1, 1);
    private SenderLink? link;

    /// <summary>For mocks.</summary>
    protected ServiceBusSender()
    {
    }

    internal ServiceBusSender(ServiceBusClient client, string queueName)
    {
        this.client = client;
        EntityPath = queueName;
        management = new Management(client.Connection, queueName);
        Identifier = $"{queueName}-{Guid.NewGuid()}";
    }

    /// <summary>The namespace.</summary>
    public virtual string FullyQualifiedNamespace => client.FullyQualifiedNamespace;

    /// <summary>The queue.</summary>
    public virtual string EntityPath { get; } = "";

    /// <summary>A name for this sender.</summary>
    public virtual string Identifier { get; } = "";

    /// <summary>Whether it was closed.</summary>
    public virtual bool IsClosed { get; private set; }

    /// <summary>Sends a message; the service has stored it when this returns.</summary>
    /// <exception cref="ServiceBusException">It couldn't be sent; <see cref="ServiceBusException.IsTransient"/> after the last try too.</exception>
    public virtual async Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var amqp = MessageConverter.ToAmqp(message);
        await TryAsync(cancel => SendAsync(amqp, cancel), cancellationToken);
    }

    /// <summary>Sends messages together: the service stores all of them or none.</summary>
    /// <exception cref="ServiceBusException">They couldn't be sent, or are too large together.</exception>
    public virtual async Task SendMessagesAsync(IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var all = messages.Select(MessageConverter.ToAmqp).ToList();
        if (all.Count == 0) return;
        await TryAsync(
            async cancel =>
            {
                // Batches are the service's own format: another broker gets the messages one by one.
                if (all.Count == 1 || !await management.IsOfferedAsync(cancel))
                {
                    await Task.WhenAll(all.ConvertAll(message => SendAsync(message, cancel)));
                    return true;
                }

                var parts = new DataList();
                foreach (var message in all) parts.Add(new AmqpData { Binary = BusNames.Bytes(message.Encode()) });
                return await SendAsync(new Message { BodySection = parts, Format = BusNames.BatchFormat }, cancel);
            },
            cancellationToken);
    }

    /// <summary>Sends a message that is enqueued later; gives the number that it can be cancelled by.</summary>
    /// <exception cref="ServiceBusException">It couldn't be sent.</exception>
    public virtual async Task<long> ScheduleMessageAsync(
        ServiceBusMessage message, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var amqp = MessageConverter.ToAmqp(message);
        (amqp.MessageAnnotations ??= new MessageAnnotations()).Map[BusNames.ScheduledEnqueueTime] = scheduledEnqueueTime.UtcDateTime;
        var entry = new Map { ["message"] = BusNames.Bytes(amqp.Encode()) };
        if (message.MessageId is not null) entry["message-id"] = message.MessageId;
        if (message.SessionId is not null) entry["session-id"] = message.SessionId;
        if (message.PartitionKey is not null) entry["partition-key"] = message.PartitionKey;
        var reply = await TryAsync(
            cancel => management.AskAsync("com.microsoft:schedule-message", new Map { ["messages"] = new List { entry } }, cancel), cancellationToken);
        return ((long[])((Map)reply.Body)["sequence-numbers"])[0];
    }

    /// <summary>Cancels a scheduled message.</summary>
    /// <exception cref="ServiceBusException">It isn't scheduled any more.</exception>
    public virtual async Task CancelScheduledMessageAsync(long sequenceNumber, CancellationToken cancellationToken = default) =>
        await TryAsync(
            cancel => management.AskAsync(
                "com.microsoft:cancel-scheduled-message", new Map { ["sequence-numbers"] = new[] { sequenceNumber } }, cancel),
            cancellationToken);

    /// <summary>Closes the link.</summary>
    public virtual async Task CloseAsync(CancellationToken cancellationToken = default)
    {
        if (IsClosed) return;
        IsClosed = true;
        if (link is { } open) await BusConnection.CloseQuietlyAsync(open.Session);
        await management.DisposeAsync();
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    private Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> operation, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return Retry.RunAsync(client.RetryOptions, EntityPath, operation, cancellation);
    }

    private async Task<bool> SendAsync(Message message, CancellationToken cancellation)
    {
        var open = await AttachAsync(cancellation);
        var settled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        open.Send(message, OnOutcome, (settled, EntityPath));
        return await settled.Task.WaitAsync(cancellation);
    }

    private static void OnOutcome(ILink link, Message message, Outcome outcome, object state)
    {
        var (settled, entity) = ((TaskCompletionSource<bool>, string))state;
        if (outcome is Accepted) settled.TrySetResult(true);
        else if (outcome is Rejected { Error: { } error }) settled.TrySetException(Failures.Of(error, entity));
        else settled.TrySetException(Failures.Broken("The service didn't take the message.", entity, inner: null));
    }

    private async Task<SenderLink> AttachAsync(CancellationToken cancellation)
    {
        if (link is { IsClosed: false } current) return current;
        await attaching.WaitAsync(cancellation);
        try
        {
            if (link is { IsClosed: false } meanwhile) return meanwhile;
            return link = await client.Connection.SendToAsync(EntityPath, cancellation);
        }
        finally
        {
            attaching.Release();
        }
    }
}
