using System.Net;
using System.Net.Sockets;
using Azure.Messaging.ServiceBus;

namespace LocalAzure.Tests.ServiceBus;

/// <summary>What happens when the broker goes away, when its process dies, and when somebody talks nonsense to it.</summary>
public sealed class OutageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_send_during_an_outage_succeeds_when_the_broker_is_back()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await using var sender = bus.Client.CreateSender(BusUnderTest.Queue);
        await sender.SendMessageAsync(new ServiceBusMessage("before"), Cancel);
        var port = bus.Broker.Port;
        await bus.Broker.StopAsync();
        var during = sender.SendMessageAsync(new ServiceBusMessage("during"), Cancel);
        Assert.False(during.IsCompleted);

        await bus.Broker.StartAsync();

        Assert.Equal(port, bus.Broker.Port);
        await during;
        Assert.Equal(2, bus.Counts.Active);
    }

    [Fact]
    public async Task A_lock_that_was_taken_while_the_clock_ran_ahead_lasts_no_longer_than_any_other()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync("one");
        bus.Clock.Advance(TimeSpan.FromDays(40));
        await using (var held = bus.Receiver()) Assert.NotNull(await held.ReceiveMessageAsync(BusUnderTest.Soon, Cancel));

        await bus.CrashAndPutRightAsync(TimeSpan.FromDays(40));
        Assert.Equal((0, 1), (bus.Counts.Active, bus.Counts.Locked));
        bus.Clock.Advance(TimeSpan.FromMinutes(1));

        await using var next = bus.Receiver();
        Assert.Equal("one", (await next.ReceiveMessageAsync(BusUnderTest.Soon, Cancel)).Body.ToString());
    }

    [Fact]
    public async Task Nobody_else_is_given_the_port_of_a_broker_that_is_away()
    {
        await using var bus = await BusUnderTest.StartAsync();
        var port = bus.Broker.Port;
        await bus.Broker.StopAsync();

        Assert.Equal(SocketError.AddressAlreadyInUse, Assert.Throws<SocketException>(() => BindAnyOf(port)).SocketErrorCode);
        // Whoever connects is refused at once, as where nobody listens.
        using var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var refused = await Assert.ThrowsAsync<SocketException>(
            async () => await caller.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), Cancel));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);

        await bus.Broker.StartAsync();
        Assert.Equal(port, bus.Broker.Port);
    }

    // Asks the system for any free port out of a range of one. Linux can do that since 6.3 (IP_LOCAL_PORT_RANGE, see ip(7)).
    private static void BindAnyOf(int port)
    {
        using var another = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        if (Environment.OSVersion.Version < new Version(6, 3)) throw new SocketException((int)SocketError.AddressAlreadyInUse);
        another.SetRawSocketOption(0, 51, BitConverter.GetBytes(((uint)port << 16) | (uint)port));
        another.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    [Fact]
    public async Task A_send_gives_up_after_its_tries_and_says_that_the_service_is_away()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.Broker.StopAsync();
        await using var client = bus.NewClient(options => options.RetryOptions.MaxRetries = 1);
        await using var sender = client.CreateSender(BusUnderTest.Queue);

        var failure = await Assert.ThrowsAsync<ServiceBusException>(() => sender.SendMessageAsync(new ServiceBusMessage("x"), Cancel));

        Assert.Equal((ServiceBusFailureReason.ServiceCommunicationProblem, true), (failure.Reason, failure.IsTransient));
    }

    [Fact]
    public async Task A_message_received_before_an_outage_is_completed_after_it_and_not_delivered_twice()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync("one");
        await using var receiver = bus.Receiver();
        var message = (await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel))!;
        await bus.Broker.StopAsync();
        await bus.Broker.StartAsync();
        Assert.Null(await receiver.ReceiveMessageAsync(BusUnderTest.Briefly, Cancel));

        await receiver.CompleteMessageAsync(message, Cancel);

        Assert.Equal(default, bus.Counts);
    }

    [Fact]
    public async Task A_crash_loses_nothing_acknowledged_and_breaks_no_lock()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync([.. Enumerable.Range(0, 20).Select(i => $"{i}")]);
        await using (var receiver = bus.Receiver())
        {
            var received = await receiver.ReceiveMessagesAsync(3, BusUnderTest.Soon, Cancel);
            await receiver.CompleteMessageAsync(received[0], Cancel);
            await receiver.AbandonMessageAsync(received[1], null, Cancel);
            await bus.WaitForAsync(counts => counts is { Active: 18, Locked: 1 });

            await bus.CrashAndRestartAsync();

            Assert.Equal(new(18, 1, 0, 0), bus.Counts);
            await using var after = bus.Receiver();
            var rest = await after.ReceiveMessagesAsync(50, BusUnderTest.Soon, Cancel);
            Assert.Equal(18, rest.Count);
            Assert.DoesNotContain(received[2].MessageId, rest.Select(message => message.MessageId));
            Assert.Equal(2, rest.Single(message => message.Body.ToString() == "1").DeliveryCount);
            bus.Clock.Advance(TimeSpan.FromMinutes(1));
            await bus.WaitForAsync(counts => counts.Active == 19);
        }
    }

    [Fact]
    public async Task A_stopped_broker_is_idle_and_ends_at_its_start_the_locks_that_ran_out_meanwhile()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync("a");
        await using (var receiver = bus.Receiver()) Assert.NotNull(await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel));

        await bus.Broker.StopAsync();
        bus.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(bus.Broker.IsIdle, bus.Broker.ToString());
        Assert.Null(bus.Broker.NextWakeUp);

        await bus.Broker.StartAsync();
        await bus.WaitForAsync(counts => counts is { Active: 1, Locked: 0 });
    }

    [Fact]
    public async Task A_sequence_number_is_never_given_twice_even_after_a_crash()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync("a", "b");
        await using (var receiver = bus.Receiver())
        {
            foreach (var message in await receiver.ReceiveMessagesAsync(2, BusUnderTest.Soon, Cancel))
                await receiver.CompleteMessageAsync(message, Cancel);
        }

        await bus.CrashAndRestartAsync();
        await bus.SendAsync("c");

        await using var after = bus.Receiver();
        Assert.Equal(3, (await after.ReceiveMessageAsync(BusUnderTest.Soon, Cancel))!.SequenceNumber);
    }

    [Fact]
    public async Task A_processor_goes_on_after_an_outage_and_every_message_is_handled()
    {
        await using var bus = await BusUnderTest.StartAsync();
        var handled = new System.Collections.Concurrent.ConcurrentBag<string>();
        await using var processor = bus.Client.CreateProcessor(
            BusUnderTest.Queue, new ServiceBusProcessorOptions { MaxConcurrentCalls = 4 });
        processor.ProcessMessageAsync += args =>
        {
            handled.Add(args.Message.Body.ToString());
            return Task.CompletedTask;
        };
        processor.ProcessErrorAsync += _ => Task.CompletedTask;
        await processor.StartProcessingAsync(Cancel);
        await bus.SendAsync("before");
        await bus.WaitForAsync(counts => counts == default);
        await bus.Broker.StopAsync();
        await bus.Broker.StartAsync();

        await bus.SendAsync([.. Enumerable.Range(0, 30).Select(i => $"{i}")]);

        await bus.WaitForAsync(counts => counts == default);
        Assert.Equal(31, handled.Distinct().Count());
        await processor.StopProcessingAsync(Cancel);
        Assert.False(processor.IsProcessing);
    }

    [Fact]
    public async Task Nonsense_on_the_port_disturbs_nobody_else()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await using var sender = bus.Client.CreateSender(BusUnderTest.Queue);
        await sender.SendMessageAsync(new ServiceBusMessage("before"), Cancel);
        byte[] amqp = [.. "AMQP"u8, 0, 1, 0, 0];
        byte[][] nonsense =
        [
            [.. "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8],
            [.. "AMQP"u8, 9, 9, 9, 9],
            [.. amqp, 0x7f, 0xff, 0xff, 0xff, 2, 0, 0, 0],
            [.. amqp, 0, 0, 0, 3, 2, 0, 0, 0],
            [.. amqp, 0, 0, 0, 16, 2, 0, 0, 0, 0, 0x53, 0x10, 0xc0, 0xff, 0xff, 0xa1, 0xff],
            [.. amqp, 0, 0, 0, 20, 2, 0, 0, 0, 0, 0x53, 0x15, 0xc0, 0x09, 0x05, 0x41, 0x43, 0x40, 0x41, 0x00, 0x53],
            [.. amqp],
            [],
        ];
        var open = new List<TcpClient>();
        foreach (var bytes in nonsense)
        {
            var socket = new TcpClient();
            open.Add(socket);
            await socket.ConnectAsync("127.0.0.1", bus.Broker.Port, Cancel);
            await socket.GetStream().WriteAsync(bytes, Cancel);
        }

        await sender.SendMessageAsync(new ServiceBusMessage("after"), Cancel);
        await using var newcomer = bus.NewClient().CreateSender(BusUnderTest.Queue);
        await newcomer.SendMessageAsync(new ServiceBusMessage("from a new connection"), Cancel);

        Assert.Equal(3, bus.Counts.Active);
        foreach (var socket in open) socket.Dispose();
    }

    [Fact]
    public async Task A_message_that_is_no_message_is_refused_and_the_link_goes_on()
    {
        await using var bus = await BusUnderTest.StartAsync();
        var connection = await Amqp.Connection.Factory.CreateAsync(
            new Amqp.Address("127.0.0.1", bus.Broker.Port, "any", "any", "/", "amqp"));
        var link = new Amqp.SenderLink(new Amqp.Session(connection), "raw", BusUnderTest.Queue);

        // A batch whose parts aren't messages: the envelope is sound, the content isn't.
        var batch = new Amqp.Message { BodySection = new Amqp.Framing.Data { Binary = [0, 0x53, 0x75, 0xa0, 0x7f] }, Format = 0x80013700 };
        var failure = await Assert.ThrowsAsync<Amqp.AmqpException>(() => link.SendAsync(batch));
        Assert.Equal("amqp:decode-error", failure.Error.Condition);
        await link.SendAsync(new Amqp.Message { BodySection = new Amqp.Framing.Data { Binary = [1] } });

        Assert.Equal(1, bus.Counts.Active);
        await connection.CloseAsync();
    }
}
