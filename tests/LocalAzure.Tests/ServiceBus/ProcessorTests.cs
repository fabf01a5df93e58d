using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;

namespace LocalAzure.Tests.ServiceBus;

public sealed class ProcessorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_handler_that_returns_completes_and_one_that_throws_abandons_until_the_message_is_dead()
    {
        await using var bus = await BusUnderTest.StartAsync();
        var errors = new ConcurrentBag<ProcessErrorEventArgs>();
        var deliveries = new ConcurrentQueue<string>();
        await using var processor = bus.Client.CreateProcessor(BusUnderTest.Queue);
        processor.ProcessMessageAsync += args =>
        {
            deliveries.Enqueue($"{args.Message.Body} {args.Message.DeliveryCount}");
            return args.Message.Body.ToString() == "bad" ? throw new InvalidOperationException("It can't be handled.") : Task.CompletedTask;
        };
        processor.ProcessErrorAsync += args =>
        {
            errors.Add(args);
            return Task.CompletedTask;
        };
        await bus.SendAsync("good", "bad");

        await processor.StartProcessingAsync(Cancel);

        await bus.WaitForAsync(counts => counts == new LocalAzure.ServiceBus.QueueCounts(0, 0, 0, 1));
        Assert.Equal(["bad 1", "bad 2", "bad 3", "good 1"], deliveries.Order());
        Assert.Equal(3, errors.Count);
        Assert.All(errors, error => Assert.Equal(
            (ServiceBusErrorSource.ProcessMessageCallback, "It can't be handled.", BusUnderTest.Queue),
            (error.ErrorSource, error.Exception.Message, error.EntityPath)));
    }

    [Fact]
    public async Task A_handler_may_settle_by_itself()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await using var processor = bus.Client.CreateProcessor(
            BusUnderTest.Queue, new ServiceBusProcessorOptions { AutoCompleteMessages = false });
        processor.ProcessMessageAsync += args => args.Message.Body.ToString() == "refused"
            ? args.DeadLetterMessageAsync(args.Message, "NotValid", "No contact.", Cancel)
            : args.CompleteMessageAsync(args.Message, Cancel);
        processor.ProcessErrorAsync += _ => Task.CompletedTask;
        await bus.SendAsync("refused", "good");

        await processor.StartProcessingAsync(Cancel);

        await bus.WaitForAsync(counts => counts == new LocalAzure.ServiceBus.QueueCounts(0, 0, 0, 1));
    }

    [Fact]
    public async Task No_more_handlers_run_at_once_than_were_allowed_and_as_many_do()
    {
        await using var bus = await BusUnderTest.StartAsync();
        var (running, most, gate) = (0, 0, new SemaphoreSlim(0));
        await using var processor = bus.Client.CreateProcessor(
            BusUnderTest.Queue, new ServiceBusProcessorOptions { MaxConcurrentCalls = 3 });
        processor.ProcessMessageAsync += async args =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            await gate.WaitAsync(args.CancellationToken);
            Interlocked.Decrement(ref running);
        };
        processor.ProcessErrorAsync += _ => Task.CompletedTask;
        await bus.SendAsync([.. Enumerable.Range(0, 9).Select(i => $"{i}")]);
        await processor.StartProcessingAsync(Cancel);
        await BusUnderTest.UntilAsync(() => Volatile.Read(ref running) == 3, "three handlers to run at once");
        Assert.Equal(new(6, 3, 0, 0), bus.Counts);

        gate.Release(9);

        await bus.WaitForAsync(counts => counts == default);
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task The_lock_is_renewed_while_the_handler_runs_and_no_oftener_than_needed()
    {
        await using var bus = await BusUnderTest.StartAsync(queue => queue.LockDuration = TimeSpan.FromSeconds(2), TimeProvider.System);
        var (started, finish) = (new TaskCompletionSource<ServiceBusReceivedMessage>(), new TaskCompletionSource());
        var errors = new ConcurrentBag<Exception>();
        await using var processor = bus.Client.CreateProcessor(BusUnderTest.Queue);
        processor.ProcessMessageAsync += async args =>
        {
            started.TrySetResult(args.Message);
            await finish.Task;
        };
        processor.ProcessErrorAsync += args =>
        {
            errors.Add(args.Exception);
            return Task.CompletedTask;
        };
        await bus.SendAsync("long work");
        await processor.StartProcessingAsync(Cancel);
        var message = await started.Task.WaitAsync(BusUnderTest.Soon, TimeProvider.System, Cancel);

        var seen = new HashSet<DateTimeOffset> { message.LockedUntil };
        var first = message.LockedUntil;
        await BusUnderTest.UntilAsync(
            () =>
            {
                seen.Add(message.LockedUntil);
                return message.LockedUntil > first + TimeSpan.FromSeconds(3);
            },
            "the lock to be renewed again and again");

        finish.SetResult();
        await bus.WaitForAsync(counts => counts == default);
        Assert.InRange(seen.Count, 3, 8);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Stopping_waits_for_the_handler_and_gives_back_what_was_asked_for_ahead()
    {
        await using var bus = await BusUnderTest.StartAsync();
        var (started, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var processor = bus.Client.CreateProcessor(BusUnderTest.Queue, new ServiceBusProcessorOptions { PrefetchCount = 5 });
        processor.ProcessMessageAsync += async _ =>
        {
            started.TrySetResult();
            await finish.Task;
        };
        processor.ProcessErrorAsync += _ => Task.CompletedTask;
        await bus.SendAsync("1", "2", "3", "4");
        await processor.StartProcessingAsync(Cancel);
        await started.Task.WaitAsync(BusUnderTest.Soon, TimeProvider.System, Cancel);
        await bus.WaitForAsync(counts => counts.Locked == 4);

        var stopping = processor.StopProcessingAsync(Cancel);
        Assert.False(stopping.IsCompleted);
        finish.SetResult();
        await stopping;

        // What was asked for ahead is the processor's until it is closed: it could be started again.
        await processor.CloseAsync(Cancel);
        await bus.WaitForAsync(counts => counts == new LocalAzure.ServiceBus.QueueCounts(3, 0, 0, 0));
        await using var receiver = bus.Receiver();
        Assert.Equal(
            [1, 1, 1], (await receiver.ReceiveMessagesAsync(5, BusUnderTest.Soon, Cancel)).Select(message => message.DeliveryCount));
    }

    [Fact]
    public async Task A_receiver_that_is_closed_in_the_middle_of_a_flood_leaves_nothing_locked()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await using var sender = bus.Client.CreateSender(BusUnderTest.Queue);
        foreach (var prefetch in new[] { 0, 1, 37 })
        {
            var sending = Task.WhenAll(
                Enumerable.Range(0, 150).Select(i => sender.SendMessageAsync(new ServiceBusMessage($"{i}"), Cancel)));
            await using (var receiver = bus
                .NewClient().CreateReceiver(BusUnderTest.Queue, new ServiceBusReceiverOptions { PrefetchCount = prefetch }))
            {
                for (var taken = 0; taken < 40;)
                {
                    foreach (var message in await receiver.ReceiveMessagesAsync(10, BusUnderTest.Soon, Cancel))
                    {
                        await receiver.CompleteMessageAsync(message, Cancel);
                        taken++;
                    }
                }
            }

            await sending;
            await bus.WaitForAsync(counts => counts.Locked == 0);
        }

        await using var rest = bus.Receiver();
        while (bus.Counts.Active > 0)
        {
            foreach (var message in await rest.ReceiveMessagesAsync(100, BusUnderTest.Soon, Cancel))
            {
                Assert.Equal(1, message.DeliveryCount);
                await rest.CompleteMessageAsync(message, Cancel);
            }
        }
    }

    [Fact]
    public async Task A_processor_needs_its_handlers_and_only_one_of_each()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await using var processor = bus.Client.CreateProcessor(BusUnderTest.Queue);
        await Assert.ThrowsAsync<InvalidOperationException>(() => processor.StartProcessingAsync(Cancel));
        processor.ProcessMessageAsync += _ => Task.CompletedTask;
        Assert.Throws<NotSupportedException>(() => processor.ProcessMessageAsync += _ => Task.CompletedTask);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most) Interlocked.CompareExchange(ref most, value, seen);
    }
}
