using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalAzure.Tests.DurableTask;

/// <summary>Failures of activities, sub-orchestrations and orchestrators, and retries.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task An_activitys_exception_arrives_as_a_task_failure_with_its_details()
    {
        await using var engine = await Harness.StartAsync(new TestFunctions()
            .Orchestrator("Try", async context =>
            {
                try
                {
                    await context.CallActivityAsync("Break");
                    return "no failure";
                }
                catch (TaskFailedException failure)
                {
                    Assert.True(failure.FailureDetails.IsCausedBy<ArgumentException>());
                    Assert.False(failure.FailureDetails.IsCausedBy<TimeoutException>());
                    return $"{failure.TaskName}|{failure.TaskId}|{failure.Message}|{failure.FailureDetails.ErrorType}|"
                        + $"{failure.FailureDetails.InnerFailure!.ErrorMessage}";
                }
            })
            .Activity<object>("Break", _ => throw new ArgumentOutOfRangeException("bad", new TimeoutException("slow"))));
        await engine.StartAsync("Try", "a");
        Assert.Equal(
            "\"Break|0|Task 'Break' (#0) failed with an unhandled exception: bad|System.ArgumentOutOfRangeException|slow\"",
            (await engine.OutputAsync("a"))!.Replace("\\u0027", "'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_orchestrators_exception_makes_the_instance_fail_with_details()
    {
        await using var engine = await Harness.StartAsync(new TestFunctions()
            .Orchestrator("Fail", _ => throw new InvalidOperationException("no way")));
        await engine.StartAsync("Fail", "a");
        await engine.IdleAsync();
        var found = await engine.GetAsync("a");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, found.RuntimeStatus);
        Assert.Equal("System.InvalidOperationException: no way", found.FailureDetails!.ToString());
    }

    [Fact]
    public async Task Retries_wait_longer_each_time_up_to_the_longest_wait()
    {
        // 10 s, 20 s, then 30 s instead of 40 s; the fourth attempt succeeds after 60 s.
        var tries = 0;
        await using var engine = await Harness.StartAsync(new TestFunctions()
            .Orchestrator("Retry", async context =>
            {
                await context.CallActivityAsync(
                    "Flaky", new TaskOptions(new RetryPolicy(5, TimeSpan.FromSeconds(10), 2, TimeSpan.FromSeconds(30))));
                return context.CurrentUtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            })
            .Activity<object>("Flaky", _ => ++tries < 4 ? throw new TimeoutException("not yet") : null));
        await engine.StartAsync("Retry", "a");
        await engine.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal("\"09:01:00\"", await engine.OutputAsync("a"));
        Assert.Equal(4, engine.Functions.Runs["Flaky"]);
    }

    [Fact]
    public async Task The_last_failed_attempt_is_followed_by_the_genuine_engines_timer_that_is_due_at_once()
    {
        await using var engine = await Harness.StartAsync(new TestFunctions()
            .Orchestrator("Retry", async context =>
            {
                await context.CallActivityAsync("Broken", new TaskOptions(new RetryPolicy(2, TimeSpan.FromMinutes(1))));
                return null;
            })
            .Activity<object>("Broken", _ => throw new TimeoutException("never")));
        await engine.StartAsync("Retry", "a");
        await engine.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(
            [
                "episode at 2022-01-10 09:00", "started", "0: call Broken([null])", "end of episode",
                "episode at 2022-01-10 09:00", "0 failed: never", "1: timer for 2022-01-10 09:01", "end of episode",
                "episode at 2022-01-10 09:01", "1 fired", "2: call Broken([null])", "end of episode",
                "episode at 2022-01-10 09:01", "2 failed: never", "3: timer for 2022-01-10 09:01", "end of episode",
                "episode at 2022-01-10 09:01", "3 fired", "4: Failed", "end of episode",
            ],
            engine.History("a"));
    }

    [Fact]
    public async Task A_retry_handler_decides_after_each_failure()
    {
        var attempts = new List<int>();
        await using var engine = await Harness.StartAsync(new TestFunctions()
            .Orchestrator("Handled", async context =>
            {
                try
                {
                    await context.CallActivityAsync("Broken", TaskOptions.FromRetryHandler(retry =>
                    {
                        if (!context.IsReplaying) attempts.Add(retry.LastAttemptNumber);
                        return retry.LastAttemptNumber < 3;
                    }));
                }
                catch (TaskFailedException)
                {
                    return "given up";
                }

                return "never";
            })
            .Activity<object>("Broken", _ => throw new TimeoutException()));
        await engine.StartAsync("Handled", "a");
        Assert.Equal("\"given up\"", await engine.OutputAsync("a"));
        Assert.Equal([1, 2, 3], attempts);
    }

    [Fact]
    public async Task What_does_not_exist_fails_and_is_not_retried()
    {
        await using var engine = await Harness.StartAsync(new TestFunctions().Orchestrator("Calls", async context =>
        {
            await context.CallActivityAsync("Nobody", new TaskOptions(new RetryPolicy(5, TimeSpan.FromSeconds(1))));
            return null;
        }));
        await engine.StartAsync("Calls", "a");
        await engine.StartAsync("Unknown", "b");
        await engine.IdleAsync();
        Assert.Equal("ActivityTaskNotFound", (await engine.GetAsync("a")).FailureDetails!.InnerFailure!.ErrorType);
        Assert.Equal("OrchestratorTaskNotFound", (await engine.GetAsync("b")).FailureDetails!.ErrorType);
    }

    [Fact]
    public async Task A_sub_orchestration_gives_its_result_or_its_failure_to_its_parent()
    {
        await using var engine = await Harness.StartAsync(new TestFunctions()
            .Orchestrator("Parent", async context =>
            {
                var sum = await context.CallSubOrchestratorAsync<int>("Child", 20, new SubOrchestrationOptions(instanceId: "the child"));
                try
                {
                    await context.CallSubOrchestratorAsync<int>("Child", -1);
                    return null;
                }
                catch (TaskFailedException failure)
                {
                    return $"{sum}, {failure.FailureDetails.ErrorMessage}";
                }
            })
            .Orchestrator("Child", async context =>
            {
                Assert.Equal("p", context.Parent!.InstanceId);
                if (context.GetInput<int>() < 0) throw new ArgumentException("negative");
                return 1 + await context.CallActivityAsync<int>("Double", context.GetInput<int>());
            })
            .Activity<int>("Double", value => value * 2));
        await engine.StartAsync("Parent", "p");
        Assert.Equal("\"41, negative\"", await engine.OutputAsync("p"));
        Assert.Equal("41", await engine.OutputAsync("the child"));
    }

    [Fact]
    public async Task An_orchestrator_that_awaits_something_foreign_fails_and_says_so()
    {
        var foreign = new TaskCompletionSource();
        await using var engine = await Harness.StartAsync(new TestFunctions().Orchestrator("Foreign", async _ =>
        {
            await foreign.Task;
            return null;
        }));
        await engine.StartAsync("Foreign", "a");
        await engine.IdleAsync();
        Assert.Contains("its context did not give", (await engine.GetAsync("a")).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }
}
