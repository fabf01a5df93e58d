using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace Azure.Messaging.ServiceBus;

/// <summary>An entity's <c>$management</c> node, where the endpoint has one: Azure and the local broker do, others don't.</summary>
internal sealed class Management(BusConnection connection, string entity) : IAsyncDisposable
{
    private readonly SemaphoreSlim attaching = new(1, 1);
    private Requests? requests;
    private volatile bool missing;

    /// <summary>Whether the endpoint has such a node. Asked once.</summary>
    public async Task<bool> IsOfferedAsync(CancellationToken cancellation)
    {
        if (missing) return false;
        try
        {
            await AttachAsync(cancellation);
            return true;
        }
        catch (Exception failure) when (failure is ServiceBusException { IsTransient: false } or ArgumentException or NotSupportedException)
        {
            missing = true;
            return false;
        }
    }

    /// <summary>Asks the node to do something.</summary>
    public async Task<Message> AskAsync(string operation, Map body, CancellationToken cancellation)
    {
        var open = await AttachAsync(cancellation);
        var request = new Message
        {
            BodySection = new AmqpValue { Value = body },
            ApplicationProperties = new ApplicationProperties { ["operation"] = operation },
        };
        return await open.AskAsync(request, entity, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (requests is { } open) await open.CloseAsync();
        attaching.Dispose();
    }

    private async Task<Requests> AttachAsync(CancellationToken cancellation)
    {
        if (requests is { IsClosed: false } current) return current;
        await attaching.WaitAsync(cancellation);
        try
        {
            if (requests is { IsClosed: false } meanwhile) return meanwhile;
            return requests = await connection.RequestFromAsync(entity + "/$management", entity, cancellation);
        }
        finally
        {
            attaching.Release();
        }
    }
}
