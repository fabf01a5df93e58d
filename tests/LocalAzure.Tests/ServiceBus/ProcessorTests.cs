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
            (ServiceBusErrorSource.ProcessMessageCallback, "It can't be handled.", BusUnderTest.Queue), (error.ErrorSource, error.Exception.Message, error.EntityPath)));
    }

    [Fact]
    public async Task A_handler_may_settle_by_itself()
    {
        await using var bus = await BusUnderTest.StartAsync();
        await using var processor = bus.Client.CreateProcessor(BusUnderTest.Queue, new ServiceBusProcessorOptions { AutoCompleteMessages = false });
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
        await using var processor = bus.Client.CreateProcessor(BusUnderTest.Queue, new ServiceBusProcessorOptions { MaxConcurrentCalls = 3 });
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
    public async Task The_lock_is_renewed_while_the_handler_runs()
    {
        await using var bus = await BusUnderTest.StartAsync();
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

        for (var i = 0; i < 3; i++)
        {
            var before = message.LockedUntil;
            bus.Clock.Advance(TimeSpan.FromSeconds(50));
            await BusUnderTest.UntilAsync(() => message.LockedUntil > before, $"the lock to be renewed for the {i + 1}. time");
        }

        finish.SetResult();
        await bus.WaitForAsync(counts => counts == default);
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

        await bus.WaitForAsync(counts => counts == new LocalAzure.ServiceBus.QueueCounts(3, 0, 0, 0));
        await using var receiver = bus.Receiver();
        Assert.Equal([1, 1, 1], (await receiver.ReceiveMessagesAsync(5, BusUnderTest.Soon, Cancel)).Select(message => message.DeliveryCount));
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
