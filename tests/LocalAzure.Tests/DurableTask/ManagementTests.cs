using DurableTask.Core.Exceptions;
using LocalAzure.DurableTask;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalAzure.Tests.DurableTask;

/// <summary>Starting twice, starting later, suspending, terminating, asking and purging; versions.</summary>
public sealed class ManagementTests
{
    private static readonly OrchestrationRuntimeStatus[] All = [.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses];

    [Fact]
    public async Task A_finished_instance_may_be_started_anew_and_a_running_one_may_not()
    {
        await using var engine = await WaitingEngineAsync();
        await engine.StartAsync("Wait", "a", 1);
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => engine.StartAsync("Wait", "a", 2));
        await engine.RaiseAsync("a", "Go");
        Assert.Equal("1", await engine.OutputAsync("a"));
        await engine.StartAsync("Wait", "a", 3);
        await engine.RaiseAsync("a", "Go");
        Assert.Equal("3", await engine.OutputAsync("a"));
        Assert.Single(engine.History("a"), line => line == "started");
    }

    [Fact]
    public async Task With_all_statuses_named_nothing_that_exists_is_started_anew()
    {
        await using var engine = await WaitingEngineAsync();
        var once = new StartOrchestrationOptions("a").WithDedupeStatuses(All);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", 1, once, TestContext.Current.CancellationToken);
        await engine.RaiseAsync("a", "Go");
        await engine.IdleAsync();
        var refused = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(
            () => engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", 2, once, TestContext.Current.CancellationToken));
        Assert.Contains("'Completed'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_instance_that_may_be_replaced_is_terminated_first()
    {
        await using var engine = await WaitingEngineAsync();
        await engine.StartAsync("Wait", "a", 1);
        var options = new StartOrchestrationOptions("a").WithDedupeStatuses();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", 2, options, TestContext.Current.CancellationToken);
        await engine.RaiseAsync("a", "Go");
        Assert.Equal("2", await engine.OutputAsync("a"));
        await Assert.ThrowsAsync<ArgumentException>(() => engine.Client.ScheduleNewOrchestrationInstanceAsync(
            "Wait", 2, options.WithDedupeStatuses(OrchestrationRuntimeStatus.Terminated), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Of_many_concurrent_starts_of_one_id_exactly_one_succeeds()
    {
        await using var engine = await WaitingEngineAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () =>
        {
            try
            {
                await engine.StartAsync("Wait", "a", i);
                return 1;
            }
            catch (OrchestrationAlreadyExistsException)
            {
                return 0;
            }
        })));
        Assert.Equal(1, results.Sum());
    }

    [Fact]
    public async Task A_start_in_the_future_is_pending_until_then()
    {
        await using var engine = await WaitingEngineAsync();
        var later = new StartOrchestrationOptions("a", Harness.Start.AddDays(2));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", 1, later, TestContext.Current.CancellationToken);
        await engine.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await engine.GetAsync("a")).RuntimeStatus);
        await engine.ReopenAsync();
        await engine.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await engine.GetAsync("a")).RuntimeStatus);
        Assert.Equal("episode at 2022-01-12 09:00", engine.History("a")[0]);
    }

    [Fact]
    public async Task A_suspended_instance_takes_events_in_and_acts_on_them_when_resumed()
    {
        await using var engine = await WaitingEngineAsync(held: 0);
        await engine.StartAsync("Wait", "a", 7);
        await engine.Client.SuspendInstanceAsync("a", "holiday", TestContext.Current.CancellationToken);
        await engine.RaiseAsync("a", "Go");
        await engine.IdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await engine.GetAsync("a")).RuntimeStatus);
        await engine.ReopenAsync();
        await engine.Client.ResumeInstanceAsync("a", cancellation: TestContext.Current.CancellationToken);
        Assert.Equal("7", await engine.OutputAsync("a"));
    }

    [Fact]
    public async Task Termination_ends_an_instance_and_its_children_if_asked_and_leaves_no_timer()
    {
        await using var engine = await Harness.StartAsync(new TestFunctions()
            .Orchestrator("Parent", async context =>
                await context.CallSubOrchestratorAsync<object>("Child", null, new SubOrchestrationOptions(instanceId: "c")))
            .Orchestrator("Child", async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(9), CancellationToken.None);
                return null;
            }));
        await engine.StartAsync("Parent", "p");
        await engine.IdleAsync();
        await engine.Client.TerminateInstanceAsync(
            "p", new TerminateInstanceOptions("enough", Recursive: true), TestContext.Current.CancellationToken);
        await engine.IdleAsync();
        var parent = await engine.GetAsync("p");
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "enough"), (parent.RuntimeStatus, parent.ReadOutputAs<string>()));
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.GetAsync("c")).RuntimeStatus);
        Assert.Null(engine.Engine.NextWakeUp);
    }

    [Fact]
    public async Task Queries_filter_and_page_and_purges_delete_only_what_is_finished()
    {
        await using var engine = await WaitingEngineAsync();
        for (var i = 0; i < 25; i++) await engine.StartAsync("Wait", $"x{i:00}", i);
        await engine.StartAsync("Wait", "other", 0);
        for (var i = 0; i < 10; i++) await engine.RaiseAsync($"x{i:00}", "Go");
        await engine.IdleAsync();

        var query = new OrchestrationQuery(
            Statuses: [OrchestrationRuntimeStatus.Running], InstanceIdPrefix: "x", PageSize: 4, FetchInputsAndOutputs: true);
        var pages = new List<int>();
        var inputs = new List<int>();
        await foreach (var page in engine.Client.GetAllInstancesAsync(query).AsPages())
        {
            pages.Add(page.Values.Count);
            inputs.AddRange(page.Values.Select(found => found.ReadInputAs<int>()));
        }

        Assert.Equal([4, 4, 4, 3], pages);
        Assert.Equal(Enumerable.Range(10, 15), inputs);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => engine.Client.PurgeInstanceAsync("x20", TestContext.Current.CancellationToken));
        Assert.Equal(1, (await engine.Client.PurgeInstanceAsync("x00", TestContext.Current.CancellationToken)).PurgedInstanceCount);
        Assert.Equal(9, (await engine.Client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(), TestContext.Current.CancellationToken)).PurgedInstanceCount);
        Assert.Null(await engine.Client.GetInstanceAsync("x01", TestContext.Current.CancellationToken));
        Assert.Empty(engine.Engine.ReadHistory("x01"));
    }

    [Fact]
    public async Task Waiting_for_the_start_and_the_end_is_answered_by_the_commit()
    {
        await using var engine = await WaitingEngineAsync();
        await engine.StartAsync("Wait", "a", 5);
        Assert.True((await engine.Client.WaitForInstanceStartAsync("a", TestContext.Current.CancellationToken)).IsRunning);
        var end = engine.Client.WaitForInstanceCompletionAsync("a", true, TestContext.Current.CancellationToken);
        Assert.False(end.IsCompleted);
        await engine.RaiseAsync("a", "Go");
        Assert.Equal(5, (await end).ReadOutputAs<int>());
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => engine.Client.WaitForInstanceStartAsync("nobody", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Whoever_waits_for_an_instance_is_told_when_the_engine_goes()
    {
        await using var engine = await WaitingEngineAsync();
        await engine.StartAsync("Wait", "a", 5);
        var end = engine.Client.WaitForInstanceCompletionAsync("a", TestContext.Current.CancellationToken);
        await engine.Engine.DisposeAsync();
        await engine.Engine.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => end);
    }

    [Fact]
    public async Task The_custom_status_and_deterministic_ids_and_times_survive_replays()
    {
        var seen = new List<string>();
        await using var engine = await Harness.StartAsync(
            new TestFunctions().Orchestrator("Ids", async context =>
            {
                seen.Add($"{context.NewGuid()} {context.NewGuid()} {context.CurrentUtcDateTime:O}");
                context.SetCustomStatus(new { step = "first" });
                await context.WaitForExternalEvent<object?>("Go");
                context.SetCustomStatus("second");
                await context.WaitForExternalEvent<object?>("End");
                return null;
            }));
        await engine.StartAsync("Ids", "a");
        Assert.Equal("""{"step":"first"}""", (await engine.GetAsync("a")).SerializedCustomStatus);
        engine.Time.Advance(TimeSpan.FromHours(1));
        await engine.RaiseAsync("a", "Go");
        await engine.IdleAsync();
        Assert.Equal("second", (await engine.GetAsync("a")).ReadCustomStatusAs<string>());
        await engine.RaiseAsync("a", "End");
        await engine.IdleAsync();
        Assert.Equal(3, seen.Count);
        Assert.Single(seen.Distinct());
    }

    [Theory]
    [InlineData(VersionMatchStrategy.CurrentOrOlder, "1.9", true)]
    [InlineData(VersionMatchStrategy.CurrentOrOlder, "1.10", true)]
    [InlineData(VersionMatchStrategy.CurrentOrOlder, "2.0", false)]
    [InlineData(VersionMatchStrategy.Strict, "1.9", false)]
    [InlineData(VersionMatchStrategy.None, "2.0", true)]
    public async Task A_version_that_this_process_may_not_run_waits_for_one_that_may(
        VersionMatchStrategy strategy, string version, bool runs)
    {
        await using var engine = await WaitingEngineAsync();
        engine.Options = new DurableOptions { DefaultVersion = "1.10", VersionMatchStrategy = strategy };
        await engine.ReopenAsync();
        var options = new StartOrchestrationOptions("a") { Version = version };
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", 1, options, TestContext.Current.CancellationToken);
        await engine.IdleAsync();
        Assert.Equal(
            runs ? OrchestrationRuntimeStatus.Running : OrchestrationRuntimeStatus.Pending, (await engine.GetAsync("a")).RuntimeStatus);

        engine.Options = new DurableOptions { DefaultVersion = "2.0", VersionMatchStrategy = VersionMatchStrategy.CurrentOrOlder };
        await engine.ReopenAsync();
        await engine.RaiseAsync("a", "Go");
        Assert.Equal("1", await engine.OutputAsync("a"));
    }

    [Fact]
    public async Task The_default_version_is_given_to_new_instances_and_a_mismatch_may_fail()
    {
        await using var engine = await Harness.StartAsync(
            new TestFunctions().Orchestrator(
                "Version", context => Task.FromResult<object?>($"{context.Version} {context.CompareVersionTo("1.9")}")),
            new DurableOptions
            {
                DefaultVersion = "1.10",
                VersionMatchStrategy = VersionMatchStrategy.Strict,
                VersionFailureStrategy = VersionFailureStrategy.Fail,
            });
        await engine.StartAsync("Version", "a");
        Assert.Equal("\"1.10 1\"", await engine.OutputAsync("a"));
        var newer = new StartOrchestrationOptions("b") { Version = "2.0" };
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Version", null, newer, TestContext.Current.CancellationToken);
        await engine.IdleAsync();
        Assert.Equal("VersionMismatch", (await engine.GetAsync("b")).FailureDetails!.ErrorType);
    }

    private static Task<Harness> WaitingEngineAsync(int held = 1_000) => Harness.StartAsync(
        new TestFunctions().Orchestrator("Wait", async context =>
        {
            await context.WaitForExternalEvent<object?>("Go");
            return context.GetInput<int>();
        }),
        new DurableOptions { HeldHistories = held });
}
