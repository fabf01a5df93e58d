using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using Vcas.Domain.Teams;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Sweep;

namespace VcasFunctions.Tests.Dangers;

/// <summary>A danger is told of at once, day and night, until somebody says that they know of it.</summary>
public sealed class DangerTests
{
    private const string Supervisor = "5a000000-0000-4000-8000-000000000001";
    private const string Deputy = "5a000000-0000-4000-8000-000000000002";
    private const string Team = "11111111-2222-3333-4444-555555555555";

    private static readonly DateTimeOffset SaturdayNight = new(2024, 3, 16, 23, 50, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("declined", "selfHarm")]
    [InlineData("accepted", "violence")]
    [InlineData("notAsked", "childAtRisk")]
    [InlineData("doNotContact", "selfHarm")]
    public async Task Whoever_records_one_is_told_that_it_alerts_nobody_who_can_come_and_whom_to_call(string answer, string risk)
    {
        await using var app = await StartAsync("Vcas:Safety:ControlRoom=01632 960 101, option 2");
        using var api = new Api(app);
        var offer = Given.Declined("07700 900771").With("answer", answer).With("risks", new JsonArray(risk, "other"));
        var id = Guid.NewGuid();
        var recorded = (await api.PutAsync($"offers/{id}", offer)).Must(201);
        Assert.Contains("alerts nobody who can come", recorded["remark"]!, StringComparison.Ordinal);
        Assert.Contains("01632 960 101, option 2", recorded["remark"]!, StringComparison.Ordinal);
        Assert.Equal(recorded["remark"], (await api.PutAsync($"offers/{id}", offer)).Must(200)["remark"]);
        if (answer == "doNotContact") Assert.DoesNotContain("900771", recorded.Text, StringComparison.Ordinal);

        await app.WhenIdleAsync(Cancellation);
        Assert.Equal("dangerRecorded", Assert.Single(app.Azure.Graph.Inbox(Supervisor)).ActivityType);
        var row = (await api.GetAsync("dangers")).Must(200);
        Assert.Equal("1", row["unacknowledged"]);
        Assert.Equal(id, row.Json.GetProperty("dangers")[0].GetProperty("offerId").GetGuid());
        Assert.Equal(risk, row.Json.GetProperty("dangers")[0].GetProperty("risks")[0].GetString());
    }

