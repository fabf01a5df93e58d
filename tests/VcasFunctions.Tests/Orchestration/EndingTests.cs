using LocalAzure.Graph;
using Shared;
using VcasFunctions.Households;

namespace VcasFunctions.Tests.Orchestration;

/// <summary>An orchestration that has nothing left to wait for is about to end, and then something happens to its household.</summary>
public sealed class EndingTests
{
    private const string Supervisor = "5a000000-0000-4000-8000-000000000001";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_danger_is_told_of_again_though_the_last_orchestration_was_still_trying_to_reach_Teams()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = await new Tests.Households(app, api).ReferredAsync();
        app.Azure.Graph.Outage = GraphOutage.ServiceUnavailable;
        await using (var vcas = new VcasSide(app)) await vcas.AnswerAsync(id, "rejected", reason: "atCapacity");
        await app.WhenIdleAsync(Cancellation);
        var ending = await app.Azure.Engine.Client.GetInstanceAsync(HouseholdOrchestrations.InstanceIdOf(id), Cancellation);
        Assert.False(ending!.IsCompleted);

        (await api.PostAsync($"offers/{id}/danger", new { risks = new[] { "violence" } })).Must(200);
        app.Azure.Graph.Outage = GraphOutage.None;
        await app.AdvanceAsync(TimeSpan.FromHours(1), Cancellation);
        Assert.Contains(app.Azure.Graph.Inbox(Supervisor), notice => notice.ActivityType == "dangerRecorded");
        Assert.Equal("1", (await api.GetAsync($"offers/{id}"))["danger.escalations"]);
    }

    private static Task<RunningApp> StartAsync() => RunningApp.StartAsync(
        Given.Clock(), settings: [$"Vcas:OtherTeams:Supervisor={Supervisor}", RunningApp.SweptDaily]);
}
