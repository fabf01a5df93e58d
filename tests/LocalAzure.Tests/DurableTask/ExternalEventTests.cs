using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalAzure.Tests.DurableTask;

/// <summary>What happens to events: before the wait, among several waiters, after a cancelled wait.</summary>
public sealed class ExternalEventTests
{
    [Fact]
    public async Task An_event_that_comes_before_the_wait_is_kept_for_it_in_order()
    {
        await using var engine = await Harness.StartAsync(new TestFunctions().Orchestrator("Late", async context =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return await context.WaitForExternalEvent<int>("Answer") * 10 + await context.WaitForExternalEvent<int>("answer");
        }));
        await engine.StartAsync("Late", "a");
        await engine.RaiseAsync("a", "ANSWER", 1);
        await engine.RaiseAsync("a", "Answer", 2);
        await engine.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal("12", await engine.OutputAsync("a"));
    }

    [Fact]
    public async Task Of_several_waiters_of_one_name_the_last_is_served_first()
    {
        await using var engine = await Harness.StartAsync(new TestFunctions().Orchestrator("Stack", async context =>
        {
            var first = context.WaitForExternalEvent<string>("E");
            var second = context.WaitForExternalEvent<string>("E");
            return $"second {await second}, first {await first}";
        }));
        await engine.StartAsync("Stack", "a");
        await engine.RaiseAsync("a", "E", "1");
        await engine.RaiseAsync("a", "E", "2");
        Assert.Equal("\"second 1, first 2\"", await engine.OutputAsync("a"));
    }

    [Fact]
    public async Task A_cancelled_wait_swallows_no_later_event()
    {
        await using var engine = await Harness.StartAsync(new TestFunctions().Orchestrator("Swallow", async context =>
        {
            using var cancelled = new CancellationTokenSource();
            var wait = context.WaitForExternalEvent<int>("E", cancelled.Token);
            cancelled.Cancel();
            await context.WaitForExternalEvent<object?>("Go");
            Assert.True(wait.IsCanceled);
            return await context.WaitForExternalEvent<int>("E");
        }));
        await engine.StartAsync("Swallow", "a");
        await engine.RaiseAsync("a", "E", 1);
        await engine.RaiseAsync("a", "Go");
        Assert.Equal("1", await engine.OutputAsync("a"));
    }

    [Fact]
    public async Task A_wait_with_a_timeout_ends_by_the_event_or_by_the_clock_and_leaves_no_timer()
    {
        await using var engine = await Harness.StartAsync(new TestFunctions().Orchestrator("Timeout", async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("E", TimeSpan.FromDays(1));
            }
            catch (OperationCanceledException)
            {
                return "too late";
            }
        }));
        await engine.StartAsync("Timeout", "in time");
        await engine.StartAsync("Timeout", "late");
        await engine.RaiseAsync("in time", "E", "yes");
        await engine.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal("\"yes\"", await engine.OutputAsync("in time"));
        Assert.Equal("\"too late\"", await engine.OutputAsync("late"));
        Assert.Null(engine.Engine.NextWakeUp);
    }

    [Fact]
    public async Task A_cancelled_timer_still_comes_and_changes_nothing_for_the_worker_tells_nobody_that_it_cancelled_it()
    {
        await using var engine = await Harness.StartAsync(new TestFunctions().Orchestrator("Cancel", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromDays(1), cancel.Token);
            await context.WaitForExternalEvent<object?>("Stop");
            cancel.Cancel();
            await context.WaitForExternalEvent<object?>("End");
            return timer.IsCanceled;
        }));
        await engine.StartAsync("Cancel", "a");
        await engine.IdleAsync();
        Assert.NotNull(engine.Engine.NextWakeUp);
        await engine.RaiseAsync("a", "Stop");
        await engine.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Null(engine.Engine.NextWakeUp);
        Assert.Equal(["episode at 2022-01-11 09:00", "0 fired", "end of episode"], engine.History("a")[^3..]);
        await engine.RaiseAsync("a", "End");
        Assert.Equal("true", await engine.OutputAsync("a"));
    }

    [Fact]
    public async Task One_orchestration_raises_an_event_at_another()
    {
        await using var engine = await Harness.StartAsync(new TestFunctions()
            .Orchestrator("Sender", context =>
            {
                context.SendEvent("receiver", "Word", "hello");
                context.SendEvent("nobody", "Word", "lost");
                return Task.FromResult<object?>(null);
            })
            .Orchestrator("Receiver", async context => await context.WaitForExternalEvent<string>("Word")));
        await engine.StartAsync("Receiver", "receiver");
        await engine.StartAsync("Sender", "sender");
        Assert.Equal("\"hello\"", await engine.OutputAsync("receiver"));
        Assert.Equal(
            [
                "episode at 2022-01-10 09:00", "started", "0: send Word to receiver", "1: send Word to nobody", "2: Completed",
                "end of episode",
            ],
            engine.History("sender"));
    }

    [Theory]
    [InlineData(true, "3 of 3")]
    [InlineData(false, "waiting")]
    public async Task Continue_as_new_takes_unprocessed_events_along_if_asked(bool preserve, string expected)
    {
        await using var engine = await Harness.StartAsync(new TestFunctions().Orchestrator("Count", async context =>
        {
            var seen = context.GetInput<int>();
            if (seen == 0) await context.WaitForExternalEvent<object?>("Begin");
            await context.WaitForExternalEvent<int>("Tick");
            if (seen + 1 == 3) return "3 of 3";
            context.ContinueAsNew(seen + 1, preserve);
            return null;
        }));
        await engine.StartAsync("Count", "a", 0);
        for (var i = 0; i < 3; i++) await engine.RaiseAsync("a", "Tick", i);
        await engine.IdleAsync();
        await engine.RaiseAsync("a", "Begin");
        await engine.IdleAsync();
        var found = await engine.GetAsync("a");
        Assert.Equal(expected, found.IsCompleted ? found.ReadOutputAs<string>() : "waiting");
        Assert.True(engine.History("a").Count(line => line == "started") == 1, "The history begins anew with each execution.");
    }
}
