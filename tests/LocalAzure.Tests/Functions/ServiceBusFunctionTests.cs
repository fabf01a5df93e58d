using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using LocalAzure.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace LocalAzure.Tests.Functions;

public sealed class ServiceBusFunctionTests
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly Seen seen = [];

    [Fact]
    public async Task A_message_starts_the_function_and_is_completed_when_it_returns()
    {
        await using var app = await StartAsync(typeof(Reads));
        await SendAsync(app, "answers", new ServiceBusMessage("hello") { MessageId = "m1", Subject = "s" });
        await app.IdleAsync();
        Assert.Equal(["m1 s hello 1"], seen);
        Assert.Equal(new QueueCounts(0, 0, 0, 0), app.Local.Broker.Count("answers"));
        Assert.Contains("\"answers\":{\"active\":0", await app.GetAsync("local/queues"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_parameter_is_the_body() =>
        Assert.Equal(["text hello"], await RunOneAsync(typeof(ReadsText)));

    [Fact]
    public async Task A_message_that_always_fails_is_delivered_as_often_as_allowed_and_then_dead_lettered()
    {
        await using var app = await StartAsync(typeof(Fails), args: ["--LocalAzure:ServiceBus:Queues:0:Name=answers", "--LocalAzure:ServiceBus:Queues:0:MaxDeliveryCount=3"]);
        await SendAsync(app, "answers", new ServiceBusMessage("hello"));
        await app.IdleAsync();
        Assert.Equal(["failed 1", "failed 2", "failed 3"], seen);
        Assert.Equal(new QueueCounts(0, 0, 0, 1), app.Local.Broker.Count("answers"));
    }

    [Fact]
    public async Task A_function_may_settle_the_message_itself()
    {
        await using var app = await StartAsync(typeof(Settles));
        await SendAsync(app, "answers", new ServiceBusMessage("bad"));
        await SendAsync(app, "answers", new ServiceBusMessage("good"));
        await app.IdleAsync();
        Assert.Equal(new QueueCounts(0, 0, 0, 1), app.Local.Broker.Count("answers"));
        await using var client = new ServiceBusClient(app.Local.Broker.ConnectionString);
        await using var receiver = client.CreateReceiver("answers", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        var dead = await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(("bad", "Unreadable", "It wasn't good."), (dead!.Body.ToString(), dead.DeadLetterReason, dead.DeadLetterErrorDescription));
    }

    [Fact]
    public async Task The_connection_of_the_app_is_the_broker_s_before_and_after_the_start()
    {
        string? early = null;
        await using var app = await StartAsync(typeof(Reads), configure: builder => early = builder.Configuration["ServiceBusConnection"]);
        Assert.Equal(app.Local.Broker.ConnectionString, early);
        Assert.Equal(early, app.Host.Services.GetRequiredService<IConfiguration>()["ServiceBusConnection"]);
    }

    [Fact]
    public async Task An_outage_ends_and_what_was_sent_before_is_read()
    {
        await using var app = await StartAsync(typeof(Reads));
        await SendAsync(app, "answers", new ServiceBusMessage("one") { MessageId = "m1", Subject = "s" });
        await app.IdleAsync();
        await app.Local.Broker.StopAsync();
        await app.IdleAsync();
        await app.Local.Broker.StartAsync();
        await SendAsync(app, "answers", new ServiceBusMessage("two") { MessageId = "m2", Subject = "s" });
        await app.IdleAsync();
        Assert.Equal(["m1 s one 1", "m2 s two 1"], seen);
    }

    [Fact]
    public async Task A_message_survives_a_crash_and_is_read_once_by_the_next_process()
    {
        var folder = TestApp.NewFolder();
        try
        {
            var first = await TestApp.StartAsync(typeof(Nothing), builder => builder.Services.AddSingleton<TimeProvider>(clock), folder, "--LocalAzure:ServiceBus:Queues:0:Name=answers");
            await SendAsync(first, "answers", new ServiceBusMessage("one") { MessageId = "m1", Subject = "s" });
            await first.CrashAsync();

            await using var second = await StartAsync(typeof(Reads), folder);
            await second.IdleAsync();
            Assert.Equal(["m1 s one 1"], seen);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_crash_with_a_message_in_hand_delivers_it_again_once_the_lock_is_over()
    {
        var folder = TestApp.NewFolder();
        try
        {
            var first = await StartAsync(typeof(Hangs), folder);
            await SendAsync(first, "answers", new ServiceBusMessage("one") { MessageId = "m1", Subject = "s" });
            await first.Host.Services.GetRequiredService<Seen>().Arrived.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            await first.CrashAsync();

            await using var second = await StartAsync(typeof(Reads), folder);
            await second.Local.AdvanceAsync(clock.SetUtcNow, TimeSpan.FromMinutes(6), TestContext.Current.CancellationToken);
            Assert.StartsWith("m1 s one", Assert.Single(seen), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task On_a_fast_clock_a_handler_has_its_lock_in_real_time()
    {
        await using var app = await TestApp.StartAsync(typeof(TakesAWhile), builder => builder.Services.AddSingleton(seen), null, "--LocalAzure:Clock:Speed=100000");
        await SendAsync(app, "answers", new ServiceBusMessage("one"));
        await seen.Arrived.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await app.IdleAsync();
        Assert.Equal(["delivery 1"], seen);
        Assert.Equal(new QueueCounts(0, 0, 0, 0), app.Local.Broker.Count("answers"));
    }

    private static async Task SendAsync(TestApp app, string queue, ServiceBusMessage message)
    {
        await using var client = new ServiceBusClient(app.Local.Broker.ConnectionString);
        await using var sender = client.CreateSender(queue);
        await sender.SendMessageAsync(message, TestContext.Current.CancellationToken);
    }

    private async Task<IEnumerable<string>> RunOneAsync(Type functions)
    {
        await using var app = await StartAsync(functions);
        await SendAsync(app, "answers", new ServiceBusMessage("hello"));
        await app.IdleAsync();
        return seen;
    }

    private Task<TestApp> StartAsync(
        Type functions, string? folder = null, Action<LocalAzureBuilder>? configure = null, string[]? args = null) =>
        TestApp.StartAsync(
            functions,
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(clock);
                builder.Services.AddSingleton(seen);
                configure?.Invoke(builder);
            },
            folder,
            ["--Answers:Queue=answers", .. args ?? []]);

    public sealed class Seen : ConcurrentQueue<string>
    {
        public TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public sealed class Nothing;

    public sealed class Reads(Seen seen)
    {
        [Function("Reads")]
        public async Task Run([ServiceBusTrigger("%Answers:Queue%", Connection = "ServiceBusConnection")] ServiceBusReceivedMessage message, FunctionContext context)
        {
            await Task.Yield();
            Assert.Equal("serviceBusTrigger", context.FunctionDefinition.InputBindings["message"].Type);
            seen.Enqueue($"{message.MessageId} {message.Subject} {message.Body} {message.DeliveryCount}");
        }
    }

    public sealed class ReadsText(Seen seen)
    {
        [Function("ReadsText")]
        public void Run([ServiceBusTrigger("answers")] string body) => seen.Enqueue($"text {body}");
    }

    public sealed class Fails(Seen seen)
    {
        [Function("Fails")]
        public async Task Run([ServiceBusTrigger("answers", Connection = "ServiceBusConnection")] ServiceBusReceivedMessage message)
        {
            await Task.Yield();
            seen.Enqueue($"failed {message.DeliveryCount}");
            throw new InvalidOperationException("on purpose");
        }
    }

    public sealed class Settles
    {
        [Function("Settles")]
        public Task Run(
            [ServiceBusTrigger("answers", Connection = "ServiceBusConnection", AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
            ServiceBusMessageActions actions,
            CancellationToken cancellation) => message.Body.ToString() == "good"
                ? actions.CompleteMessageAsync(message, cancellation)
                : actions.DeadLetterMessageAsync(message, null, "Unreadable", "It wasn't good.", cancellation);
    }

    public sealed class TakesAWhile(Seen seen, TimeProvider time)
    {
        // Two hours and more of the fast clock, and far less than a lock of a real minute.
        [Function("TakesAWhile")]
        public async Task Run([ServiceBusTrigger("answers", Connection = "ServiceBusConnection")] ServiceBusReceivedMessage message)
        {
            seen.Enqueue($"delivery {message.DeliveryCount}");
            await Task.Delay(TimeSpan.FromHours(2), time);
            seen.Arrived.TrySetResult();
        }
    }

    public sealed class Hangs(Seen seen)
    {
        [Function("Hangs")]
        public async Task Run([ServiceBusTrigger("answers", Connection = "ServiceBusConnection")] ServiceBusReceivedMessage message, CancellationToken cancellation)
        {
            seen.Arrived.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        }
    }
}
