using System.Net;
using System.Security.Authentication;
using Azure.Core;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Time.Testing;
using Shared;

namespace LocalAzure.Tests.ServiceBus;

/// <summary>A client without a key shows at <c>$cbs</c> who it is, before its links and for as long as it has them.</summary>
public sealed class IdentityTests : IDisposable
{
    private const string Space = "force.servicebus.windows.net";
    private const string Queue = "referrals";
    private readonly CountingClock clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly Tokens credential;
    private readonly int port = FreePort();
    private readonly TokenBus bus;

    public IdentityTests()
    {
        credential = new Tokens(clock);
        bus = TokenBus.Plain(port);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_token_is_put_for_the_queue_before_the_link_and_within_the_twenty_seconds_that_the_service_waits()
    {
        var began = TimeProvider.System.GetTimestamp();
        await using var client = Client();
        await using var sender = client.CreateSender(Queue);
        await sender.SendMessageAsync(new ServiceBusMessage("first") { MessageId = "1" }, Cancel);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(20));

        Assert.Equal(["https://servicebus.azure.net/.default"], credential.Asked);
        var put = Assert.Single(bus.Puts);
        Assert.Equal(("token 1", "jwt", $"amqps://{Space}/{Queue}"), (put.Token, put.Type, put.Name));
        Assert.Equal(clock.GetUtcNow().AddHours(1).UtcDateTime, put.Expiration!.Value.ToUniversalTime());
        Assert.Equal([("1", "first")], bus.Messages);
    }

    [Fact]
    public async Task A_token_is_renewed_five_minutes_before_it_expires_and_the_link_stays()
    {
        await using var client = Client();
        await using var sender = client.CreateSender(Queue);
        await sender.SendMessageAsync(new ServiceBusMessage("first") { MessageId = "1" }, Cancel);
        for (var renewals = 1; renewals <= 3; renewals++)
        {
            clock.Advance(TimeSpan.FromMinutes(54));
            Assert.Equal(renewals, bus.Puts.Count);
            clock.Advance(TimeSpan.FromMinutes(1));
            await BusUnderTest.UntilAsync(() => bus.Puts.Count == renewals + 1 && clock.Timers == renewals + 1, $"renewal {renewals}");
        }

        await sender.SendMessageAsync(new ServiceBusMessage("second") { MessageId = "2" }, Cancel);
        Assert.Equal(["token 1", "token 2", "token 3", "token 4"], bus.Puts.Select(put => put.Token));
        Assert.Equal(1, bus.Links);
    }

    [Fact]
    public async Task Each_queue_has_a_token_of_its_own_over_one_connection()
    {
        await using var client = Client();
        foreach (var queue in new[] { Queue, "answers" })
        {
            await using var sender = client.CreateSender(queue);
            await sender.SendMessageAsync(new ServiceBusMessage("body") { MessageId = queue }, Cancel);
        }

        Assert.Equal([$"amqps://{Space}/{Queue}", $"amqps://{Space}/answers"], bus.Puts.Select(put => put.Name));
    }

    [Fact]
    public async Task Who_may_not_is_told_so_once_and_for_that_queue_only()
    {
        bus.Refused = Queue;
        await using var client = Client();
        await using var sender = client.CreateSender(Queue);
        // As the genuine library: not a ServiceBusException, and nothing that is tried again.
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => sender.SendMessageAsync(new ServiceBusMessage("body"), Cancel));
        Assert.Single(bus.Puts);
        await using var other = client.CreateSender("answers");
        await other.SendMessageAsync(new ServiceBusMessage("body") { MessageId = "1" }, Cancel);
        Assert.Single(bus.Messages);

        // The role has been given: the next send asks again.
        bus.Refused = null;
        await sender.SendMessageAsync(new ServiceBusMessage("body") { MessageId = "2" }, Cancel);
        Assert.Equal(2, bus.Messages.Count);
    }

    [Fact]
    public async Task A_credential_that_fails_says_so_itself_and_the_next_send_asks_it_again()
    {
        await using var client = Client();
        await using var sender = client.CreateSender(Queue);
        credential.Failing = true;
        await Assert.ThrowsAsync<InvalidDataException>(() => sender.SendMessageAsync(new ServiceBusMessage("body"), Cancel));
        Assert.Empty(bus.Puts);
        credential.Failing = false;
        await sender.SendMessageAsync(new ServiceBusMessage("body") { MessageId = "1" }, Cancel);
        Assert.Single(bus.Messages);
    }

    [Fact]
    public async Task Whoever_shows_a_certificate_that_this_machine_does_not_trust_is_shown_no_token()
    {
        var host = IPAddress.Parse($"127.{Random.Shared.Next(1, 255)}.{Random.Shared.Next(256)}.{Random.Shared.Next(1, 255)}");
        using var certificate = TokenBus.CertificateOf(host);
        using var impostor = TokenBus.Secured(host, certificate);
        await using var client = new ServiceBusClient($"{host}", credential, new ServiceBusClientOptions { RetryOptions = { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(10) } });
        await using var sender = client.CreateSender(Queue);
        var refused = await Assert.ThrowsAsync<ServiceBusException>(() => sender.SendMessageAsync(new ServiceBusMessage("body"), Cancel));
        Assert.Equal(ServiceBusFailureReason.ServiceCommunicationProblem, refused.Reason);
        Assert.IsType<AuthenticationException>(refused.InnerException);
        Assert.Empty(credential.Asked);
        Assert.Empty(impostor.Puts);
    }

    /// <inheritdoc/>
    public void Dispose() => bus.Dispose();

    private ServiceBusClient Client() => new(Space, credential, new ServiceBusClientOptions
    {
        CustomEndpointAddress = new Uri($"amqp://127.0.0.1:{port}"),
        TimeProvider = clock,
        RetryOptions = { MaxRetries = 3, Delay = TimeSpan.FromMilliseconds(10) },
    });

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>A clock that only the test moves, and that tells how many timers were made by it: a test moves it once the next one waits.</summary>
    private sealed class CountingClock(DateTimeOffset start) : FakeTimeProvider(start)
    {
        private int timers;

        public int Timers => Volatile.Read(ref timers);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var made = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref timers);
            return made;
        }
    }

    /// <summary>Gives tokens of an hour by the test's clock, numbered.</summary>
    private sealed class Tokens(FakeTimeProvider clock) : TokenCredential
    {
        private readonly Lock gate = new();
        private readonly List<string> asked = [];

        public bool Failing { get; set; }

        public IReadOnlyList<string> Asked
        {
            get
            {
                lock (gate) return [.. asked];
            }
        }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            if (Failing) throw new InvalidDataException("No identity.");
            lock (gate)
            {
                asked.AddRange(requestContext.Scopes);
                return new AccessToken($"token {asked.Count}", clock.GetUtcNow().AddHours(1));
            }
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
