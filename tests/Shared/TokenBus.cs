using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Sasl;
using Amqp.Types;

namespace Shared;

/// <summary>A token as a client put it.</summary>
public sealed record PutToken(string Token, string Type, string Name, DateTime? Expiration);

/// <summary>
/// An AMQP listener that lets nobody in without a token, as Service Bus doesn't: no key, a token for each queue at
/// <c>$cbs</c>, and only then a link. Keeps what was put and what was sent.
/// </summary>
public sealed class TokenBus : IRequestProcessor, ILinkProcessor, IMessageProcessor, IMessageSource, IDisposable
{
    private const int SecurePort = 5671;
    private const ulong LargestMessage = 256 * 1024;

    private readonly ConcurrentQueue<PutToken> puts = new();
    private readonly ConcurrentQueue<(string Id, string Body)> messages = new();
    private readonly ConcurrentDictionary<(Connection Connection, string Queue), bool> allowed = new();
    private readonly ContainerHost host;

    private TokenBus(Address address, X509Certificate2 certificate)
    {
        host = new ContainerHost([address], certificate);
        // A client without a key must not choose the mechanism that sends one.
        host.Listeners[0].SASL.EnablePlainMechanism("nobody", "has this");
        // How Microsoft's client says that it will show a token.
        host.Listeners[0].SASL.EnableMechanism((Symbol)"MSSBCBS", SaslProfile.Anonymous);
        host.RegisterRequestProcessor("$cbs", this);
        host.RegisterLinkProcessor(this);
        host.Open();
    }

    /// <summary>The tokens that were put, oldest first.</summary>
    public IReadOnlyList<PutToken> Puts => [.. puts];

    /// <summary>The messages that were taken.</summary>
    public IReadOnlyList<(string Id, string Body)> Messages => [.. messages];

    /// <summary>Links that were let in.</summary>
    public int Links { get; private set; }

    /// <summary>Refuses this queue's tokens.</summary>
    public string? Refused { get; set; }

    int IMessageProcessor.Credit => 100;

    int IRequestProcessor.Credit => 100;

    /// <summary>
    /// With TLS, where Service Bus listens: port 5671. Loopback has sixteen million addresses, so one of them is free there.
    /// </summary>
    /// <param name="host">An address of 127.0.0.0/8.</param>
    /// <param name="certificate">Who it says it is.</param>
    public static TokenBus Secured(IPAddress host, X509Certificate2 certificate) =>
        new(new Address($"{host}", SecurePort, null, null, "/", "amqps"), certificate);

    /// <summary>A certificate that nobody trusts before they are told to.</summary>
    public static X509Certificate2 CertificateOf(IPAddress host)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null);
    }

    /// <inheritdoc/>
    public void Dispose() => host.Close();

    void IRequestProcessor.Process(RequestContext requestContext)
    {
        var properties = requestContext.Message.ApplicationProperties;
        var put = new PutToken(
            (string)requestContext.Message.Body,
            (string)properties["type"],
            (string)properties["name"],
            properties["expiration"] as DateTime?);
        puts.Enqueue(put);
        var queue = new Uri(put.Name).AbsolutePath.TrimStart('/');
        var isRefused = queue == Refused;
        if (!isRefused) allowed[(requestContext.Link.Session.Connection, queue)] = true;
        requestContext.Complete(new Message
        {
            ApplicationProperties = new ApplicationProperties
            {
                ["status-code"] = isRefused ? 401 : 202,
                ["status-description"] = isRefused ? "InvalidAudience" : "Accepted",
            },
        });
    }

    void ILinkProcessor.Process(AttachContext attachContext)
    {
        var attach = attachContext.Attach;
        var queue = (attach.Role ? ((Source)attach.Source).Address : ((Target)attach.Target).Address).Trim('/');
        if (!allowed.ContainsKey((attachContext.Link.Session.Connection, queue)))
        {
            attachContext.Complete(new Error((Symbol)"amqp:unauthorized-access") { Description = "No token was put for it." });
            return;
        }

        Links++;
        attach.MaxMessageSize = LargestMessage;
        if (attachContext.Link.Role) attachContext.Complete(new TargetLinkEndpoint(this, attachContext.Link), 100);
        else attachContext.Complete(new SourceLinkEndpoint(this, attachContext.Link), 0);
    }

    void IMessageProcessor.Process(MessageContext messageContext)
    {
        messages.Enqueue((messageContext.Message.Properties.MessageId, Encoding.UTF8.GetString((byte[])messageContext.Message.Body)));
        messageContext.Complete();
    }

    // Nobody answers here.
    Task<ReceiveContext> IMessageSource.GetMessageAsync(ListenerLink link) => new TaskCompletionSource<ReceiveContext>().Task;

    void IMessageSource.DisposeMessage(ReceiveContext receiveContext, DispositionContext dispositionContext) =>
        dispositionContext.Complete();
}
