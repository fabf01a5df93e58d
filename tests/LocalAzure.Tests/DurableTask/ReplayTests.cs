using System.Diagnostics;
using DurableTask.Core.Exceptions;
using LocalAzure.DurableTask;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalAzure.Tests.DurableTask;

/// <summary>Replays: what diverges, what is exported, what is logged, and many at once.</summary>
public sealed class ReplayTests
{
    [Fact]
    public async Task An_orchestrator_that_takes_another_course_is_refused_by_Microsofts_runner_and_the_step_is_named()
    {
        await using var engine = await Harness.StartAsync(Functions(async context =>
        {
            await context.CallActivityAsync<int>("One");
            await context.WaitForExternalEvent<object?>("Go");
            return null;
        }));
        await engine.StartAsync("O", "a");
        await engine.IdleAsync();
        var before = engine.History("a");

        engine.Functions = Functions(async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            return null;
        });
        await engine.ReopenAsync();
        await engine.RaiseAsync("a", "Go");
        await engine.IdleAsync();

        var found = await engine.GetAsync("a");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, found.RuntimeStatus);
        Assert.Equal(typeof(NonDeterministicOrchestrationException).FullName, found.FailureDetails!.ErrorType);
        Assert.Contains("activity", found.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("One", found.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal([.. before, .. engine.History("a")[^4..]], engine.History("a"));
        Assert.StartsWith("1: Failed", engine.History("a")[^2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("more", "the history expected nothing more in this episode, but the orchestrator came with activity 'Two' (#1)")]
    [InlineData("less", "the history expected activity 'One' (#0), but the orchestrator came with its end as Completed (#0)")]
    [InlineData("none", "the history expected activity 'One' (#0), but the orchestrator came with nothing more in this episode")]
    [InlineData("other", "the history expected activity 'One' (#0), but the orchestrator came with activity 'Two' (#0)")]
    [InlineData("child", "the history expected activity 'One' (#0), but the orchestrator came with sub-orchestration 'S' as 's' (#0)")]
    public async Task Every_kind_of_divergence_is_told(string kind, string expected)
    {
        await using var engine = await Harness.StartAsync(Functions(async context => await context.CallActivityAsync<int>("One")));
        await engine.StartAsync("O", "a");
        await engine.IdleAsync();
        var json = await engine.Engine.ExportHistoryAsync("a");

        var divergence = Assert.Throws<NonDeterministicOrchestrationException>(() => HistoryReplay.Run(
            async context =>
            {
                switch (kind)
                {
                    case "more": await Task.WhenAll(context.CallActivityAsync<int>("One"), context.CallActivityAsync<int>("Two")); break;
                    case "other": await context.CallActivityAsync<int>("Two"); break;
                    case "child": await context.CallSubOrchestratorAsync("S", null, new SubOrchestrationOptions(instanceId: "s")); break;
                    case "none": await context.WaitForExternalEvent<int>("E"); break;
                }

                return null;
            },
            json));
        Assert.Contains(expected, divergence.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exported_history_is_readable_stable_and_replays_without_an_engine()
    {
        var functions = Functions(async context =>
        {
            var one = await context.CallActivityAsync<int>("One", "x");
            using var cancel = new CancellationTokenSource();
            var timer = context.CreateTimer(context.CurrentUtcDateTime.AddDays(4), cancel.Token);
            var word = await context.WaitForExternalEvent<string>("Word");
            cancel.Cancel();
            return word + one;
        });
        await using var engine = await Harness.StartAsync(functions);
        await engine.StartAsync("O", "a", new { offer = 5 });
        await engine.RaiseAsync("a", "Word", "hello");
        await engine.IdleAsync();

        var json = await engine.Engine.ExportHistoryAsync("a");
        Assert.StartsWith(
            """
            {
              "instanceId": "a",
              "pastEvents": [
                {
                  "eventId": -1,
                  "timestamp": "2022-01-10T09:00:00Z",
                  "orchestratorStarted": {}
                },
            """.ReplaceLineEndings("\n"),
            json,
            StringComparison.Ordinal);
        Assert.Equal(engine.History("a").Count, HistoryReplay.Run(functions, json));
        Assert.Throws<FormatException>(() => HistoryReplay.Run(functions, """{"instanceId":"a"}"""));
        Assert.Throws<FormatException>(() => HistoryReplay.Run(functions, "[]"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    public async Task Histories_are_the_same_whether_orchestrations_are_kept_alive_or_always_replayed(int held)
    {
        var calls = 0;
        await using var engine = await Harness.StartAsync(
            Functions(async context =>
            {
                calls++;
                var sum = 0;
                for (var i = 0; i < 4; i++) sum += await context.CallActivityAsync<int>("One", context.NewGuid());
                return sum;
            }),
            new DurableOptions { HeldHistories = held });
        await engine.StartAsync("O", "a");
        Assert.Equal("4", await engine.OutputAsync("a"));
        Assert.Equal(held == 0 ? 5 : 1, calls);
        Assert.Equal(
            [
                "started", "0: call One", "0 gave 1", "1: call One", "1 gave 1", "2: call One", "2 gave 1", "3: call One", "3 gave 1",
                "4: Completed 4",
            ],
            engine.History("a").Where(line => !line.Contains("episode", StringComparison.Ordinal)).Select(line => line.Split('(')[0]));
    }

    [Fact]
    public async Task A_replay_safe_logger_speaks_once_however_often_the_code_runs()
    {
        using var log = new ListLogger();
        await using var engine = await Harness.StartAsync(
            Functions(async context =>
            {
                var logger = context.CreateReplaySafeLogger("test");
#pragma warning disable CA2254 // The text is the test's.
                logger.LogInformation("begun");
                await context.CallActivityAsync<int>("One");
                logger.LogInformation("called");
#pragma warning restore CA2254
                return null;
            }),
            loggers: log);
        await engine.StartAsync("O", "a");
        await engine.IdleAsync();
        Assert.Equal(["begun", "called"], log.Lines);
    }

    [Fact]
    public async Task Ten_thousand_timers_due_at_once_all_fire_in_seconds()
    {
        const int Count = 10_000;
        await using var engine = await Harness.StartAsync(Functions(async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(2), CancellationToken.None);
            return context.GetInput<int>();
        }));
        await Task.WhenAll(Enumerable.Range(0, Count).Select(i => engine.StartAsync("O", $"i{i}", i)));
        await engine.IdleAsync();
        var began = Stopwatch.GetTimestamp();
        engine.Time.Advance(TimeSpan.FromDays(2));
        Assert.False(engine.Engine.IsIdle, "Moving the clock past a timer makes the engine busy at once.");
        await engine.IdleAsync();
        var took = Stopwatch.GetElapsedTime(began);
        var completed = 0;
        await foreach (var found in engine.Client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 1_000)))
        {
            if (found.RuntimeStatus == OrchestrationRuntimeStatus.Completed) completed++;
        }

        Assert.Equal(Count, completed);
        Assert.True(took < TimeSpan.FromSeconds(10), $"It took {took.TotalSeconds:N1} s.");
    }

    [Fact]
    public async Task A_jump_of_the_clock_past_many_timers_delivers_them_in_due_order()
    {
        await using var engine = await Harness.StartAsync(Functions(async context =>
        {
            var order = new List<int>();
            async Task WaitAsync(int hours)
            {
                await context.CreateTimer(TimeSpan.FromHours(hours), CancellationToken.None);
                order.Add(hours);
            }

            await Task.WhenAll(WaitAsync(30), WaitAsync(10), WaitAsync(20));
            return order;
        }));
        await engine.StartAsync("O", "a");
        await engine.IdleAsync();
        engine.Time.Advance(TimeSpan.FromDays(9));
        Assert.Equal("[10,20,30]", await engine.OutputAsync("a"));
    }

    private static TestFunctions Functions(Func<TaskOrchestrationContext, Task<object?>> orchestrator) =>
        new TestFunctions().Orchestrator("O", orchestrator).Activity<object>("One", _ => 1).Activity<object>("Two", _ => 2);

    private sealed class ListLogger : ILoggerFactory, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => categoryName == "test" ? this : NullLogger.Instance;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Lines) Lines.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
