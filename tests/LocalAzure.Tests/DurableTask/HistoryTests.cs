using LocalAzure.DurableTask;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalAzure.Tests.DurableTask;

/// <summary>Whole histories, line by line.</summary>
public sealed class HistoryTests
{
    [Fact]
    public async Task A_call_is_recorded_in_two_episodes()
    {
        await using var engine = await Harness.StartAsync(new TestFunctions()
            .Orchestrator("Greet", async context => await context.CallActivityAsync<string>("Hello", context.GetInput<string>()))
            .Activity<string>("Hello", name => $"Hello {name}"));

        await engine.Client.ScheduleNewOrchestrationInstanceAsync(
            "Greet", "Ada", new StartOrchestrationOptions("g1"), TestContext.Current.CancellationToken);

        Assert.Equal("\"Hello Ada\"", await engine.OutputAsync("g1"));
        Assert.Equal(
            [
                "episode at 2022-01-10 09:00", "started", "0: call Hello([\"Ada\"])", "end of episode",
                "episode at 2022-01-10 09:00", "0 gave \"Hello Ada\"", "1: Completed \"Hello Ada\"", "end of episode",
            ],
            engine.History("g1"));
    }

    [Fact]
    public async Task Twenty_one_days_are_seven_timers_of_three_days()
    {
        await using var engine = await Harness.StartAsync(new TestFunctions()
            .Orchestrator("Wait", async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(21), CancellationToken.None);
                return context.CurrentUtcDateTime;
            }));

        await engine.Client.ScheduleNewOrchestrationInstanceAsync(
            "Wait", null, new StartOrchestrationOptions("w"), TestContext.Current.CancellationToken);
        await engine.AdvanceAsync(TimeSpan.FromDays(30));

        Assert.Equal("\"2022-01-31T09:00:00Z\"", await engine.OutputAsync("w"));
        Assert.Equal(
            [
                "0: timer for 2022-01-13 09:00",
                "1: timer for 2022-01-16 09:00",
                "2: timer for 2022-01-19 09:00",
                "3: timer for 2022-01-22 09:00",
                "4: timer for 2022-01-25 09:00",
                "5: timer for 2022-01-28 09:00",
                "6: timer for 2022-01-31 09:00",
            ],
            engine.History("w").Where(line => line.Contains("timer for", StringComparison.Ordinal)));
    }
}
