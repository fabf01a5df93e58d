using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using Azure.Core;

namespace Azure.Messaging.ServiceBus;

/// <summary>Where to connect and as whom.</summary>
internal sealed record Endpoint(
    string Host, int Port, bool Tls, string Namespace, string? KeyName, string? Key, string? Signature, TokenCredential? Credential)
{
    public static Endpoint Of(ServiceBusConnectionStringProperties properties, ServiceBusClientOptions options)
    {
        var address = options.CustomEndpointAddress ?? properties.Endpoint!;
        var tls = !properties.UseDevelopmentEmulator && address.Scheme != "amqp";
        return new Endpoint(
            address.Host, PortOf(address, tls), tls, properties.FullyQualifiedNamespace!, properties.SharedAccessKeyName,
            properties.SharedAccessKey, properties.SharedAccessSignature, Credential: null);
    }

    public static Endpoint Of(string fullyQualifiedNamespace, TokenCredential credential, ServiceBusClientOptions options)
    {
        var address = options.CustomEndpointAddress ?? new Uri($"sb://{fullyQualifiedNamespace}");
        var tls = address.Scheme != "amqp";
        return new Endpoint(
            address.Host, PortOf(address, tls), tls, fullyQualifiedNamespace, KeyName: null, Key: null, Signature: null, credential);
    }

    private static int PortOf(Uri address, bool tls)
    {
        // A real namespace is always at 5671, whatever its address says; an emulator is where its address says.
        if (address.Port > 0 && !(tls && address.Scheme == "sb")) return address.Port;
        return tls ? 5671 : 5672;
    }
}

/// <summary>
/// One connection, opened when it is first needed and again after it broke. Links are made anew by whoever owns them.
/// </summary>
internal sealed class BusConnection(Endpoint endpoint, string containerId, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim opening = new(1, 1);
    private Connection? connection;
    private Claims? claims;
    private volatile bool disposed;

    public Endpoint Endpoint => endpoint;

    /// <summary>Attaches a sending link.</summary>
    public async Task<SenderLink> SendToAsync(string entity, CancellationToken cancellation)
    {
        var session = await OpenSessionAsync(entity, cancellation);
        var attached = new Attachment(entity);
        var attach = new Attach
        {
            Source = new Source(),
            Target = new Target { Address = entity },
            SndSettleMode = SenderSettleMode.Unsettled,
            RcvSettleMode = ReceiverSettleMode.First,
        };
        var link = new SenderLink(session, $"{containerId}-send-{Guid.NewGuid():N}", attach, attached.OnAttached);
        return await attached.WaitAsync(link, cancellation);
    }

    /// <summary>Attaches a receiving link, without credit.</summary>
    public async Task<ReceiverLink> ReceiveFromAsync(string entity, ServiceBusReceiveMode mode, CancellationToken cancellation)
    {
        var session = await OpenSessionAsync(entity, cancellation);
        var attached = new Attachment(entity);
        var attach = new Attach
        {
            Source = new Source { Address = entity },
            Target = new Target(),
            SndSettleMode = mode == ServiceBusReceiveMode.ReceiveAndDelete ? SenderSettleMode.Settled : SenderSettleMode.Unsettled,
            RcvSettleMode = ReceiverSettleMode.First,
        };
        var link = new ReceiverLink(session, $"{containerId}-receive-{Guid.NewGuid():N}", attach, attached.OnAttached);
        return await attached.WaitAsync(link, cancellation);
    }

    /// <summary>Attaches a pair of links to a node that answers requests.</summary>
    public async Task<Requests> RequestFromAsync(string node, string entity, CancellationToken cancellation)
    {
        var session = await OpenSessionAsync(entity, cancellation);
        return await Requests.AttachAsync(session, node, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        disposed = true;
        claims?.Dispose();
        if (connection is { IsClosed: false } open) await CloseQuietlyAsync(open);
        opening.Dispose();
    }

    internal static async Task CloseQuietlyAsync(AmqpObject part)
    {
        try
        {
            if (!part.IsClosed) await part.CloseAsync(TimeSpan.FromSeconds(5), error: null);
        }
        catch (Exception failure) when (failure is AmqpException or TimeoutException or ObjectDisposedException or InvalidOperationException)
        {
            // It was closing already, or the peer is gone: closed either way.
        }
    }

    private async Task<Session> OpenSessionAsync(string entity, CancellationToken cancellation)
    {
        var open = await OpenAsync(cancellation);
        if (claims is { } needed) await needed.AuthorizeAsync(entity, cancellation);
        return new Session(open);
    }

    private async Task<Connection> OpenAsync(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(disposed, typeof(ServiceBusClient));
        if (connection is { IsClosed: false } current) return current;
        await opening.WaitAsync(cancellation);
        try
        {
            if (connection is { IsClosed: false } meanwhile) return meanwhile;
            claims?.Dispose();
            claims = null;
            var factory = new ConnectionFactory();
            factory.AMQP.HostName = endpoint.Namespace;
            factory.AMQP.ContainerId = containerId;

            // Half of it is announced to the peer; a connection that is silent for so long is given up.
            factory.AMQP.IdleTimeout = 60_000;
            if (endpoint.Key is null) factory.SASL.Profile = SaslProfile.Anonymous;
            var address = new Address(
                endpoint.Host, endpoint.Port, endpoint.Key is null ? null : endpoint.KeyName, endpoint.Key, "/", endpoint.Tls ? "amqps" : "amqp");
            var opened = await factory.CreateAsync(address, cancellation).WaitAsync(cancellation);
            if (endpoint.Credential is not null || endpoint.Signature is not null)
                claims = await Claims.AttachAsync(opened, endpoint, time, cancellation);
            return connection = opened;
        }
        finally
        {
            opening.Release();
        }
    }

    /// <summary>Waits until the peer has attached a link, or refused to.</summary>
    private sealed class Attachment(string entity)
    {
        private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnAttached(ILink link, Attach attach)
        {
            // A refusal is an attach that leads nowhere, followed by a detach that says why.
            if (attach.Role ? attach.Source is not null || attach.Target is not null : attach.Source is Source { Address: not null })
                done.TrySetResult();
        }

        public async Task<T> WaitAsync<T>(T link, CancellationToken cancellation)
            where T : Link
        {
            link.AddClosedCallback((_, error) => done.TrySetException(Failures.Of(error, entity)));
            try
            {
                await done.Task.WaitAsync(cancellation);
                return link;
            }
            catch
            {
                await CloseQuietlyAsync(link.Session);
                throw;
            }
        }
    }
}
