using System.Collections.Concurrent;
using LocalAzure.Functions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace LocalAzure.Tests.Functions;

public sealed class TimerFunctionTests
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 28, 9, 30, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider clock = new(Morning);
    private readonly Runs runs = new();

    [Fact]
    public async Task Each_occurrence_runs_once_at_its_instant()
    {
        await using var app = await StartAsync(typeof(Hourly));
        Assert.Equal(Morning.AddMinutes(30), app.Local.NextWakeUp);
        await app.Local.AdvanceAsync(clock.SetUtcNow, TimeSpan.FromHours(5), TestContext.Current.CancellationToken);
        Assert.Equal([10, 11, 12, 13, 14], runs.Select(run => run.At.Hour));
        Assert.All(runs, run => Assert.False(run.PastDue));
    }

    [Fact]
    public async Task Three_weeks_of_hours_pass_quickly()
    {
        await using var app = await StartAsync(typeof(Hourly));
        await app.Local.AdvanceAsync(clock.SetUtcNow, TimeSpan.FromDays(21), TestContext.Current.CancellationToken);
        Assert.Equal(21 * 24, runs.Count);
    }

    [Fact]
    public async Task A_clock_that_jumps_over_several_occurrences_runs_one()
    {
        await using var app = await StartAsync(typeof(Hourly));
        clock.SetUtcNow(Morning.AddHours(5));
        await app.Local.WhenIdleAsync(TestContext.Current.CancellationToken);
        Assert.Single(runs);
        Assert.Equal(Morning.AddHours(5.5), app.Local.NextWakeUp);
    }

    [Fact]
    public async Task A_clock_that_ran_ahead_and_is_put_right_is_not_waited_for()
    {
        await using var app = await StartAsync(typeof(Hourly));
        clock.SetUtcNow(Morning.AddDays(90));
        await app.Local.WhenIdleAsync(TestContext.Current.CancellationToken);
        var then = runs.Count;
        clock.AdjustTime(Morning);
        // The longest that the system's own timer waits.
        clock.Advance(TimeSpan.FromDays(1));
        await app.Local.WhenIdleAsync(TestContext.Current.CancellationToken);
        Assert.InRange(app.Local.NextWakeUp!.Value, Morning.AddDays(1), Morning.AddDays(1).AddHours(1));
        await app.Local.AdvanceAsync(clock.SetUtcNow, TimeSpan.FromHours(2), TestContext.Current.CancellationToken);
        Assert.InRange(runs.Count - then, 2, 3);
    }

    [Fact]
    public async Task An_occurrence_missed_while_the_app_was_down_runs_at_the_start_as_past_due()
    {
        var folder = TestApp.NewFolder();
        try
        {
            await using (await StartAsync(typeof(Hourly), folder))
            {
                Assert.Empty(runs);
            }

            clock.SetUtcNow(Morning.AddHours(3));
            await using var again = await StartAsync(typeof(Hourly), folder);
            await again.Local.WhenIdleAsync(TestContext.Current.CancellationToken);
            Assert.True(Assert.Single(runs).PastDue);

            await again.Local.AdvanceAsync(clock.SetUtcNow, TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
            Assert.False(runs.Last().PastDue);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Nothing_is_past_due_after_a_restart_within_the_hour()
    {
        var folder = TestApp.NewFolder();
        try
        {
            await using (await StartAsync(typeof(Hourly), folder))
            {
            }

            clock.SetUtcNow(Morning.AddMinutes(20));
            await using var again = await StartAsync(typeof(Hourly), folder);
            await again.Local.WhenIdleAsync(TestContext.Current.CancellationToken);
            Assert.Empty(runs);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_schedule_comes_from_a_setting_and_run_on_startup_runs()
    {
        await using var app = await StartAsync(typeof(FromSetting), null, "--Sweep:Schedule=0 */10 * * * *");
        await app.Local.WhenIdleAsync(TestContext.Current.CancellationToken);
        Assert.Single(runs);
        await app.Local.AdvanceAsync(clock.SetUtcNow, TimeSpan.FromMinutes(25), TestContext.Current.CancellationToken);
        Assert.Equal(3, runs.Count);
    }

    [Fact]
    public async Task A_missing_setting_stops_the_start_and_is_named()
    {
        var failure = await Assert.ThrowsAsync<FunctionException>(() => StartAsync(typeof(FromSetting)));
        Assert.Contains("'Sweep:Schedule'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_doesn_t_end_the_schedule()
    {
        await using var app = await StartAsync(typeof(Failing));
        await app.Local.AdvanceAsync(clock.SetUtcNow, TimeSpan.FromHours(2), TestContext.Current.CancellationToken);
        Assert.Equal(2, runs.Count);
    }

    [Fact]
    public async Task A_disabled_function_doesn_t_run()
    {
        await using var app = await StartAsync(typeof(Hourly), null, "--AzureWebJobs.Hourly.Disabled=true");
        await app.Local.AdvanceAsync(clock.SetUtcNow, TimeSpan.FromHours(2), TestContext.Current.CancellationToken);
        Assert.Empty(runs);
        Assert.Null(app.Local.NextWakeUp);
    }

    [Fact]
    public async Task The_time_zone_of_the_setting_rules_across_a_clock_change()
    {
        await using var app = await StartAsync(typeof(AtNine), null, "--WEBSITE_TIME_ZONE=Europe/London");
        await app.Local.AdvanceAsync(clock.SetUtcNow, TimeSpan.FromDays(2), TestContext.Current.CancellationToken);

        // 28 March 2026 is on winter time, 29 March begins summer time.
        Assert.Equal(
            [new DateTimeOffset(2026, 3, 29, 8, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 30, 8, 0, 0, TimeSpan.Zero)],
            runs.Select(run => run.At));
    }

    [Theory]
    [InlineData("0 0 * * * *", "2026-03-28T10:00:00Z")]
    [InlineData("0 * * * *", "2026-03-28T10:00:00Z")]
    [InlineData("*/15 * * * * *", "2026-03-28T09:30:15Z")]
    [InlineData("0 30 9 * * Mon-Fri", "2026-03-30T09:30:00Z")]
    [InlineData("02:00:00", "2026-03-28T11:30:00Z")]
    public void A_schedule_knows_its_next_occurrence(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), Schedule.Parse("F", text, TimeZoneInfo.Utc).After(Morning));

    [Theory]
    [InlineData("")]
    [InlineData("@hourly")]
    [InlineData("61 * * * * *")]
    [InlineData("-01:00:00")]
    [InlineData("tomorrow")]
    public void What_isn_t_a_schedule_is_refused(string text) =>
        Assert.Throws<FunctionException>(() => Schedule.Parse("F", text, TimeZoneInfo.Utc));

    private Task<TestApp> StartAsync(Type functions, string? folder = null, params string[] args) => TestApp.StartAsync(
        functions,
        builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddSingleton(runs);
        },
        folder,
        args);

    public sealed record Run(DateTimeOffset At, bool PastDue);

    public sealed class Runs : ConcurrentQueue<Run>;

    public sealed class Hourly(Runs runs, TimeProvider time)
    {
        [Function("Hourly")]
        public Task Sweep([TimerTrigger("0 0 * * * *")] TimerInfo timer)
        {
            Assert.NotNull(timer.ScheduleStatus);
            runs.Enqueue(new Run(time.GetUtcNow(), timer.IsPastDue));
            return Task.CompletedTask;
        }
    }

    public sealed class FromSetting(Runs runs, TimeProvider time)
    {
        [Function("FromSetting")]
        public void Sweep([TimerTrigger("%Sweep:Schedule%", RunOnStartup = true)] TimerInfo timer) =>
            runs.Enqueue(new Run(time.GetUtcNow(), timer.IsPastDue));
    }

    public sealed class Failing(Runs runs, TimeProvider time)
    {
        [Function("Failing")]
        public async Task Sweep([TimerTrigger("0 0 * * * *")] TimerInfo timer)
        {
            runs.Enqueue(new Run(time.GetUtcNow(), timer.IsPastDue));
            await Task.Yield();
            throw new InvalidOperationException("on purpose");
        }
    }

    public sealed class AtNine(Runs runs, TimeProvider time)
    {
        [Function("AtNine")]
        public void Nine([TimerTrigger("0 0 9 * * *")] TimerInfo timer) => runs.Enqueue(new Run(time.GetUtcNow(), timer.IsPastDue));
    }
}
