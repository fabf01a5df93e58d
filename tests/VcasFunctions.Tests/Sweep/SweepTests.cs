using Azure;
using Azure.Data.Tables;
using LocalAzure.Graph;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moq;
using Shared;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;
using VcasFunctions.Referrals;
using VcasFunctions.Reporting;
using VcasFunctions.Settings;
using VcasFunctions.Sweep;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Sweep;

/// <summary>What a crash, an outage or a lost wake-up leaves behind is found by the sweep, repaired, and not found again.</summary>
[Trait("Pace", "Slow")]
public sealed partial class SweepTests
{
    private static readonly DateTimeOffset Due = new(2024, 4, 2, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_household_in_order_gives_nothing_to_repair()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var households = new Households(app, api);
        foreach (var state in new[] { "waiting", "held", "wrongNumber", "referred", "doNotContact", "withdrawn" })
            await households.InAsync(state);
        await app.AdvanceAsync(TimeSpan.FromMinutes(30), Cancellation);
        var repaired = await RepairAsync(app);
        Assert.False(repaired.Any, $"{repaired}");
        // The closed ones are looked at by nobody; the number that is wrong and the referral that waits are.
        Assert.Equal(4, repaired.Households);
    }

    [Fact]
    public async Task A_recording_that_was_stored_but_never_started_is_started()
    {
        await using var app = await StartAsync(RunningApp.SweptDaily);
        using var api = new Api(app);
        var id = Guid.NewGuid();
        await Assert.ThrowsAsync<InvalidOperationException>(() => RecordAsync(app, id, new Unreachable().Object));
        Assert.Equal("waiting", await api.StateAsync(id));
        Assert.Null(await app.Azure.Engine.Client.GetInstanceAsync(id.ToString(), Cancellation));

        await MustRepairAsync(app, repaired => repaired.Restarted == 1);
        await app.AdvanceToAsync(Due, Cancellation);
        Assert.Equal("due", await api.StateAsync(id));
    }

