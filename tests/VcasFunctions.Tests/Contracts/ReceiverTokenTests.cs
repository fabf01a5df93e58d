using Amqp;
using Amqp.Sasl;
using Azure.Core;
using Microsoft.Extensions.Time.Testing;
using Shared;
using VcasReceiver;

namespace VcasFunctions.Tests.Contracts;

/// <summary>A receiver's token is shown again before it expires, for as long as the connection lives.</summary>
public sealed class ReceiverTokenTests
{
    private static readonly string[] Queues = ["referrals", "referral-answers"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_put_for_both_queues_and_anew_five_minutes_before_it_expires()
    {
        var clock = new FakeTimeProvider(Given.Monday);
        var port = AppProcess.FreePort();
        using var bus = TokenBus.Plain(port);
        var factory = new ConnectionFactory();
        factory.SASL.Profile = SaslProfile.Anonymous;
        var connection = await factory.CreateAsync(new Address("127.0.0.1", port, null, null, "/", "amqp"));
        var identity = new BusIdentity(new Tokens(clock), "force.servicebus.windows.net", clock);

        var expires = await identity.ShowAsync(connection, Queues, Cancellation);
        Assert.Equal(clock.GetUtcNow().AddHours(1), expires);
        Assert.Equal(["amqps://force.servicebus.windows.net/referrals", "amqps://force.servicebus.windows.net/referral-answers"], bus.Puts.Select(put => put.Name));

        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var keeping = identity.KeepShowingAsync(connection, Queues, expires, gone.Token);
        clock.Advance(TimeSpan.FromMinutes(54));
        Assert.Equal(2, bus.Puts.Count);
        clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.HoldsAsync(() => Task.FromResult(bus.Puts.Count == 4), "the token to be put anew", Cancellation);
        Assert.Equal(["token 1", "token 1", "token 2", "token 2"], bus.Puts.Select(put => put.Token));

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keeping);
        await connection.CloseAsync();
    }

    [Fact]
    public async Task A_bus_that_goes_away_while_the_token_is_shown_is_a_bus_that_is_away()
    {
        var port = AppProcess.FreePort();
        using var bus = TokenBus.Plain(port);
        var factory = new ConnectionFactory();
        factory.SASL.Profile = SaslProfile.Anonymous;
        var connection = await factory.CreateAsync(new Address("127.0.0.1", port, null, null, "/", "amqp"));
        // It is away before the first answer.
        bus.BeforeAnswer = () => connection.Close(TimeSpan.Zero, new Amqp.Framing.Error(ErrorCode.ConnectionForced));
        var identity = new BusIdentity(new Tokens(TimeProvider.System), "force.servicebus.windows.net", TimeProvider.System);
        await Assert.ThrowsAsync<AmqpException>(() => identity.ShowAsync(connection, Queues, Cancellation));
    }

    private sealed class Tokens(TimeProvider clock) : TokenCredential
    {
        private int number;

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new($"token {Interlocked.Increment(ref number)}", clock.GetUtcNow().AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
