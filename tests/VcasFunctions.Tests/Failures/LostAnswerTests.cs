using System.Net;
using System.Net.Http.Headers;
using Azure;
using Azure.Messaging.ServiceBus;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Graph;
using Moq;
using Shared;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Teams;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Notifications;
using VcasFunctions.Offers;
using VcasFunctions.Settings;
using VcasFunctions.Sweep;
using VcasFunctions.Tests.Contracts;
using VcasFunctions.Tests.Notifications;

namespace VcasFunctions.Tests.Failures;

/// <summary>
/// Failures that no real service can be made to show when a test wants them: it did what was asked and its answer was lost, or it refuses
/// twice in a row. What is looked at is where the household stands afterwards, and not what was called.
/// </summary>
public sealed class LostAnswerTests
{
    private const string Officer = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
    private const string Team = "11111111-2222-3333-4444-555555555555";

    private static readonly DateTimeOffset Due = new(2024, 4, 2, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, 2)]
    [InlineData("00:10:00", 1)]
    public async Task A_send_that_times_out_after_the_queue_took_it_gives_VCAS_one_referral(string? duplicatesAreKnownFor, int copies)
    {
        const string Window = "LocalAzure:ServiceBus:Queues:0:DuplicateDetectionHistoryTimeWindow";
        await using var app = await RunningApp.StartAsync(
            Given.Clock(),
            configure: builder => builder.Services.AddSingleton(services => TimingOutOnce(services.GetRequiredService<IConfiguration>())),
            settings: $"{Window}={duplicatesAreKnownFor}");
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Accepted());
        await app.Azure.WhenIdleAsync(Cancellation);
        Assert.Equal("toSend", (await api.GetAsync($"offers/{id}"))["referral.state"]);

        await app.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);
        Assert.Equal("sent", (await api.GetAsync($"offers/{id}"))["referral.state"]);
        Assert.Equal(copies, app.Azure.Broker.Count("referrals").Active);

        var folder = Directory.CreateTempSubdirectory("vcas-lost-answer-");
        try
        {
            var options = VcasReceiver.ReceiverOptions.Read(
                ["--connection", app.Azure.Broker.ConnectionString, "--store", Path.Combine(folder.FullName, "vcas.db")], _ => null);
            await using var vcas = new RunningReceiver(options, TimeProvider.System);
            await vcas.UntilPrintedAsync($"{id} made stored");
            if (copies == 2) await vcas.UntilPrintedAsync($"{id} made ignored: seen before");
            await app.Azure.Broker.WaitForCountsAsync(
                "referral-answers", counts => counts.Active == 2, TimeSpan.FromSeconds(20), Cancellation);
            await vcas.StopAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        await app.WhenIdleAsync(Cancellation);
        Assert.Equal("accepted", (await api.GetAsync($"offers/{id}"))["referral.state"]);
        Assert.Empty((await OfferAsync(app, id)).Outbox);
        Assert.Equal(default, app.Azure.Broker.Count("referrals"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [Trait("Tables", "Local")]
    public async Task A_change_that_the_table_refuses_as_too_late_begins_again_and_is_stored_once(int refusals)
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined());
        var store = app.Services.GetRequiredService<HouseholdStore>();
        var (revision, events) = ((await OfferAsync(app, id)).Revision, (await store.TrailAsync(id, Cancellation)).Count);
        var left = refusals;
        app.Azure.Tables.BeforeCall = operation => operation == "SubmitTransaction" && left-- > 0
            ? throw new RequestFailedException(412, "The condition is not met.", "UpdateConditionNotSatisfied", innerException: null)
            : ValueTask.CompletedTask;

        (await api.PutAsync($"call-backs/{id}/hold", new { reason = "bailChanged", reviewAt = Given.Monday.AddDays(5) })).Must(200);

        app.Azure.Tables.BeforeCall = null;
        Assert.True(left <= 0, $"{left} refusals were left.");
        Assert.Equal((HouseholdState.Held, revision + 1), ((await OfferAsync(app, id)).State, (await OfferAsync(app, id)).Revision));
        Assert.Equal(events + 1, (await store.TrailAsync(id, Cancellation)).Count);
        Assert.Single((await api.GetAsync("call-backs?state=held")).Json.GetProperty("callBacks").EnumerateArray());
        Assert.Empty((await api.GetAsync("call-backs?state=waiting")).Json.GetProperty("callBacks").EnumerateArray());
        Assert.False((await RepairAsync(app)).Any);
    }

    [Fact]
    public async Task A_start_that_is_said_to_exist_already_is_a_start_and_the_call_falls_due_once()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        var settings = app.Services.GetRequiredService<VcasSettings>();
        var (id, contact) = (Guid.NewGuid(), new SafeContact(null, "+447700900456", false, [], null, null, null, null, null, false));
        var moment = settings.Moment;
        var details = new OfferDetails { Answer = OfferAnswer.Declined, OfferedAt = moment.Now, Team = "unassigned", Contact = contact };
        var recorded = OfferTransitions.Record(
            id, details, settings.Teams.Find(details.Team), settings.Policy, settings.SchemeStart, moment);
        var request = new OfferRequest { Answer = OfferAnswer.Declined, Contact = new ContactRequest { Phone = "07700 900456" } };
        var hash = HouseholdRow.HashOf(request);

        var (offer, isNew) = await app.Services.GetRequiredService<OfferRecorder>()
            .RecordAsync(
                StartedBefore(app).Object, recorded, never: [], hash, new Actor("officer"), _ => Task.CompletedTask, Cancellation);

        Assert.Equal((id, true), (offer.Id, isNew));
        Assert.False((await RepairAsync(app)).Any);
        await app.AdvanceToAsync(Due, Cancellation);
        Assert.Equal("due", await api.StateAsync(id));
        Assert.Single(app.Azure.Graph.Inbox());
    }

    [Fact]
    public async Task A_digest_that_is_said_to_be_on_its_way_already_takes_in_all_who_wait()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        var digests = app.Services.GetRequiredService<NoticeDigests>();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        var time = StartedBefore(app).Object;
        foreach (var id in new[] { first, second }) await digests.PutOffAsync("a-key", id, Given.Monday, time, Cancellation);

        Assert.Equal(new[] { first, second }.Order(), (await digests.ReadAsync("a-key", Cancellation)).Order());
        await app.AdvanceAsync(TimeSpan.FromMinutes(5), Cancellation);
        Assert.Empty(await digests.ReadAsync("a-key", Cancellation));
    }

    [Fact]
    public async Task Where_Teams_is_busy_at_first_and_then_does_not_know_the_person_the_team_is_told_when_it_says()
    {
        var graph = new BusyOnce();
        await using var app = await RunningApp.StartAsync(
            Given.Clock(),
            configure: builder => builder.Services.AddHttpClient(nameof(GraphServiceClient)).AddHttpMessageHandler(() => graph),
            settings: [$"Vcas:OtherTeams:CareOfficer={Officer}", $"LocalAzure:Graph:NotInstalled:0={Officer}"]);
        using var api = new Api(app);
        var due = await app.FallDueAsync(api, 1);
        await app.AdvanceAsync(TimeSpan.FromSeconds(149), Cancellation);
        Assert.Empty(app.Azure.Graph.Inbox());
        Assert.Equal(due, await app.UntoldAsync(due));

        await app.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);
        Assert.Equal(Team, Assert.Single(app.Azure.Graph.Inbox()).Recipient);
        Assert.Empty(await app.UntoldAsync(due));
        Assert.Null((await api.GetAsync($"offers/{due[0]}"))["untoldSince"]);
    }

    private static async Task<Household> OfferAsync(RunningApp app, Guid id) =>
        (await app.Services.GetRequiredService<HouseholdStore>().FindAsync(id, Cancellation))!.Household;

    private static Task<RepairResult> RepairAsync(RunningApp app) =>
        app.Services.GetRequiredService<HouseholdRepair>().RepairAllAsync(app.Azure.Engine.Client, Cancellation);

    // The first message is on the queue when its sender hears of a time-out.
    private static ServiceBusClient TimingOutOnce(IConfiguration configuration)
    {
        var real = new ServiceBusClient(configuration["ServiceBusConnection"]!);
        var sent = 0;
        var client = new Mock<ServiceBusClient>();
        client.Setup(bus => bus.CreateReceiver(It.IsAny<string>())).Returns((string queue) => real.CreateReceiver(queue));
        client.Setup(bus => bus.CreateSender(It.IsAny<string>())).Returns((string queue) =>
        {
            var to = real.CreateSender(queue);
            var sender = new Mock<ServiceBusSender>();
            sender.Setup(bus => bus.SendMessageAsync(It.IsAny<ServiceBusMessage>(), It.IsAny<CancellationToken>()))
                .Returns(async (ServiceBusMessage message, CancellationToken stop) =>
                {
                    await to.SendMessageAsync(message, stop);
                    if (Interlocked.Increment(ref sent) > 1) return;
                    throw new ServiceBusException("No answer in time.", ServiceBusFailureReason.ServiceTimeout);
                });
            return sender.Object;
        });
        return client.Object;
    }

    // The engine has started it; whoever asked hears of it the second time, as after an answer that was lost.
    private static Mock<DurableTaskClient> StartedBefore(RunningApp app)
    {
        var client = new Mock<DurableTaskClient>("one whose first answer was lost");
        client.Setup(time => time.ScheduleNewOrchestrationInstanceAsync(
                It.IsAny<TaskName>(), It.IsAny<object?>(), It.IsAny<StartOrchestrationOptions?>(), It.IsAny<CancellationToken>()))
            .Returns(async Task<string> (TaskName name, object? input, StartOrchestrationOptions? options, CancellationToken stop) =>
            {
                await app.Azure.Engine.Client.ScheduleNewOrchestrationInstanceAsync(name, input, options, stop);
                throw new OrchestrationAlreadyExistsException("It exists already.");
            });
        return client;
    }

    private sealed class BusyOnce : DelegatingHandler
    {
        private int asked;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref asked) > 1) return base.SendAsync(request, cancellationToken);
            var busy = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { RequestMessage = request };
            busy.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(150));
            return Task.FromResult(busy);
        }
    }
}
