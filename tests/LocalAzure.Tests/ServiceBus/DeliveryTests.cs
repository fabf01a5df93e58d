using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;

namespace LocalAzure.Tests.ServiceBus;

public sealed class DeliveryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_arrives_with_everything_that_was_sent()
    {
        await using var bus = await BusUnderTest.StartAsync();
        var sent = new ServiceBusMessage(BinaryData.FromBytes(new byte[] { 0, 1, 254, 255 }))
        {
            MessageId = "8a/referral",
            CorrelationId = "8a",
            Subject = "made",
            ContentType = "application/cloudevents+json",
            To = "vcas",
            ReplyTo = "answers",
            SessionId = "s",
            ReplyToSessionId = "r",
            PartitionKey = "s",
            TimeToLive = TimeSpan.FromDays(14),
        };
        sent.ApplicationProperties["text"] = "Zoë";
        sent.ApplicationProperties["whole"] = 42;
        sent.ApplicationProperties["long"] = long.MaxValue;
        sent.ApplicationProperties["truth"] = true;
        sent.ApplicationProperties["double"] = 0.1;
        sent.ApplicationProperties["id"] = Guid.Parse("11112222-3333-4444-5555-666677778888");
        sent.ApplicationProperties["instant"] = new DateTimeOffset(2026, 3, 29, 1, 0, 0, TimeSpan.FromHours(1));
        sent.ApplicationProperties["span"] = TimeSpan.FromMilliseconds(1.5);
        sent.ApplicationProperties["address"] = new Uri("https://example.org/a?b=c");
        await using var sender = bus.Client.CreateSender(BusUnderTest.Queue);
        await sender.SendMessageAsync(sent, Cancel);

        await using var receiver = bus.Receiver();
        var received = await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel);

        Assert.NotNull(received);
        Assert.Equal(sent.Body.ToArray(), received.Body.ToArray());
        Assert.Equal(
            (sent.MessageId, sent.CorrelationId, sent.Subject, sent.ContentType, sent.To, sent.ReplyTo, sent.SessionId,
                sent.ReplyToSessionId, sent.PartitionKey),
            (
                received.MessageId,
                received.CorrelationId,
                received.Subject,
                received.ContentType,
                received.To,
                received.ReplyTo,
                received.SessionId,
                received.ReplyToSessionId,
                received.PartitionKey));
        Assert.Equal(sent.TimeToLive, received.TimeToLive);
        Assert.Equal(sent.ApplicationProperties.OrderBy(pair => pair.Key), received.ApplicationProperties.OrderBy(pair => pair.Key));
        Assert.Equal(bus.Clock.GetUtcNow(), received.EnqueuedTime);
        // A client lives by the clock on the wall, whatever the broker's says.
        Assert.InRange(received.LockedUntil - TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(61));
        Assert.Equal((1, 1L), (received.DeliveryCount, received.SequenceNumber));
        Assert.NotEqual(Guid.Empty.ToString(), received.LockToken);
    }

    [Fact]
    public async Task Completing_takes_the_message_off_the_queue()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync("one", "two");
        await using var receiver = bus.Receiver();
        var first = await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel);
        Assert.Equal(new(1, 1, 0, 0), bus.Counts);

        await receiver.CompleteMessageAsync(first!, Cancel);

        Assert.Equal(new(1, 0, 0, 0), bus.Counts);
        Assert.Equal("two", (await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel))!.Body.ToString());
    }

    [Fact]
    public async Task A_batch_is_stored_whole_and_received_in_order()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await using var sender = bus.Client.CreateSender(BusUnderTest.Queue);
        await sender.SendMessagesAsync(Enumerable.Range(0, 50).Select(i => new ServiceBusMessage($"{i}") { MessageId = $"m{i}" }), Cancel);
        Assert.Equal(50, bus.Counts.Active);

        await using var receiver = bus.Receiver();
        var received = await receiver.ReceiveMessagesAsync(100, BusUnderTest.Soon, Cancel);

        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), received.Select(message => message.Body.ToString()));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"m{i}"), received.Select(message => message.MessageId!));
    }

    [Fact]
    public async Task A_receiver_that_stopped_waiting_gets_nothing_locked_for_it()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await using var idle = bus.Receiver();
        Assert.Null(await idle.ReceiveMessageAsync(BusUnderTest.Briefly, Cancel));

        await bus.SendAsync("for whoever asks");

        // Microsoft's client leaves its credit standing, and gives back at once what comes when nobody waits any more.
        await bus.WaitForAsync(counts => counts == new LocalAzure.ServiceBus.QueueCounts(1, 0, 0, 0));
        await using var asking = bus.NewClient().CreateReceiver(BusUnderTest.Queue);
        Assert.Equal(1, (await asking.ReceiveMessageAsync(BusUnderTest.Soon, Cancel))!.DeliveryCount);
        Assert.Null(await idle.ReceiveMessageAsync(BusUnderTest.Briefly, Cancel));
    }

    [Fact]
    public async Task Two_receivers_never_get_the_same_message()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync([.. Enumerable.Range(0, 40).Select(i => $"{i}")]);
        await using var one = bus.Receiver();
        await using var two = bus.NewClient().CreateReceiver(BusUnderTest.Queue);

        var bodies = new ConcurrentBag<string>();
        await Task.WhenAll(TakeAsync(one), TakeAsync(two));

        Assert.Equal(bodies.Count, bodies.Distinct().Count());
        Assert.Equal(40, bodies.Count);

        // One call may bring fewer than there are: a batch is handed over once nothing more has come for a moment.
        async Task TakeAsync(ServiceBusReceiver receiver)
        {
            while (bodies.Count < 40)
            {
                foreach (var message in await receiver.ReceiveMessagesAsync(30, BusUnderTest.Briefly, Cancel))
                    bodies.Add(message.Body.ToString());
            }
        }
    }

    [Fact]
    public async Task Receive_and_delete_needs_no_settling()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync("gone");
        await using var receiver = bus.Client.CreateReceiver(
            BusUnderTest.Queue, new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });

        Assert.Equal("gone", (await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel))!.Body.ToString());

        await bus.WaitForAsync(counts => counts == default);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => receiver.CompleteMessageAsync(ServiceBusModelFactory.ServiceBusReceivedMessage(), Cancel));
    }

    [Fact]
    public async Task Peeking_shows_messages_of_every_state_and_locks_none()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync("locked", "active");
        await using var sender = bus.Client.CreateSender(BusUnderTest.Queue);
        await sender.ScheduleMessageAsync(new ServiceBusMessage("scheduled"), bus.Clock.GetUtcNow() + TimeSpan.FromDays(1), Cancel);
        await using var receiver = bus.Receiver();
        await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel);
        var before = bus.Counts;

        var peeked = await receiver.PeekMessagesAsync(2, cancellationToken: Cancel);
        var rest = await receiver.PeekMessagesAsync(2, cancellationToken: Cancel);

        Assert.Equal(["locked", "active"], peeked.Select(message => message.Body.ToString()));
        Assert.Equal(["scheduled"], rest.Select(message => message.Body.ToString()));
        Assert.Equal(ServiceBusMessageState.Scheduled, rest[0].State);
        Assert.Equal(before, bus.Counts);
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_named()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await using var sender = bus.Client.CreateSender("nowhere");

        var failure = await Assert.ThrowsAsync<ServiceBusException>(() => sender.SendMessageAsync(new ServiceBusMessage("x"), Cancel));

        Assert.Equal((ServiceBusFailureReason.MessagingEntityNotFound, false), (failure.Reason, failure.IsTransient));
        Assert.Contains("nowhere", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_over_the_limit_is_refused_and_one_under_it_taken()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await using var sender = bus.Client.CreateSender(BusUnderTest.Queue);
        await sender.SendMessageAsync(new ServiceBusMessage(new byte[(256 * 1024) - 512]), Cancel);

        var failure = await Assert.ThrowsAsync<ServiceBusException>(
            () => sender.SendMessageAsync(new ServiceBusMessage(new byte[300 * 1024]), Cancel));

        Assert.Equal(ServiceBusFailureReason.MessageSizeExceeded, failure.Reason);
        Assert.Equal(1, bus.Counts.Active);
        await using var receiver = bus.Receiver();
        Assert.Equal((256 * 1024) - 512, (await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel))!.Body.ToMemory().Length);
    }
}
