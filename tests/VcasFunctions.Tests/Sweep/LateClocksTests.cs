using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Sweep;

namespace VcasFunctions.Tests.Sweep;

/// <summary>Of the things that one household waits for, none hides that another is late.</summary>
[Trait("Pace", "Slow")]
public sealed class LateClocksTests
{
    private const string Supervisor = "5a000000-0000-4000-8000-000000000001";
    private const string Deputy = "5a000000-0000-4000-8000-000000000002";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_that_is_late_is_asked_for_although_an_amendment_cannot_leave_and_a_danger_is_told_of()
    {
        await using var app = await RunningApp.StartAsync(
            Given.Clock(),
            configure: QueueOutage.FailsAtOnce,
            settings: [$"Vcas:OtherTeams:Supervisor={Supervisor}", $"Vcas:OtherTeams:Deputy={Deputy}", RunningApp.SweptDaily]);
        using var api = new Api(app);
        var id = await new Households(app, api).ReferredAsync();
        await app.Azure.Broker.StopAsync();
        (await api.PutAsync($"offers/{id}/details", new { risks = new[] { "childAtRisk" } })).Must(200);

        // The answer is due on Wednesday.
        await app.AdvanceAsync(TimeSpan.FromDays(3), Cancellation);
        await app.Services.GetRequiredService<HouseholdRepair>().RepairAllAsync(app.Azure.Engine.Client, Cancellation);
        await app.WhenIdleAsync(Cancellation);

        Assert.Contains(app.Azure.Graph.Inbox(Supervisor), notice => notice.ActivityType == "answerMissing");
        Assert.Equal("dangerUnacknowledged", Assert.Single(app.Azure.Graph.Inbox(Deputy)).ActivityType);
        await app.Azure.Broker.StartAsync();
        await app.AdvanceAsync(TimeSpan.FromMinutes(16), Cancellation);
        Assert.Equal(2, app.Azure.Broker.Count("referrals").Active);
    }

    [Fact]
    public async Task A_welfare_contact_is_told_of_although_an_amendment_cannot_leave()
    {
        await using var app = await RunningApp.StartAsync(
            Given.Clock(),
            configure: QueueOutage.FailsAtOnce,
            settings: [$"Vcas:OtherTeams:Supervisor={Supervisor}", RunningApp.SweptDaily]);
        using var api = new Api(app);
        var id = await new Households(app, api).ReferredAsync();
        await app.Azure.Broker.StopAsync();
        (await api.PutAsync($"offers/{id}/details", new { risks = new[] { "childAtRisk" } })).Must(200);
        (await api.PostAsync($"offers/{id}/danger/action", new { action = "emergencyService" })).Must(200);

        await app.AdvanceAsync(TimeSpan.FromHours(25), Cancellation);
        await app.Services.GetRequiredService<HouseholdRepair>().RepairAllAsync(app.Azure.Engine.Client, Cancellation);
        await app.WhenIdleAsync(Cancellation);
        Assert.Single(app.Azure.Graph.Inbox(Supervisor), notice => notice.ActivityType == "welfareContactDue");
    }
}
