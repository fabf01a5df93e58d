using LocalAzure.Graph;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Households;
using VcasFunctions.Notifications;

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

    [Fact]
    public async Task Who_comes_to_a_digest_that_may_have_looked_already_who_waits_is_told_of_in_the_next()
    {
        const string Key = "of-many";
        await using var app = await StartAsync();
        var digests = app.Services.GetRequiredService<NoticeDigests>();
        var client = app.Azure.Engine.Client;
        await digests.PutOffAsync(Key, Guid.NewGuid(), app.Clock.GetUtcNow(), client, Cancellation);
        // It stands for one that has read who waits and hasn't ended yet.
        await client.SuspendInstanceAsync($"digest-{Key}", cancellation: Cancellation);
        await app.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);
        Assert.Single(await digests.ReadAsync(Key, Cancellation));

        await digests.PutOffAsync(Key, Guid.NewGuid(), app.Clock.GetUtcNow(), client, Cancellation);
        await app.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);
        Assert.Empty(await digests.ReadAsync(Key, Cancellation));
    }

    private static Task<RunningApp> StartAsync() => RunningApp.StartAsync(
        Given.Clock(), settings: [$"Vcas:OtherTeams:Supervisor={Supervisor}", RunningApp.SweptDaily]);
}
