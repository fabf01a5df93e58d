using System.Text.Json;
using LocalAzure.DurableTask;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using P = Microsoft.DurableTask.Protobuf;

namespace LocalAzure.Tests.DurableTask;

/// <summary>What Microsoft's runner expects of whoever keeps the history, and where that is easily got wrong.</summary>
public sealed class RunnerTests
{
    [Fact]
    public async Task An_orchestration_that_begins_anew_after_forty_steps_reads_every_event_once_and_in_order()
    {
        const int Events = 135;
        await using var engine = await Harness.StartAsync(Counting());
        await engine.StartAsync("Count", "a", new Counted(0, Events, []));
        await Task.WhenAll(Enumerable.Range(0, Events).Select(i => Task.Run(() => engine.RaiseAsync("a", "Tick", i))));
        await engine.IdleAsync();
        var found = await engine.GetAsync("a");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, found.RuntimeStatus);
        Assert.Equal(Enumerable.Range(0, Events), found.ReadOutputAs<int[]>()!.Order());
        Assert.Single(engine.History("a"), line => line == "started");
    }

    [Fact]
    public async Task Events_that_come_in_one_episode_with_the_fortieth_step_are_read_by_the_next_execution_in_the_order_of_their_coming()
    {
        const int Events = 90;
        await using var engine = await Harness.StartAsync(Counting());
        await engine.StartAsync("Count", "a", new Counted(0, Events, []));
        await engine.IdleAsync();
        await engine.CrashAsync();
        await engine.OpenAsync(start: false);
        // Nobody runs yet: all of them lie in the inbox and come in one episode, the fortieth step's and those behind it.
        for (var i = 0; i < Events; i++) await engine.RaiseAsync("a", "Tick", i);
        await engine.Engine.StartAsync(engine.Functions, TestContext.Current.CancellationToken);
        await engine.IdleAsync();
        Assert.Equal(Enumerable.Range(0, Events), (await engine.GetAsync("a")).ReadOutputAs<int[]>()!);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_crash_at_any_commit_of_an_orchestration_that_begins_anew_loses_and_doubles_no_event(bool afterCommit)
    {
        const int Events = 45;
        var crashed = true;
        for (var at = 2; crashed; at += 3)
        {
            crashed = false;
            var commits = 0;
            await using var engine = await Harness.StartAsync(Counting(), new DurableOptions { MaxConcurrentOrchestrations = 1 });
            await engine.StartAsync("Count", "a", new Counted(0, Events, []));
            await engine.CrashAsync();
            await engine.OpenAsync(start: false);
            for (var i = 0; i < Events; i++) await engine.RaiseAsync("a", "Tick", i);
            void Count(LocalAzure.Storage.LocalStore store)
            {
                if (++commits != at) return;
                crashed = true;
                store.Break();
            }

            if (afterCommit) engine.Store.AfterCommit = Count;
            else engine.Store.BeforeCommit = Count;
            await engine.Engine.StartAsync(engine.Functions, TestContext.Current.CancellationToken);
            await engine.IdleAsync();
            if (crashed) await engine.ReopenAsync();
            await engine.IdleAsync();
            Assert.Equal(Enumerable.Range(0, Events), (await engine.GetAsync("a")).ReadOutputAs<int[]>()!);
        }
    }

    [Theory]
    [InlineData(null, "1.4")]
    [InlineData("", "1.4")]
    [InlineData("2.0", "2.0")]
    public async Task Who_begins_anew_keeps_the_version_unless_another_is_named(string? named, string expected)
    {
        await using var engine = await Harness.StartAsync(new TestFunctions().Orchestrator("Anew", context =>
        {
            if (context.GetInput<bool>()) return Task.FromResult<object?>(context.Version);
            context.ContinueAsNew(new ContinueAsNewOptions { NewInput = true, NewVersion = named });
            return Task.FromResult<object?>(null);
        }));
        var options = new StartOrchestrationOptions("a") { Version = "1.4" };
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Anew", false, options, TestContext.Current.CancellationToken);
        Assert.Equal($"\"{expected}\"", await engine.OutputAsync("a"));
    }

    [Fact]
    public async Task What_arrives_has_no_number_what_is_done_has_its_actions_and_every_event_has_its_episodes_instant()
    {
        await using var engine = await Harness.StartAsync(new TestFunctions()
            .Orchestrator("Both", async context =>
            {
                await context.CallActivityAsync("Do", 1);
                await context.CreateTimer(TimeSpan.FromDays(4), CancellationToken.None);
                return await context.WaitForExternalEvent<int>("Number");
            })
            .Activity<int>("Do", _ => null));
        await engine.StartAsync("Both", "a");
        await engine.AdvanceAsync(TimeSpan.FromDays(5));
        await engine.RaiseAsync("a", "Number", 7);
        await engine.IdleAsync();

        var at = default(DateTime);
        var episodes = 0;
        foreach (var item in engine.Engine.ReadHistory("a"))
        {
            if (item.OrchestratorStarted is not null)
            {
                at = item.Timestamp.ToDateTime();
                episodes++;
            }

            Assert.Equal(at, item.Timestamp.ToDateTime());
            var isDone = item is { TaskScheduled: not null } or { TimerCreated: not null } or { ExecutionCompleted: not null };
            Assert.Equal(isDone, item.EventId >= 0);
        }

        Assert.Equal(5, episodes);
        Assert.Equal([0, 1, 2, 3], engine.Engine.ReadHistory("a").Select(item => item.EventId).Where(id => id >= 0));
        Assert.Equal(P.HistoryEvent.EventTypeOneofCase.OrchestratorCompleted, engine.Engine.ReadHistory("a")[^1].EventTypeCase);
    }

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("\"] [\"")]
    [InlineData("{\"a\":[{}]}")]
    [InlineData("null")]
    [InlineData("-0.5")]
    public async Task An_activity_gets_the_only_element_of_the_array_that_its_history_has(string json)
    {
        string? given = "nothing";
        await using var engine = await Harness.StartAsync(new TestFunctions()
            .Orchestrator("Give", async context => await context.CallActivityAsync<object?>("Take", JsonDocument.Parse(json).RootElement))
            .Raw("Take", input => given = input));
        await engine.StartAsync("Give", "a");
        await engine.IdleAsync();
        Assert.Equal(json, given ?? "null");
        var kept = Assert.Single(engine.Engine.ReadHistory("a"), item => item.TaskScheduled is not null).TaskScheduled.Input;
        Assert.Equal($"[{json}]", System.Text.RegularExpressions.Regex.Unescape(kept));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    public async Task An_orchestration_is_over_only_when_its_last_timer_is(int held)
    {
        await using var engine = await Harness.StartAsync(
            new TestFunctions()
                .Orchestrator("Leave", async context =>
                {
                    _ = context.CreateTimer(TimeSpan.FromHours(30), CancellationToken.None);
                    return await context.CallActivityAsync<int>("Three") + await context.CallActivityAsync<int>("Three");
                })
                .Activity<object>("Three", _ => 3),
            new DurableOptions { HeldHistories = held });
        await engine.StartAsync("Leave", "a");
        await engine.AdvanceAsync(TimeSpan.FromHours(29));
        Assert.True((await engine.GetAsync("a")).IsRunning);
        await engine.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal("6", await engine.OutputAsync("a"));
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_as_what_is_waited_for_fails_the_orchestration()
    {
        await using var engine = await Harness.StartAsync(new TestFunctions()
            .Orchestrator("Wait", async context => await context.WaitForExternalEvent<int>("Number")));
        await engine.StartAsync("Wait", "a");
        await engine.RaiseAsync("a", "Number", "seven");
        await engine.IdleAsync();
        var found = await engine.GetAsync("a");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, found.RuntimeStatus);
        Assert.Equal(typeof(JsonException).FullName, found.FailureDetails!.ErrorType);
    }

    [Fact]
    public async Task What_a_refused_orchestrator_wanted_on_its_other_course_is_not_done()
    {
        static TestFunctions Calling(string activity) => new TestFunctions()
            .Orchestrator("O", async context =>
            {
                await Task.WhenAll(context.CallActivityAsync("Wait"), context.CallActivityAsync(activity));
                return null;
            })
            .Activity<object>("Wait", async (_, cancellation) =>
            {
                await new TaskCompletionSource().Task.WaitAsync(cancellation);
                return null;
            })
            .Activity<object>("One", _ => null)
            .Activity<object>("Two", _ => null);
        await using var engine = await Harness.StartAsync(Calling("One"), new DurableOptions { HeldHistories = 0 });
        await engine.StartAsync("O", "a");
        engine.Functions = Calling("Two");
        await engine.ReopenAsync();
        await engine.RaiseAsync("a", "Anything");
        await engine.Client.WaitForInstanceCompletionAsync("a", TestContext.Current.CancellationToken);
        Assert.Contains("'One'", (await engine.GetAsync("a")).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.False(engine.Functions.Runs.ContainsKey("Two"));
    }

    [Fact]
    public async Task Events_for_an_instance_that_is_to_start_later_wait_for_its_start_and_a_termination_does_not()
    {
        await using var engine = await Harness.StartAsync(new TestFunctions()
            .Orchestrator("Wait", async context => await context.WaitForExternalEvent<int>("Number")));
        foreach (var id in new[] { "a", "b" })
        {
            var later = new StartOrchestrationOptions(id, Harness.Start.AddDays(2));
            await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", null, later, TestContext.Current.CancellationToken);
        }

        await engine.RaiseAsync("a", "Number", 5);
        await engine.Client.TerminateInstanceAsync("b", (object?)"never", TestContext.Current.CancellationToken);
        await engine.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await engine.GetAsync("a")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.GetAsync("b")).RuntimeStatus);
        await engine.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal("5", await engine.OutputAsync("a"));
        Assert.Null(engine.Engine.NextWakeUp);
    }

    private static TestFunctions Counting() => new TestFunctions().Orchestrator("Count", async context =>
    {
        var counted = context.GetInput<Counted>()!;
        var seen = counted.Seen.ToList();
        for (var step = 0; step < 40; step++)
        {
            seen.Add(await context.WaitForExternalEvent<int>("Tick"));
            if (seen.Count == counted.Wanted) return seen;
        }

        context.ContinueAsNew(counted with { Executions = counted.Executions + 1, Seen = [.. seen] });
        return null;
    });

    private sealed record Counted(int Executions, int Wanted, int[] Seen);
}