    [Theory]
    [InlineData("suspectAtAddress")]
    [InlineData("childrensServicesInvolved")]
    public async Task What_is_no_danger_today_is_recorded_without_a_word(string risk)
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var recorded = (await api.PutAsync($"offers/{Guid.NewGuid()}", Given.Declined().With("risks", new JsonArray(risk)))).Must(201);
        Assert.Null(recorded["remark"]);
        Assert.Null(recorded["danger"]);
        await app.WhenIdleAsync(Cancellation);
        Assert.Empty(app.Azure.Graph.Inbox());
        Assert.Empty((await api.GetAsync("dangers")).Must(200).Json.GetProperty("dangers").EnumerateArray());
    }

    [Fact]
    public async Task Told_means_acknowledged_and_until_then_the_deputy_is_told_at_night_as_well()
    {
        await using var app = await StartAsync(
            "Vcas:Policy:AcknowledgeMinutes=20", $"Vcas:OtherTeams:Deputy={Deputy}", RunningApp.SweptDaily);
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined().With("risks", new JsonArray("selfHarm")));
        await app.AdvanceAsync(TimeSpan.FromMinutes(19), Cancellation);
        Assert.Empty(app.Azure.Graph.Inbox(Deputy));
        await app.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);
        Assert.Equal("dangerUnacknowledged", Assert.Single(app.Azure.Graph.Inbox(Deputy)).ActivityType);
        Assert.NotNull((await api.GetAsync("dangers")).Json.GetProperty("dangers")[0].GetProperty("escalatedAt").GetString());

        var acknowledged = (await api.SendAsync("POST", $"offers/{id}/danger/acknowledgement")).Must(200);
        Assert.NotNull(acknowledged["danger.acknowledgedAt"]);
        (await api.PostAsync($"offers/{id}/danger/action", new { action = "welfareCheck" })).Must(200);
        var told = app.Azure.Graph.Inbox().Count;
        await app.AdvanceAsync(TimeSpan.FromHours(23), Cancellation);
        Assert.Equal(told, app.Azure.Graph.Inbox().Count);
        // The call waits for its day as if nothing had been.
        Assert.Equal("waiting", await api.StateAsync(id));
        Assert.Equal("0", (await api.GetAsync("dangers"))["unacknowledged"]);
        await app.AdvanceToAsync(SaturdayNight.AddDays(25), Cancellation);
        Assert.Equal("due", await api.StateAsync(id));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(7)]
    public async Task A_queue_that_is_out_of_reach_keeps_nobody_from_being_told_again_and_again(int minutes)
    {
        await using var app = await WithoutAQueueAsync($"Vcas:Policy:AcknowledgeMinutes={minutes}");
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Accepted().With("risks", new JsonArray("violence")));
        await app.WhenIdleAsync(Cancellation);
        Assert.Equal("dangerRecorded", Assert.Single(app.Azure.Graph.Inbox(Supervisor)).ActivityType);

        // After its time, then after twice and four times as long: to the minute, whatever has failed and rested meanwhile.
        for (var (told, wait) = (1, minutes); told <= 3; told++, wait *= 2)
        {
            await app.AdvanceAsync(TimeSpan.FromMinutes(wait - 1), Cancellation);
            Assert.Equal($"{told - 1}", (await api.GetAsync($"offers/{id}"))["danger.escalations"]);
            await app.AdvanceAsync(TimeSpan.FromMinutes(1), Cancellation);
            Assert.Equal($"{told}", (await api.GetAsync($"offers/{id}"))["danger.escalations"]);
            Assert.Equal("dangerUnacknowledged", Assert.Single(app.Azure.Graph.Inbox(Deputy)).ActivityType);
        }

        (await api.PostAsync($"offers/{id}/danger/action", new { action = "emergencyService" })).Must(200);
        await app.Azure.Broker.StartAsync();
        await app.AdvanceAsync(TimeSpan.FromHours(4), Cancellation);
        Assert.Equal("3", (await api.GetAsync($"offers/{id}"))["danger.escalations"]);
        Assert.Equal(1, app.Azure.Broker.Count("referrals").Active);
        Assert.Equal("sent", (await api.GetAsync($"offers/{id}")).Must(200)["referral.state"]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public async Task One_that_is_recorded_while_the_queue_is_out_of_reach_is_told_of_at_once(int minutesOfOutage)
    {
        await using var app = await WithoutAQueueAsync();
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Accepted().With("risks", new JsonArray("other")));
        await app.AdvanceAsync(TimeSpan.FromMinutes(minutesOfOutage), Cancellation);
        Assert.Empty(app.Azure.Graph.Inbox());

        (await api.PutAsync($"offers/{id}/details", new { risks = new[] { "other", "selfHarm" } })).Must(200);
        await app.WhenIdleAsync(Cancellation);
        Assert.Equal("dangerRecorded", Assert.Single(app.Azure.Graph.Inbox(Supervisor)).ActivityType);
        await app.AdvanceAsync(TimeSpan.FromMinutes(30), Cancellation);
        Assert.Equal("dangerUnacknowledged", Assert.Single(app.Azure.Graph.Inbox(Deputy)).ActivityType);

        await app.Azure.Broker.StartAsync();
        await app.AdvanceAsync(TimeSpan.FromMinutes(15), Cancellation);
        // The referral and what was amended in it since.
        Assert.Equal(2, app.Azure.Broker.Count("referrals").Active);
    }

    [Fact]
    public async Task Where_no_deputy_is_set_the_call_back_team_is_told()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        // Nobody is ever to be called, and nothing else is waited for.
        await api.RecordAsync(new JsonObject { ["answer"] = "doNotContact", ["risks"] = new JsonArray("violence") });
        await app.AdvanceAsync(TimeSpan.FromMinutes(31), Cancellation);
        Assert.Equal("dangerUnacknowledged", Assert.Single(app.Azure.Graph.Inbox(Team)).ActivityType);
    }

    [Fact]
    public async Task What_was_done_leaves_a_welfare_contact_on_the_list_until_a_further_danger_is_none()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined().With("risks", new JsonArray("childAtRisk")));
        (await api.PostAsync($"offers/{id}/danger/action", new { action = "safeguardingNotification" })).MustRefuse(422, 2022);
        (await api.PostAsync($"offers/{id}/danger/action", new { action = "none" })).MustRefuse(422, 2023);
        (await api.PostAsync($"offers/{id}/danger/action", new { action = "safeguardingNotification", reference = "for Alex: ring" }))
            .MustRefuse(422, 1005);
        var done = (await api.PostAsync(
            $"offers/{id}/danger/action", new { action = "safeguardingNotification", reference = "MASH 24/0171" }))
            .Must(200);
        Assert.Equal("MASH 24/0171", done.Json.GetProperty("danger").GetProperty("measures")[0].GetProperty("reference").GetString());
        // Nobody has asked yet how they are since.
        var seenTo = Assert.Single((await api.GetAsync("dangers")).Json.GetProperty("dangers").EnumerateArray());
        Assert.True(seenTo.TryGetProperty("welfareFrom", out _));

        var corrected = (await api.PutAsync($"offers/{id}/details", new { risks = new[] { "childAtRisk", "violence" } })).Must(200);
        Assert.Contains("alerts nobody who can come", corrected["remark"]!, StringComparison.Ordinal);
        Assert.Equal("2", corrected["danger.number"]);
        Assert.False(Assert.Single((await api.GetAsync("dangers")).Json.GetProperty("dangers").EnumerateArray())
            .TryGetProperty("welfareFrom", out _));
        Assert.Null((await api.PutAsync($"offers/{id}/details", new { crimeReference = "CRI/0003/24" })).Must(200)["errors"]);
        (await api.PostAsync($"offers/{id}/danger/action", new { action = "none", reason = "noLongerTrue" })).Must(200);
        Assert.Empty((await api.GetAsync("dangers")).Json.GetProperty("dangers").EnumerateArray());
    }

    [Fact]
    public async Task Whom_the_timers_forgot_the_sweep_tells()
    {
        await using var app = await StartAsync($"Vcas:OtherTeams:Deputy={Deputy}", "Vcas:Sweep:GraceMinutes=0");
        using var api = new Api(app);
        var id = await api.RecordAsync(new JsonObject { ["answer"] = "doNotContact", ["risks"] = new JsonArray("selfHarm") });
        await app.WhenIdleAsync(Cancellation);
        await app.Azure.Engine.Client.TerminateInstanceAsync(HouseholdOrchestrations.InstanceIdOf(id), cancellation: Cancellation);
        await app.WhenIdleAsync(Cancellation);
        // The hour's own sweep comes meanwhile, and whichever is first repairs it.
        app.Clock.Advance(TimeSpan.FromMinutes(45));
        await app.WhenIdleAsync(Cancellation);
        await app.Services.GetRequiredService<HouseholdRepair>().RepairAllAsync(app.Azure.Engine.Client, Cancellation);
        await app.WhenIdleAsync(Cancellation);

        var instance = await app.Azure.Engine.Client.GetInstanceAsync(HouseholdOrchestrations.InstanceIdOf(id), Cancellation);
        Assert.False(instance!.IsCompleted);
        Assert.Equal("dangerUnacknowledged", Assert.Single(app.Azure.Graph.Inbox(Deputy)).ActivityType);
        Assert.False((await app.Services.GetRequiredService<HouseholdRepair>().RepairAllAsync(app.Azure.Engine.Client, Cancellation)).Any);
    }

    [Fact]
    public async Task What_is_stored_of_it_tells_nobody_which_danger_it_is_or_under_what_reference()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined().With("risks", new JsonArray("childAtRisk")));
        (await api.PostAsync($"offers/{id}/danger/action", new { action = "safeguardingNotification", reference = "QUILL-77" })).Must(200);
        (await api.PutAsync($"offers/{id}/details", new { crimeReference = "QUINCE-78" })).Must(200);
        (await api.PutAsync($"offers/{id}/details", new { crimeReference = "QUIVER-79" })).Must(200);
        Assert.Equal("QUINCE-78", (await api.GetAsync($"offers/{id}")).Json
            .GetProperty("corrections")[1].GetProperty("was").GetProperty("crimeReference").GetString());

        var tables = app.Services.GetRequiredService<VcasFunctions.Tables.VcasTables>();
        foreach (var table in new[] { tables.Offers, tables.CallBacks, tables.Audit })
        {
            await foreach (var row in table.QueryAsync<Azure.Data.Tables.TableEntity>(cancellationToken: Cancellation))
            {
                var text = string.Join(" ", row.Select(column => column.Value));
                foreach (var secret in new[] { "QUILL", "QUINCE", "QUIVER", "childAtRisk", "ChildAtRisk" })
                    Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_supervisor_undoes_a_withdrawal_that_was_a_mistake_and_time_is_kept_again()
    {
        await using var app = await StartAsync(RunningApp.SweptDaily);
        using var api = new Api(app);
        var id = await api.RecordAsync(
            Given.Declined().With("offeredAt", SaturdayNight.AddDays(-20).ToString("O")).With("offeredAtConfirmed", true));
        (await api.PostAsync($"offers/{id}/withdrawal", new { reason = "recordedInError" })).Must(200);
        (await api.PostAsync($"offers/{id}/reopening", new { reason = "closedInError" })).Must(200);
        Assert.Equal("waiting", await api.StateAsync(id));
        await app.AdvanceAsync(TimeSpan.FromDays(3), Cancellation);
        Assert.Equal("due", await api.StateAsync(id));
        Assert.False((await app.Services.GetRequiredService<HouseholdRepair>().RepairAllAsync(app.Azure.Engine.Client, Cancellation)).Any);
    }

    // The sweep comes once a day: it would make good what the household's own timer leaves undone.
    private static async Task<RunningApp> WithoutAQueueAsync(params string[] settings)
    {
        var app = await RunningApp.StartAsync(
            new Microsoft.Extensions.Time.Testing.FakeTimeProvider(SaturdayNight),
            configure: QueueOutage.FailsAtOnce,
            settings:
            [
                $"Vcas:OtherTeams:Supervisor={Supervisor}", $"Vcas:OtherTeams:Deputy={Deputy}", RunningApp.SweptDaily, .. settings,
            ]);
        await app.Azure.Broker.StopAsync();
        return app;
    }

    private static Task<RunningApp> StartAsync(params string[] settings) => RunningApp.StartAsync(
        new Microsoft.Extensions.Time.Testing.FakeTimeProvider(SaturdayNight),
        settings: [$"Vcas:OtherTeams:Supervisor={Supervisor}", .. settings]);
}
