using LocalAzure.Graph;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Moq;
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_can_t_be_ended_is_followed_by_another_only_where_it_has_ended_by_itself(bool hasEnded)
    {
        const string Id = "digest-of-many";
        await using var app = await StartAsync();
        var real = app.Azure.Engine.Client;
        var plan = new DigestPlan("of-many", Given.Monday.AddDays(1));
        Assert.True(await real.TryStartSingleAsync(DigestPlan.Orchestration, Id, plan, Cancellation));
        var client = new Mock<DurableTaskClient>("one that refuses to end what doesn't run") { CallBase = true };
        client.Setup(service => service.GetInstanceAsync(Id, It.IsAny<bool>(), It.IsAny<CancellationToken>()))
            .Returns((string id, bool inputs, CancellationToken stop) => real.GetInstanceAsync(id, inputs, stop));
        client.Setup(service => service.WaitForInstanceCompletionAsync(Id, It.IsAny<bool>(), It.IsAny<CancellationToken>()))
            .Returns((string id, bool inputs, CancellationToken stop) => real.WaitForInstanceCompletionAsync(id, inputs, stop));
        client.Setup(service => service.ScheduleNewOrchestrationInstanceAsync(
                It.IsAny<TaskName>(), It.IsAny<object?>(), It.IsAny<StartOrchestrationOptions?>(), It.IsAny<CancellationToken>()))
            .Returns((TaskName name, object? input, StartOrchestrationOptions? options, CancellationToken stop) =>
                real.ScheduleNewOrchestrationInstanceAsync(name, input, options, stop));
        client.Setup(service => service.TerminateInstanceAsync(
                Id, It.IsAny<TerminateInstanceOptions?>(), It.IsAny<CancellationToken>()))
            .Returns(async (string id, TerminateInstanceOptions? options, CancellationToken stop) =>
            {
                if (hasEnded)
                {
                    await real.TerminateInstanceAsync(id, options, stop);
                    await real.WaitForInstanceCompletionAsync(id, stop);
                }

                throw new InvalidOperationException("It doesn't run.");
            });

        var later = plan with { At = Given.Monday.AddDays(2) };
        var restarting = client.Object.RestartSingleAsync(DigestPlan.Orchestration, Id, later);
        if (hasEnded) await restarting;
        else await Assert.ThrowsAsync<InvalidOperationException>(() => restarting);
        var standing = await real.GetInstanceAsync(Id, getInputsAndOutputs: true, Cancellation);
        Assert.Equal((false, hasEnded ? later : plan), (standing!.IsCompleted, standing.ReadInputAs<DigestPlan>()!));
    }

    private static Task<RunningApp> StartAsync() => RunningApp.StartAsync(
        Given.Clock(), settings: [$"Vcas:OtherTeams:Supervisor={Supervisor}", RunningApp.SweptDaily]);
}
