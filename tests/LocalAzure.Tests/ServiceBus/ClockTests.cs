using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using LocalAzure.ServiceBus;
using LocalAzure.Tests.Functions;
using LocalAzure.Time;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAzure.Tests.ServiceBus;

/// <summary>
/// Microsoft's client lives by the clock on the wall. LocalAzure's own may run ten thousand times faster, or be moved on by weeks.
/// </summary>
public sealed class ClockTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_fast_clock_a_handler_keeps_its_lock_in_real_time_and_renews_it_no_oftener()
    {
        await using var app = await StartAsync("00:00:03", "--LocalAzure:Clock:Speed=30240");
        await using var work = new Work(app);
        var message = await work.BeginAsync();
        Assert.InRange(message.LockedUntil - TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(3.5));

        var seen = await Work.UntilRenewedAsync(message);
        await work.EndAsync();

        Assert.InRange(seen, 2, 6);
        Assert.Equal([1], work.Deliveries);
        Assert.Empty(work.Errors);
        Assert.Equal(default, app.Local.Broker.Count("answers"));
    }

    [Fact]
    public async Task A_clock_that_is_moved_on_by_weeks_ends_no_lock_that_somebody_holds_and_what_was_scheduled_comes()
    {
        await using var app = await StartAsync("00:00:30");
        await using var work = new Work(app);
        await using var sender = work.Client.CreateSender("answers");
        var clock = Assert.IsType<LocalClock>(app.Host.Services.GetRequiredService<TimeProvider>());
        await sender.ScheduleMessageAsync(new ServiceBusMessage("in three weeks"), clock.GetUtcNow().AddDays(21), Cancel);
        var held = await work.BeginAsync();

        await clock.AdvanceAsync(TimeSpan.FromDays(26));
        await BusUnderTest.UntilAsync(() => work.Deliveries.Count == 2, "the scheduled message");
        Assert.InRange(work.Latest!.LockedUntil - TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(31));
        Assert.Equal(1, app.Local.Broker.Count("answers").Locked - 1);
        var until = held.LockedUntil;
        await work.EndAsync();

        Assert.Equal(until, held.LockedUntil);
        Assert.Equal([1, 1], work.Deliveries);
        Assert.Empty(work.Errors);
        Assert.Equal(default, app.Local.Broker.Count("answers"));
    }

    private static Task<TestApp> StartAsync(string lockDuration, params string[] args) => TestApp.StartAsync(
        typeof(Nothing),
        null,
        null,
        ["--LocalAzure:ServiceBus:Queues:0:Name=answers", $"--LocalAzure:ServiceBus:Queues:0:LockDuration={lockDuration}", .. args]);

    private sealed class Nothing;

    /// <summary>A processor whose handlers work until they are told to end.</summary>
    private sealed class Work : IAsyncDisposable
    {
        private readonly TestApp app;
        private readonly ServiceBusProcessor processor;
        private readonly TaskCompletionSource<ServiceBusReceivedMessage> begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Work(TestApp app)
        {
            this.app = app;
            Client = new ServiceBusClient(app.Local.Broker.ConnectionString);
            processor = Client.CreateProcessor("answers", new ServiceBusProcessorOptions { MaxConcurrentCalls = 2 });
            processor.ProcessMessageAsync += async args =>
            {
                Deliveries.Enqueue(args.Message.DeliveryCount);
                Latest = args.Message;
                begun.TrySetResult(args.Message);
                await end.Task;
            };
            processor.ProcessErrorAsync += args =>
            {
                Errors.Enqueue(args.Exception);
                return Task.CompletedTask;
            };
        }

        public ServiceBusClient Client { get; }

        public ConcurrentQueue<int> Deliveries { get; } = new();

        public ConcurrentQueue<Exception> Errors { get; } = new();

        public ServiceBusReceivedMessage? Latest { get; private set; }

        public async Task<ServiceBusReceivedMessage> BeginAsync()
        {
            await using var sender = Client.CreateSender("answers");
            await sender.SendMessageAsync(new ServiceBusMessage("long work"), Cancel);
            await processor.StartProcessingAsync(Cancel);
            return await begun.Task.WaitAsync(BusUnderTest.Soon, TimeProvider.System, Cancel);
        }

        /// <summary>Gives how many ends the lock had by the time that its first was over.</summary>
        public static async Task<int> UntilRenewedAsync(ServiceBusReceivedMessage message)
        {
            var (first, seen) = (message.LockedUntil, new HashSet<DateTimeOffset>());
            await BusUnderTest.UntilAsync(
                () =>
                {
                    seen.Add(message.LockedUntil);
                    return TimeProvider.System.GetUtcNow() > first;
                },
                "the first lock to be over");
            return seen.Count;
        }

        public async Task EndAsync()
        {
            end.SetResult();
            await app.Local.Broker.WaitForCountsAsync("answers", counts => counts == default, BusUnderTest.Soon, Cancel);
        }

        public async ValueTask DisposeAsync()
        {
            end.TrySetResult();
            await processor.DisposeAsync();
            await Client.DisposeAsync();
        }
    }
}
