using Azure.Messaging.ServiceBus;

namespace LocalAzure.Tests.ServiceBus;

/// <summary>For a while nothing can be written: what couldn't be stored hasn't happened, and no message is lost or blamed for it.</summary>
public sealed class FullDiskTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Settlements => ["complete", "abandon", "dead-letter"];

    [Theory]
    [MemberData(nameof(Settlements))]
    public async Task A_settlement_that_cannot_be_stored_is_refused_and_the_message_comes_again(string settlement)
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync("one");
        await using var receiver = Impatient(bus).CreateReceiver(BusUnderTest.Queue);
        var message = await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel);

        await bus.RefuseWritesAsync(true);
        await Assert.ThrowsAsync<ServiceBusException>(() => SettleAsync(receiver, message, settlement));
        // Its lock holds as long as it would have.
        Assert.Equal((0, 1, 0), (bus.Counts.Active, bus.Counts.Locked, bus.Counts.DeadLettered));
        await bus.RefuseWritesAsync(false);

        bus.Clock.Advance(TimeSpan.FromMinutes(2));
        var again = await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel);
        Assert.Equal("one", again.Body.ToString());
        Assert.Empty(again.ApplicationProperties);
        await SettleAsync(receiver, again, "complete");
        await bus.WaitForAsync(counts => counts is { Active: 0, Locked: 0, DeadLettered: 0 });
    }

    [Fact]
    public async Task A_lock_that_runs_out_while_nothing_can_be_written_frees_its_message()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync("one");
        await using (var lost = bus.NewClient())
        await using (var receiver = lost.CreateReceiver(BusUnderTest.Queue))
            Assert.NotNull(await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel));

        await bus.RefuseWritesAsync(true);
        bus.Clock.Advance(TimeSpan.FromMinutes(2));
        await bus.WaitForAsync(counts => counts.Active == 1);
        await bus.RefuseWritesAsync(false);

        await using var next = bus.Receiver();
        Assert.Equal("one", (await next.ReceiveMessageAsync(BusUnderTest.Soon, Cancel)).Body.ToString());
    }

    [Fact]
    public async Task A_message_that_could_not_be_handed_over_is_offered_again_and_counts_no_failure()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync("one", "two");
        await using var receiver = Impatient(bus).CreateReceiver(BusUnderTest.Queue);
        await bus.RefuseWritesAsync(true);
        var asked = receiver.ReceiveMessagesAsync(20, BusUnderTest.Soon, Cancel);
        // More often than a message may fail.
        for (var second = 0; second < 8; second++)
        {
            await bus.WaitForAsync(counts => counts.Locked == 2);
            bus.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await bus.WaitForAsync(counts => counts.Locked == 2);
        await bus.RefuseWritesAsync(false);
        bus.Clock.Advance(TimeSpan.FromSeconds(1));

        var messages = await asked;
        while (messages.Count < 2) messages = [.. messages, .. await receiver.ReceiveMessagesAsync(1, BusUnderTest.Soon, Cancel)];
        Assert.Equal(["one", "two"], messages.Select(message => message.Body.ToString()));
        Assert.All(messages, message => Assert.Equal(1, message.DeliveryCount));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_expiry_that_cannot_be_stored_is_tried_again_in_a_second_and_not_without_a_pause(bool deadLetters)
    {
        await using var bus = await BusUnderTest.StartAsync(queue =>
            (queue.DefaultMessageTimeToLive, queue.DeadLetteringOnMessageExpiration) = (TimeSpan.FromHours(1), deadLetters));
        await bus.SendAsync("one");
        await bus.RefuseWritesAsync(true);
        bus.Clock.Advance(TimeSpan.FromHours(2));
        await bus.WaitForAsync(counts => counts is { Active: 0, Locked: 1 });
        await bus.RefuseWritesAsync(false);
        bus.Clock.Advance(TimeSpan.FromSeconds(1));

        await bus.WaitForAsync(counts => counts is { Active: 0, Locked: 0 } && counts.DeadLettered == (deadLetters ? 1 : 0));
    }

    [Fact]
    public async Task A_cancelling_that_cannot_be_stored_is_refused_and_the_message_comes_at_its_time()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await using var sender = Impatient(bus).CreateSender(BusUnderTest.Queue);
        var number = await sender.ScheduleMessageAsync(new ServiceBusMessage("later"), bus.Clock.GetUtcNow().AddDays(1), Cancel);
        await bus.RefuseWritesAsync(true);
        await Assert.ThrowsAsync<ServiceBusException>(() => sender.CancelScheduledMessageAsync(number, Cancel));
        await bus.RefuseWritesAsync(false);
        bus.Clock.Advance(TimeSpan.FromDays(1));

        await using var receiver = bus.Receiver();
        Assert.Equal("later", (await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel)).Body.ToString());
    }

    // Who is refused is told so at once.
    private static ServiceBusClient Impatient(BusUnderTest bus) => bus.NewClient(options => options.RetryOptions.MaxRetries = 0);

    private static Task SettleAsync(ServiceBusReceiver receiver, ServiceBusReceivedMessage message, string settlement) => settlement switch
    {
        "complete" => receiver.CompleteMessageAsync(message, Cancel),
        "abandon" => receiver.AbandonMessageAsync(message, cancellationToken: Cancel),
        _ => receiver.DeadLetterMessageAsync(message, "unreadable", cancellationToken: Cancel),
    };
}
