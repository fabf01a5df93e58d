using Azure.Messaging.ServiceBus;

namespace LocalAzure.Tests.ServiceBus;

/// <summary>Locks, failed deliveries, dead letters, time: on a clock that only the test moves.</summary>
public sealed class LifecycleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lock_that_runs_out_gives_the_message_to_another_and_counts_as_a_failure()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync("slow");
        await using var slow = bus.Receiver();
        var first = await slow.ReceiveMessageAsync(BusUnderTest.Soon, Cancel);
        bus.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(new(0, 1, 0, 0), bus.Counts);

        bus.Clock.Advance(TimeSpan.FromSeconds(1));

        await bus.WaitForAsync(counts => counts.Active == 1);
        var failure = await Assert.ThrowsAsync<ServiceBusException>(() => slow.CompleteMessageAsync(first!, Cancel));
        Assert.Equal((ServiceBusFailureReason.MessageLockLost, false), (failure.Reason, failure.IsTransient));
        var second = await slow.ReceiveMessageAsync(BusUnderTest.Soon, Cancel);
        Assert.Equal(2, second!.DeliveryCount);
        await slow.CompleteMessageAsync(second, Cancel);
        Assert.Equal(default, bus.Counts);
    }

    [Fact]
    public async Task Renewing_keeps_the_lock()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync("long work");
        await using var receiver = bus.Receiver();
        var message = await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel);
        for (var i = 0; i < 5; i++)
        {
            bus.Clock.Advance(TimeSpan.FromSeconds(50));
            await receiver.RenewMessageLockAsync(message!, Cancel);
            Assert.InRange(message!.LockedUntil - TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(61));
        }

        Assert.Equal(bus.Clock.GetUtcNow() + TimeSpan.FromMinutes(1), bus.Broker.NextWakeUp);
        await receiver.CompleteMessageAsync(message!, Cancel);
        Assert.Equal(default, bus.Counts);
        Assert.Null(bus.Broker.NextWakeUp);
    }

    [Fact]
    public async Task A_lost_lock_can_not_be_renewed_abandoned_or_dead_lettered()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync("late");
        await using var receiver = bus.Receiver();
        var message = (await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel))!;
        bus.Clock.Advance(TimeSpan.FromMinutes(1));

        foreach (var late in new Func<Task>[]
        {
            () => receiver.RenewMessageLockAsync(message, Cancel), () => receiver.AbandonMessageAsync(message, null, Cancel),
            () => receiver.DeadLetterMessageAsync(message, "late", null, Cancel),
        })
        {
            Assert.Equal(ServiceBusFailureReason.MessageLockLost, (await Assert.ThrowsAsync<ServiceBusException>(late)).Reason);
        }

        await bus.WaitForAsync(counts => counts == new LocalAzure.ServiceBus.QueueCounts(1, 0, 0, 0));
    }

    [Theory]
    [InlineData("by hand", "NotValid")]
    [InlineData("too often", "MaxDeliveryCountExceeded")]
    [InlineData("too old", "TTLExpiredException")]
    public async Task Dead_letters_go_on_to_the_queue_that_is_named_and_know_where_they_were_put_aside(string how, string reason)
    {
        await using var bus = await BusUnderTest.StartAsync(queue =>
        {
            (queue.ForwardDeadLetteredMessagesTo, queue.DeadLetteringOnMessageExpiration, queue.DefaultMessageTimeToLive) = (
                "ANSWERS", true, TimeSpan.FromHours(1));
        });
        await bus.SendAsync("poison");
        await using var receiver = bus.Receiver();
        if (how == "too old") bus.Clock.Advance(TimeSpan.FromHours(2));
        for (var i = 1; how == "too often" && i <= 3; i++)
            await receiver.AbandonMessageAsync((await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel))!, null, Cancel);
        if (how == "by hand")
            await receiver.DeadLetterMessageAsync(
                (await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel))!, "NotValid", "It names no one.", Cancel);

        await bus.WaitForAsync(counts => counts.Active == 1, "answers");
        Assert.Equal(default, bus.Counts);
        // It is in the file as well: a broker that is started again has it there and nowhere else.
        await bus.CrashAndRestartAsync();
        Assert.Equal((default, 1), (bus.Counts, bus.Broker.Count("answers").Active));
        await using var dead = bus.Client.CreateReceiver("answers");
        var message = (await dead.ReceiveMessageAsync(BusUnderTest.Soon, Cancel))!;
        Assert.Equal(
            ("poison", reason, BusUnderTest.Queue, 1),
            ($"{message.Body}", message.DeadLetterReason, message.DeadLetterSource, message.DeliveryCount));
        Assert.Equal(bus.Clock.GetUtcNow(), message.EnqueuedTime);
        Assert.True(message.SequenceNumber > 1);
        await dead.CompleteMessageAsync(message, Cancel);
        Assert.Equal(default, bus.Broker.Count("answers"));
    }

    [Theory]
    [InlineData("referrals")]
    [InlineData("elsewhere")]
    public async Task Dead_letters_go_on_to_another_queue_that_is_there(string target) =>
        Assert.Contains(target, (await Assert.ThrowsAsync<ArgumentException>(() =>
            BusUnderTest.StartAsync(queue => queue.ForwardDeadLetteredMessagesTo = target))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task After_the_last_delivery_a_message_is_dead_lettered_with_the_reason()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync("poison");
        await using var receiver = bus.Receiver();
        for (var i = 1; i <= 3; i++)
        {
            var message = await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel);
            Assert.Equal(i, message!.DeliveryCount);
            await receiver.AbandonMessageAsync(message, new Dictionary<string, object> { ["attempt"] = i }, Cancel);
        }

        Assert.Equal(new(0, 0, 0, 1), bus.Counts);
        await using var dead = bus.Receiver(SubQueue.DeadLetter);
        var buried = (await dead.ReceiveMessageAsync(BusUnderTest.Soon, Cancel))!;
        Assert.Equal(
            ("MaxDeliveryCountExceeded", "referrals", 4), (buried.DeadLetterReason, buried.DeadLetterSource, buried.DeliveryCount));
        Assert.Equal(3, buried.ApplicationProperties["attempt"]);
        Assert.Equal("poison", buried.Body.ToString());
        await dead.CompleteMessageAsync(buried, Cancel);
        Assert.Equal(default, bus.Counts);
    }

    [Fact]
    public async Task A_message_can_be_dead_lettered_with_a_reason_and_replayed()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync("not valid");
        await using var receiver = bus.Receiver();
        await receiver.DeadLetterMessageAsync(
            (await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel))!, "NotValid", "No contact.", Cancel);
        await using var dead = bus.Receiver(SubQueue.DeadLetter);
        var buried = (await dead.ReceiveMessageAsync(BusUnderTest.Soon, Cancel))!;
        Assert.Equal(("NotValid", "No contact."), (buried.DeadLetterReason, buried.DeadLetterErrorDescription));

        await using var sender = bus.Client.CreateSender(BusUnderTest.Queue);
        await sender.SendMessageAsync(new ServiceBusMessage(buried), Cancel);
        await dead.CompleteMessageAsync(buried, Cancel);

        var again = (await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel))!;
        Assert.Equal(("not valid", null), (again.Body.ToString(), again.DeadLetterReason));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_expired_message_is_dead_lettered_or_dropped_as_the_queue_says(bool deadLetter)
    {
        await using var bus = await BusUnderTest.StartAsync(queue =>
        {
            queue.DeadLetteringOnMessageExpiration = deadLetter;
            queue.DefaultMessageTimeToLive = TimeSpan.FromDays(14);
        });
        await using var sender = bus.Client.CreateSender(BusUnderTest.Queue);
        await sender.SendMessageAsync(new ServiceBusMessage("short") { TimeToLive = TimeSpan.FromHours(1) }, Cancel);
        await sender.SendMessageAsync(new ServiceBusMessage("long"), Cancel);
        Assert.Equal(bus.Clock.GetUtcNow() + TimeSpan.FromHours(1), bus.Broker.NextWakeUp);

        bus.Clock.Advance(TimeSpan.FromHours(1));

        await bus.WaitForAsync(counts => counts == new LocalAzure.ServiceBus.QueueCounts(1, 0, 0, deadLetter ? 1 : 0));
        bus.Clock.Advance(TimeSpan.FromDays(14));
        await bus.WaitForAsync(counts => counts == new LocalAzure.ServiceBus.QueueCounts(0, 0, 0, deadLetter ? 2 : 0));
        if (!deadLetter) return;
        await using var dead = bus.Receiver(SubQueue.DeadLetter);
        Assert.Equal("TTLExpiredException", (await dead.ReceiveMessageAsync(BusUnderTest.Soon, Cancel))!.DeadLetterReason);
    }

    [Fact]
    public async Task A_message_does_not_expire_while_it_is_locked_but_when_it_is_given_back()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await using var sender = bus.Client.CreateSender(BusUnderTest.Queue);
        await sender.SendMessageAsync(new ServiceBusMessage("x") { TimeToLive = TimeSpan.FromSeconds(30) }, Cancel);
        await using var receiver = bus.Receiver();
        var message = (await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel))!;
        bus.Clock.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal(1, bus.Counts.Locked);

        await receiver.AbandonMessageAsync(message, null, Cancel);

        await bus.WaitForAsync(counts => counts == default);
        Assert.Null(await receiver.ReceiveMessageAsync(BusUnderTest.Briefly, Cancel));
    }

    [Fact]
    public async Task A_scheduled_message_waits_for_its_instant_and_can_be_cancelled()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await using var sender = bus.Client.CreateSender(BusUnderTest.Queue);
        var due = bus.Clock.GetUtcNow() + TimeSpan.FromDays(21);
        await sender.SendMessageAsync(new ServiceBusMessage("by property") { ScheduledEnqueueTime = due }, Cancel);
        await sender.ScheduleMessageAsync(new ServiceBusMessage("by call"), due, Cancel);
        var number = await sender.ScheduleMessageAsync(new ServiceBusMessage("cancelled"), due, Cancel);
        await sender.CancelScheduledMessageAsync(number, Cancel);
        Assert.Equal(new(0, 0, 2, 0), bus.Counts);
        Assert.Equal(due, bus.Broker.NextWakeUp);

        bus.Clock.Advance(TimeSpan.FromDays(21) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(new(0, 0, 2, 0), bus.Counts);
        bus.Clock.Advance(TimeSpan.FromMilliseconds(1));

        await using var receiver = bus.Receiver();
        var received = await receiver.ReceiveMessagesAsync(5, BusUnderTest.Soon, Cancel);
        Assert.Equal(["by property", "by call"], received.Select(message => message.Body.ToString()));
        Assert.All(received, message => Assert.Equal(due, message.EnqueuedTime));
        var failure = await Assert.ThrowsAsync<ServiceBusException>(() => sender.CancelScheduledMessageAsync(number, Cancel));
        Assert.Equal(ServiceBusFailureReason.MessageNotFound, failure.Reason);
    }

    [Fact]
    public async Task A_duplicate_within_the_window_is_acknowledged_and_dropped()
    {
        await using var bus = await BusUnderTest.StartAsync(queue => queue.DuplicateDetectionHistoryTimeWindow = TimeSpan.FromMinutes(10));
        await using var sender = bus.Client.CreateSender(BusUnderTest.Queue);
        await sender.SendMessageAsync(new ServiceBusMessage("first") { MessageId = "r/made" }, Cancel);
        bus.Clock.Advance(TimeSpan.FromMinutes(9));
        await sender.SendMessageAsync(new ServiceBusMessage("again") { MessageId = "r/made" }, Cancel);
        await sender.SendMessagesAsync(
            [new ServiceBusMessage("other") { MessageId = "r/amended" }, new ServiceBusMessage("no id"), new ServiceBusMessage("no id")],
            Cancel);
        Assert.Equal(4, bus.Counts.Active);

        await bus.CrashAndRestartAsync();
        await using var afterwards = bus.Client.CreateSender(BusUnderTest.Queue);
        await afterwards.SendMessageAsync(new ServiceBusMessage("after the crash") { MessageId = "r/made" }, Cancel);
        Assert.Equal(4, bus.Counts.Active);

        bus.Clock.Advance(TimeSpan.FromMinutes(1));
        await afterwards.SendMessageAsync(new ServiceBusMessage("after the window") { MessageId = "r/made" }, Cancel);
        Assert.Equal(5, bus.Counts.Active);
    }

    [Fact]
    public async Task The_broker_is_idle_when_nothing_is_left_to_hand_over()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync("one");
        // The sender hears of its message, and is gone, a moment before the broker has laid its work down.
        await BusUnderTest.UntilAsync(() => bus.Broker.IsIdle, "idleness with a message that nobody wants");
        var receiver = bus.Receiver();
        var message = (await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel))!;
        Assert.False(bus.Broker.IsIdle);

        await receiver.CompleteMessageAsync(message, Cancel);

        await receiver.DisposeAsync();
        await BusUnderTest.UntilAsync(() => bus.Broker.IsIdle, "idleness with nothing left");
        Assert.Null(bus.Broker.NextWakeUp);
    }

    [Fact]
    public async Task Old_messages_can_be_purged_and_young_and_locked_ones_stay()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync("dead", "locked", "old");
        await using var receiver = bus.Receiver();
        await receiver.DeadLetterMessageAsync((await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel))!, "x", null, Cancel);
        var locked = await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel);
        bus.Clock.Advance(TimeSpan.FromSeconds(30));
        await bus.SendAsync("young");

        Assert.Equal(1, await bus.Broker.PurgeAsync(BusUnderTest.Queue, deadLetter: false, bus.Clock.GetUtcNow()));
        Assert.Equal(1, await bus.Broker.PurgeAsync(BusUnderTest.Queue, deadLetter: true, bus.Clock.GetUtcNow()));

        Assert.Equal(new(1, 1, 0, 0), bus.Counts);
        await receiver.CompleteMessageAsync(locked!, Cancel);
        Assert.Equal("young", (await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel))!.Body.ToString());
    }
}
