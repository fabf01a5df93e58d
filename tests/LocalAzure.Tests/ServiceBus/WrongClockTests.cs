using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Time.Testing;

namespace LocalAzure.Tests.ServiceBus;

/// <summary>The clock ran ahead and was put right: what was stored meanwhile has happened, and waits for no date of then.</summary>
public sealed class WrongClockTests
{
    private static readonly TimeSpan AMonth = TimeSpan.FromDays(31);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.01)]
    [InlineData(3)]
    [InlineData(400)]
    public async Task What_came_in_then_is_there_to_be_received(double daysAhead)
    {
        await using var bus = await BusUnderTest.StartAsync();
        bus.Clock.Advance(TimeSpan.FromDays(daysAhead));
        await bus.SendAsync("one", "two");

        await bus.CrashAndPutRightAsync(TimeSpan.FromDays(daysAhead));

        Assert.Equal(new(2, 0, 0, 0), bus.Counts);
        await using var receiver = bus.Receiver();
        // One by one: asked for two, the client gives what has come by then.
        List<ServiceBusReceivedMessage> messages =
        [
            await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel), await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel),
        ];
        Assert.Equal(["one", "two"], messages.Select(message => message.Body.ToString()));
        Assert.All(messages, message => Assert.Equal(bus.Clock.GetUtcNow(), message.EnqueuedTime));
    }

    [Fact]
    public async Task What_was_scheduled_still_waits_for_its_own_date_even_if_that_seemed_to_have_come()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await using (var sender = bus.Client.CreateSender(BusUnderTest.Queue))
        {
            var now = bus.Clock.GetUtcNow();
            await sender.ScheduleMessageAsync(new ServiceBusMessage("in two days"), now.AddDays(2), Cancel);
            await sender.ScheduleMessageAsync(new ServiceBusMessage("in two months"), now.AddDays(60), Cancel);
            bus.Clock.Advance(AMonth);
            await bus.WaitForAsync(counts => counts is { Active: 1, Scheduled: 1 });
        }

        await bus.CrashAndPutRightAsync(AMonth);
        Assert.Equal(new(0, 0, 2, 0), bus.Counts);
        bus.Clock.Advance(TimeSpan.FromDays(2));

        await using var receiver = bus.Receiver();
        Assert.Equal("in two days", (await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel)).Body.ToString());
        Assert.Equal(1, bus.Counts.Scheduled);
    }

    [Fact]
    public async Task What_was_scheduled_and_has_been_handed_out_is_enqueued_and_stays_so()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await using (var sender = bus.Client.CreateSender(BusUnderTest.Queue))
            await sender.ScheduleMessageAsync(new ServiceBusMessage("in a week"), bus.Clock.GetUtcNow().AddDays(7), Cancel);
        bus.Clock.Advance(AMonth);
        await using (var receiver = bus.Receiver())
        {
            await receiver.AbandonMessageAsync(await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel), null, Cancel);
            await bus.WaitForAsync(counts => counts.Active == 1);
        }

        await bus.CrashAndPutRightAsync(AMonth);

        Assert.Equal(new(1, 0, 0, 0), bus.Counts);
    }

    [Fact]
    public async Task What_came_in_then_lives_as_long_as_any_other()
    {
        await using var bus = await BusUnderTest.StartAsync(
            queue => (queue.DefaultMessageTimeToLive, queue.DeadLetteringOnMessageExpiration) = (TimeSpan.FromDays(5), true));
        bus.Clock.Advance(AMonth);
        await bus.SendAsync("one");

        await bus.CrashAndPutRightAsync(AMonth);
        bus.Clock.Advance(TimeSpan.FromDays(5) - TimeSpan.FromMinutes(1));
        Assert.Equal(new(1, 0, 0, 0), bus.Counts);
        bus.Clock.Advance(TimeSpan.FromMinutes(2));

        await bus.WaitForAsync(counts => counts is { Active: 0, DeadLettered: 1 });
    }

    [Fact]
    public async Task An_id_that_was_seen_then_is_a_duplicates_for_as_long_as_any_other()
    {
        await using var bus = await BusUnderTest.StartAsync(queue => queue.DuplicateDetectionHistoryTimeWindow = TimeSpan.FromMinutes(10));
        bus.Clock.Advance(AMonth);
        await SendAsync(bus, "made");

        await bus.CrashAndPutRightAsync(AMonth);
        bus.Clock.Advance(TimeSpan.FromMinutes(9));
        await SendAsync(bus, "made");
        Assert.Equal(1, bus.Counts.Active);
        bus.Clock.Advance(TimeSpan.FromMinutes(2));
        await SendAsync(bus, "made");

        Assert.Equal(2, bus.Counts.Active);
    }

    [Fact]
    public async Task A_lock_lasts_no_longer_when_the_clock_on_the_wall_is_put_right_meanwhile()
    {
        var wall = new WallClock();
        await using var bus = await BusUnderTest.StartAsync(realClock: wall);
        wall.IsAheadBy = AMonth;
        await bus.SendAsync("one");
        await using (var receiver = bus.Receiver()) Assert.NotNull(await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel));

        wall.IsAheadBy = TimeSpan.Zero;
        wall.Advance(TimeSpan.FromMinutes(1));

        await bus.WaitForAsync(counts => counts is { Active: 1, Locked: 0 });
    }

    [Fact]
    public async Task Locks_that_are_read_from_the_file_end_in_the_order_in_which_they_run_out()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await bus.SendAsync("one", "two");
        await using (var receiver = bus.Receiver())
        {
            var first = await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel);
            Assert.NotNull(await receiver.ReceiveMessageAsync(BusUnderTest.Soon, Cancel));
            bus.Clock.Advance(TimeSpan.FromSeconds(40));
            await receiver.RenewMessageLockAsync(first, Cancel);
        }

        await bus.CrashAndRestartAsync();
        bus.Clock.Advance(TimeSpan.FromSeconds(20));

        await bus.WaitForAsync(counts => counts is { Active: 1, Locked: 1 });
    }

    private static async Task SendAsync(BusUnderTest bus, string id)
    {
        await using var sender = bus.Client.CreateSender(BusUnderTest.Queue);
        await sender.SendMessageAsync(new ServiceBusMessage(id) { MessageId = id }, Cancel);
    }

    /// <summary>A clock that can be wrong while time passes as ever.</summary>
    private sealed class WallClock : FakeTimeProvider
    {
        public TimeSpan IsAheadBy { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + IsAheadBy;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
