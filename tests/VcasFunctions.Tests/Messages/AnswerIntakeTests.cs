using System.Collections.Concurrent;
using Azure;
using Azure.Messaging.ServiceBus;
using LocalAzure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moq;
using Shared;
using VcasFunctions.Referrals;

namespace VcasFunctions.Tests.Messages;

/// <summary>VCAS's answers are taken off their queue on a schedule: every one of them, each once, whatever fails meanwhile.</summary>
public sealed class AnswerIntakeTests : IDisposable
{
    private const string Queue = "referral-answers";
    private readonly Lines lines = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_waits_for_the_schedule_and_is_taken_in_by_the_clock_alone()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: "Vcas:Referrals:AnswersSchedule=0 */5 * * * *");
        using var api = new Api(app);
        var id = await new Households(app, api).ReferredAsync();
        await SendAsync(app, AnswerOf(id, "accepted"));
        await app.Azure.WhenIdleAsync(Cancellation);
        Assert.Equal("sent", (await api.GetAsync($"offers/{id}"))["referral.state"]);

        await app.AdvanceAsync(TimeSpan.FromMinutes(4), Cancellation);
        Assert.Equal("sent", (await api.GetAsync($"offers/{id}"))["referral.state"]);
        await app.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);
        Assert.Equal("accepted", (await api.GetAsync($"offers/{id}"))["referral.state"]);
        Assert.Equal(default, app.Azure.Broker.Count(Queue));
    }

    [Fact]
    public async Task One_run_takes_all_that_lies_there_and_puts_aside_what_nobody_could_use_under_its_word_and_number()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        await using var vcas = new VcasSide(app);
        var id = await new Households(app, api).ReferredAsync();
        await SendAsync(app, [.. Enumerable.Range(0, 23).Select(i => "{\"Quentin Quill\": "
            + $"{i}"), AnswerOf(id, "received"), AnswerOf(Guid.NewGuid(), "accepted"), AnswerOf(id, "accepted")]);

        await RunAsync(app);

        Assert.Equal("accepted", (await api.GetAsync($"offers/{id}"))["referral.state"]);
        var counts = app.Azure.Broker.Count(Queue);
        Assert.Equal((0, 0, 24), (counts.Active, counts.Locked, app.Azure.Broker.Count($"{Queue}-dead").Active));
        var dead = await vcas.TakeAsync(Queue, deadLetter: true);
        Assert.Equal(
            [("malformed", "4101"), ("unknownReferral", "4107")],
            dead.Select(message => (message.DeadLetterReason, message.DeadLetterErrorDescription)).Distinct());
    }

    [Fact]
    public async Task An_answer_that_fails_for_now_is_tried_once_in_each_run_and_taken_in_when_it_can_be()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), configure: Quickly);
        using var api = new Api(app);
        var (first, second) = (await new Households(app, api).ReferredAsync(), await new Households(app, api).ReferredAsync());
        await SendAsync(app, AnswerOf(first, "accepted"), AnswerOf(second, "rejected", "atCapacity"));
        app.Azure.Tables.BeforeCall = static _ =>
            throw new RequestFailedException(503, "Quentin Quill is out of reach.", "ServerBusy", innerException: null);

        for (var run = 1; run <= 3; run++)
        {
            await RunAsync(app);
            // What comes back to a receiver that is closing is given back once more, and counts as no delivery.
            await app.Azure.Broker.WaitForCountsAsync(
                Queue, counts => counts is { Active: 2, Locked: 0 }, TimeSpan.FromSeconds(20), Cancellation);
        }

        app.Azure.Tables.BeforeCall = null;
        await RunAsync(app);
        Assert.Equal("accepted", (await api.GetAsync($"offers/{first}"))["referral.state"]);
        Assert.Equal("rejected", (await api.GetAsync($"offers/{second}"))["referral.state"]);
        Assert.Equal(default, app.Azure.Broker.Count(Queue));
        Assert.Equal(6, lines.Starting("An answer of VCAS's could not be taken in yet: RequestFailedException").Count());
        Assert.DoesNotContain(lines, line => line.Contains("Quill", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bus_that_is_away_is_told_once_each_time_that_it_goes_and_nothing_is_lost()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), configure: Quickly);
        using var api = new Api(app);
        var id = await new Households(app, api).ReferredAsync();
        await SendAsync(app, AnswerOf(id, "accepted"));
        for (var outage = 1; outage <= 2; outage++)
        {
            await app.Azure.Broker.StopAsync();
            for (var run = 0; run < 3; run++) await RunAsync(app);
            Assert.Equal(
                outage,
                lines.Starting("VCAS's answers can't be read until the bus is back: serviceBusServiceCommunicationProblem").Count());
            await app.Azure.Broker.StartAsync();
            await RunAsync(app);
            Assert.Equal(outage, lines.Starting("The queue of VCAS's answers can be read again").Count());
        }

        Assert.Equal("accepted", (await api.GetAsync($"offers/{id}"))["referral.state"]);
    }

    [Fact]
    public async Task A_lock_that_is_lost_between_the_change_and_its_completion_makes_the_answer_come_again_and_change_nothing()
    {
        var once = 0;
        await using var app = await RunningApp.StartAsync(Given.Clock(), configure: builder => builder.Services.AddSingleton(services =>
        {
            var real = new ServiceBusClient(services.GetRequiredService<IConfiguration>()["ServiceBusConnection"]!);
            var client = new Mock<ServiceBusClient>();
            client.Setup(bus => bus.CreateSender(It.IsAny<string>())).Returns((string queue) => real.CreateSender(queue));
            client.Setup(bus => bus.CreateReceiver(Queue))
                .Returns(() => Interlocked.Increment(ref once) == 1 ? Losing(real.CreateReceiver(Queue)) : real.CreateReceiver(Queue));
            return client.Object;
        }));
        using var api = new Api(app);
        var id = await new Households(app, api).ReferredAsync();
        await SendAsync(app, AnswerOf(id, "accepted"));

        await RunAsync(app);
        Assert.Equal("accepted", (await api.GetAsync($"offers/{id}"))["referral.state"]);
        var changed = (await api.GetAsync($"offers/{id}"))["revision"];
        await app.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);
        await app.Azure.Broker.WaitForCountsAsync(Queue, counts => counts.Active == 1, TimeSpan.FromSeconds(20), Cancellation);
        await RunAsync(app);

        Assert.Equal(default, app.Azure.Broker.Count(Queue));
        Assert.Equal(changed, (await api.GetAsync($"offers/{id}"))["revision"]);
    }

    [Fact]
    public void Each_reason_has_a_number_of_its_own_and_stands_in_the_operators_document()
    {
        var document = File.ReadAllText(Path.Combine(Golden.Root, "docs/operations/alerts/dead-letters-referral-answers.md"));

        Assert.Equal(9, AnswerFaults.All.Values.Distinct().Count());
        Assert.All(AnswerFaults.All, fault => Assert.Contains($"| `{fault.Key}` | {fault.Value} |", document, StringComparison.Ordinal));
    }

    public void Dispose() => lines.Dispose();

    private static Task RunAsync(RunningApp app) => app.Azure.RunTimerAsync("ReceiveAnswers", Cancellation);

    private static ServiceBusReceiver Losing(ServiceBusReceiver real)
    {
        var receiver = new Mock<ServiceBusReceiver>();
        receiver.Setup(bus => bus.PeekMessageAsync(It.IsAny<long?>(), It.IsAny<CancellationToken>()))
            .Returns((long? from, CancellationToken stop) => real.PeekMessageAsync(from, stop));
        receiver.Setup(bus => bus.ReceiveMessagesAsync(It.IsAny<int>(), It.IsAny<TimeSpan?>(), It.IsAny<CancellationToken>()))
            .Returns((int most, TimeSpan? wait, CancellationToken stop) => real.ReceiveMessagesAsync(most, wait, stop));
        receiver.Setup(bus => bus.CompleteMessageAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>()))
            .Returns(async () =>
            {
                await real.CloseAsync();
                throw new ServiceBusException("The lock supplied is invalid.", ServiceBusFailureReason.MessageLockLost);
            });
        return receiver.Object;
    }

    private static async Task SendAsync(RunningApp app, params string[] answers)
    {
        await using var client = new ServiceBusClient(app.Azure.Broker.ConnectionString);
        await using var sender = client.CreateSender(Queue);
        await sender.SendMessagesAsync(answers.Select(answer => new ServiceBusMessage(answer)), Cancellation);
    }

    private static string AnswerOf(Guid id, string kind, string? reason = null)
    {
        var why = reason is null ? "" : $",\"reason\":\"{reason}\"";
        return $$$"""
            {"specversion":"1.0","id":"{{{id}}}/{{{kind}}}","type":"uk.police.vcas.referral.{{{kind}}}.v1","source":"/vcas",
             "subject":"{{{id}}}","time":"2024-03-12T09:00:00Z","datacontenttype":"application/json",
             "data":{"referralId":"{{{id}}}"{{{why}}}}}
            """;
    }

    private void Quickly(LocalAzureBuilder builder)
    {
        builder.Logging.AddProvider(lines);
        // The client's own retries wait by the clock on the wall.
        builder.Services.AddSingleton(services => new ServiceBusClient(
            services.GetRequiredService<IConfiguration>()["ServiceBusConnection"]!,
            new ServiceBusClientOptions { RetryOptions = { MaxRetries = 0 } }));
    }

    private sealed class Lines : ConcurrentQueue<string>, ILoggerProvider, ILogger
    {
        public IEnumerable<string> Starting(string text) => this.Where(line => line.StartsWith(text, StringComparison.Ordinal));

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
