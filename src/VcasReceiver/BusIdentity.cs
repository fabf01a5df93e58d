using System.Globalization;
using System.Threading.Channels;
using Amqp;
using Amqp.Framing;
using Azure.Core;

namespace VcasReceiver;

/// <summary>
/// Shows the namespace who this is, where there is no key: a token of Entra ID for each queue, put at the connection's <c>$cbs</c>
/// node before the links and again before it expires. See "AMQP 1.0 claims-based security" in Microsoft's Service Bus
/// documentation; the service closes a connection that has shown nothing within 20 seconds.
/// </summary>
internal sealed class BusIdentity(TokenCredential credential, string host, TimeProvider time)
{
    private const string Node = "$cbs";
    private static readonly string[] Scopes = ["https://servicebus.azure.net/.default"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Tokens last an hour or so. A short-lived one is renewed after three quarters of its life.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>Gets a token and puts it for each of the queues; gives when it expires, UTC.</summary>
    /// <exception cref="AmqpException">The namespace refuses it: this identity has no role there.</exception>
    /// <exception cref="Azure.Identity.AuthenticationFailedException">No token was to be had.</exception>
    public async Task<DateTimeOffset> ShowAsync(Connection connection, IReadOnlyList<string> queues, CancellationToken stop)
    {
        var token = await credential.GetTokenAsync(new TokenRequestContext(Scopes), stop);
        var session = new Session(connection);
        var replies = Channel.CreateUnbounded<Message>();
        var replyTo = Guid.NewGuid().ToString("N");
        var asking = new SenderLink(session, $"{replyTo}-asking", Between(replyTo, Node), null);
        var hearing = new ReceiverLink(session, $"{replyTo}-hearing", Between(Node, replyTo), null);
        foreach (var link in new Link[] { asking, hearing })
            link.AddClosedCallback((_, error) => replies.Writer.TryComplete(new AmqpException(error ?? new Error(ErrorCode.ConnectionForced))));
        hearing.Start(queues.Count, (link, reply) =>
        {
            link.Accept(reply);
            replies.Writer.TryWrite(reply);
        });

        foreach (var queue in queues)
        {
            asking.Send(Put(token, queue, replyTo), (_, _, outcome, _) =>
            {
                if (outcome is Rejected refused) replies.Writer.TryComplete(new AmqpException(refused.Error ?? new Error(ErrorCode.UnauthorizedAccess)));
            }, state: null);
            using var reply = await NextAsync(replies.Reader, stop);
            if (StatusOf(reply) is < 200 or >= 300) throw new AmqpException(new Error(ErrorCode.UnauthorizedAccess));
        }

        await session.CloseAsync(Patience, null);
        return token.ExpiresOn;
    }

    /// <summary>Shows it again and again, each time before the last token expires; ends with the connection.</summary>
    public async Task KeepShowingAsync(Connection connection, IReadOnlyList<string> queues, DateTimeOffset expires, CancellationToken gone)
    {
        while (true)
        {
            var left = expires - time.GetUtcNow();
            var wait = left > Margin * 4 ? left - Margin : left * 0.75;
            await Task.Delay(wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1), time, gone);
            expires = await ShowAsync(connection, queues, gone);
        }
    }

    private async Task<Message> NextAsync(ChannelReader<Message> replies, CancellationToken stop)
    {
        try
        {
            return await replies.ReadAsync(stop).AsTask().WaitAsync(Patience, time, stop);
        }
        catch (ChannelClosedException closed) when (closed.InnerException is AmqpException why)
        {
            // The connection broke in the middle of this, which is a trouble of the bus like any other.
            throw new AmqpException(why.Error);
        }
    }

    private static Attach Between(string source, string target) =>
        new() { Source = new Source { Address = source }, Target = new Target { Address = target } };

    private Message Put(AccessToken token, string queue, string replyTo) => new(token.Token)
    {
        Properties = new Properties { MessageId = queue, ReplyTo = replyTo },
        ApplicationProperties = new ApplicationProperties
        {
            ["operation"] = "put-token",
            ["type"] = "jwt",
            ["name"] = $"amqps://{host}/{queue}",
            ["expiration"] = token.ExpiresOn.UtcDateTime,
        },
    };

    private static int StatusOf(Message reply) =>
        Convert.ToInt32(reply.ApplicationProperties?.Map["status-code"] ?? reply.ApplicationProperties?.Map["statusCode"] ?? 500, CultureInfo.InvariantCulture);
}