    [Fact]
    public async Task The_clock_itself_runs_the_sweep_every_hour()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = Guid.NewGuid();
        await Assert.ThrowsAsync<InvalidOperationException>(() => RecordAsync(app, id, new Unreachable().Object));
        await app.AdvanceAsync(TimeSpan.FromMinutes(61), Cancellation);
        Assert.NotNull(await app.Azure.Engine.Client.GetInstanceAsync(id.ToString(), Cancellation));
    }

    [Theory]
    [Trait("Tables", "Local")]
    [InlineData(OfferAnswer.Declined)]
    [InlineData(OfferAnswer.DoNotContact)]
    public async Task A_recording_that_the_sweep_took_for_a_remnant_is_found_again(OfferAnswer answer)
    {
        await using var app = await StartAsync();
        var stored = false;
        var added = 0;
        app.Azure.Tables.BeforeCall = async operation =>
        {
            // The recording sleeps for two hours between its list and its offer, and ends with what follows the list.
            if (stored && operation == "AddEntity" && ++added > 1) throw new RequestFailedException(503, "The tables are out of reach.");
            if (stored || operation != "SubmitTransaction") return;
            stored = true;
            app.Clock.SetUtcNow(app.Clock.GetUtcNow().AddHours(2));
            await RepairAsync(app);
            added = 0;
        };
        await Assert.ThrowsAnyAsync<Exception>(() => RecordAsync(app, Guid.NewGuid(), new Unreachable().Object, answer));
        app.Azure.Tables.BeforeCall = null;

        Assert.Equal(1, (await RepairAsync(app)).Households);
        Assert.Equal(1, (await app.GetAsync("reports/uptake", Cancellation)).GetProperty("total").GetProperty("offers").GetInt32());
    }

    [Fact]
    public async Task The_same_request_again_finishes_what_the_first_began()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = Guid.NewGuid();
        await Assert.ThrowsAsync<InvalidOperationException>(() => RecordAsync(app, id, new Unreachable().Object));
        (await api.PutAsync($"offers/{id}", Given.Declined("07700 900123"))).Must(200);
        Assert.False((await RepairAsync(app)).Any);
    }

    [Fact]
    public async Task An_orchestration_that_nobody_told_of_a_change_is_begun_anew()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined());
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.Services.GetRequiredService<HouseholdCommands>().ApplyAsync(
            new Unreachable().Object,
            id,
            (offer, moment) => offer.Accept(moment.Now, false, null, null, moment),
            new Actor("officer"),
            Cancellation));
        await app.WhenIdleAsync(Cancellation);
        Assert.Equal("toSend", (await api.GetAsync($"offers/{id}"))["referral.state"]);

        await app.AdvanceAsync(TimeSpan.FromMinutes(6), Cancellation);
        await MustRepairAsync(app, repaired => repaired.Restarted == 1);
        Assert.Equal("sent", (await api.GetAsync($"offers/{id}"))["referral.state"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_orchestration_that_was_ended_or_deleted_begins_anew_and_calls_in_time(bool purged)
    {
        await using var app = await StartAsync(RunningApp.SweptDaily);
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined());
        var client = app.Azure.Engine.Client;
        await client.TerminateInstanceAsync(id.ToString(), Cancellation);
        await app.WhenIdleAsync(Cancellation);
        if (purged) await client.PurgeInstanceAsync(id.ToString(), Cancellation);

        await MustRepairAsync(app, repaired => repaired.Restarted == 1);
        await app.AdvanceToAsync(Due, Cancellation);
        Assert.Equal("due", await api.StateAsync(id));
    }

    [Fact]
    public async Task A_call_whose_timer_never_rang_is_made_due_by_the_sweep()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined());
        // It has read what it waits for: one that never has is begun anew by the sweep, and then rings.
        await app.WhenIdleAsync(Cancellation);
        await app.Azure.Engine.Client.SuspendInstanceAsync(id.ToString(), null, Cancellation);
        await app.AdvanceToAsync(Due.AddMinutes(4), Cancellation);
        Assert.Equal("waiting", await api.StateAsync(id));

        // The sweep at seven minutes past the hour.
        await app.AdvanceToAsync(Due.AddMinutes(8), Cancellation);
        Assert.Equal("due", await api.StateAsync(id));
        Assert.Single((await api.GetAsync("call-backs")).Json.GetProperty("callBacks").EnumerateArray());
    }

    [Fact]
    public async Task A_notification_that_could_not_be_sent_is_sent_once_Teams_is_back()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined());
        app.Azure.Graph.Outage = GraphOutage.NoConnection;
        // Past the last try of the orchestration's own.
        await app.AdvanceToAsync(Due.AddMinutes(30), Cancellation);
        Assert.Equal("due", await api.StateAsync(id));
        Assert.Empty(app.Azure.Graph.Inbox());

        app.Azure.Graph.Outage = GraphOutage.None;
        await MustRepairAsync(app, repaired => repaired.Notified == 1);
        Assert.Equal("callBackDue", Assert.Single(app.Azure.Graph.Inbox()).ActivityType);
    }

    [Fact]
    [Trait("Tables", "Local")]
    public async Task A_recording_that_took_hours_is_listed_although_the_sweep_took_its_rows_for_remnants()
    {
        // Rows are stamped by the clock of whatever holds them: this test's app has the machine's time.
        await using var app = await RunningApp.StartAsync(new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        using var api = new Api(app);
        var id = Guid.NewGuid();
        var swept = 0;
        app.Azure.Tables.BeforeCall = async operation =>
        {
            if (operation != "SubmitTransaction" || swept++ > 0) return;
            app.Clock.Advance(TimeSpan.FromHours(3));
            await RepairAsync(app);
            Assert.Empty(await app.Services.GetRequiredService<CallBackList>()
                .AllRowsAsync(Cancellation).Where(row => row.OfferId == id).ToListAsync(Cancellation));
        };

        (await api.PutAsync($"offers/{id}", Given.Declined())).Must(201);
        Assert.True(swept > 0);
        Assert.Contains(
            (await api.GetAsync("call-backs?state=waiting")).Json.GetProperty("callBacks").EnumerateArray(),
            row => row.GetProperty("offerId").GetGuid() == id);
    }

    [Fact]
    public async Task One_household_that_cannot_be_repaired_does_not_keep_the_others_from_it()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var (sound, broken) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var id in new[] { sound, broken })
            await Assert.ThrowsAsync<InvalidOperationException>(() => RecordAsync(app, id, new Unreachable().Object));

        var client = new Mock<DurableTaskClient>("one that fails at one household");
        client.Setup(durable => durable.GetInstanceAsync(broken.ToString(), It.IsAny<bool>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new InvalidOperationException("down"));
        client.Setup(durable => durable.GetInstanceAsync(sound.ToString(), It.IsAny<bool>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((OrchestrationMetadata?)null);
        client.Setup(durable => durable.ScheduleNewOrchestrationInstanceAsync(
            It.IsAny<TaskName>(), It.IsAny<object?>(), It.IsAny<StartOrchestrationOptions?>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(sound.ToString());

        var repaired = await app.Services.GetRequiredService<HouseholdRepair>().RepairAllAsync(client.Object, Cancellation);
        Assert.Equal((1, 1), (repaired.Restarted, repaired.Failed));

        // Whoever watches over the households sees which it is, until it is well again.
        var told = (await api.GetAsync("health/details")).Must(200).Json.GetProperty("sweep");
        Assert.Equal(Given.Monday, told.GetProperty("at").GetDateTimeOffset());
        Assert.Equal(
            [Household.ReferenceOf(broken)], told.GetProperty("failed").EnumerateArray().Select(reference => reference.GetString()));
    }

    private static Task<RunningApp> StartAsync(params string[] settings) => RunningApp.StartAsync(Given.Clock(), settings: settings);

    private static Task<RepairResult> RepairAsync(RunningApp app) =>
        app.Services.GetRequiredService<HouseholdRepair>().RepairAllAsync(app.Azure.Engine.Client, Cancellation);

    private static async Task MustRepairAsync(RunningApp app, Func<RepairResult, bool> expected)
    {
        var first = await RepairAsync(app);
        Assert.True(expected(first), $"The first sweep: {first}");
        await app.WhenIdleAsync(Cancellation);
        var second = await RepairAsync(app);
        Assert.False(second.Any, $"The second sweep still found something: {second}");
    }

    private static Task<(Household Household, bool IsNew)> RecordAsync(
        RunningApp app, Guid id, DurableTaskClient durable, OfferAnswer answer = OfferAnswer.Declined)
    {
        var settings = app.Services.GetRequiredService<VcasSettings>();
        var contact = new SafeContact(null, "+447700900123", false, [], null, null, null, null, null, false);
        var details = new OfferDetails { Answer = answer, OfferedAt = settings.Moment.Now, Team = "unassigned", Contact = contact };
        var recorded = OfferTransitions.Record(
            id, details, settings.Teams.Find(details.Team), settings.Policy, settings.SchemeStart, settings.Moment);
        var request = new OfferRequest { Answer = answer, Contact = new ContactRequest { Phone = "07700 900123" } };
        var recorder = app.Services.GetRequiredService<OfferRecorder>();
        return recorder.RecordAsync(
            durable, recorded, never: [], HouseholdRow.HashOf(request), new Actor("officer"), _ => Task.CompletedTask, Cancellation);
    }

    /// <summary>A client of an engine that can't be reached.</summary>
    private sealed class Unreachable : Mock<DurableTaskClient>
    {
        public Unreachable()
            : base("one that can't be reached")
        {
            Setup(durable => durable.ScheduleNewOrchestrationInstanceAsync(
                It.IsAny<TaskName>(), It.IsAny<object?>(), It.IsAny<StartOrchestrationOptions?>(), It.IsAny<CancellationToken>()))
                .ThrowsAsync(new InvalidOperationException("down"));
            Setup(
                durable => durable.RaiseEventAsync(
                    It.IsAny<string>(), It.IsAny<string>(), It.IsAny<object?>(), It.IsAny<CancellationToken>()))
                .ThrowsAsync(new InvalidOperationException("down"));
        }
    }
}
