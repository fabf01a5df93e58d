using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace LocalAzure.Tests.Functions;

public sealed class DurableFunctionTests
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly Calls calls = [];

    [Fact]
    public async Task An_orchestration_started_over_http_waits_three_weeks_and_finishes()
    {
        await using var app = await StartAsync();
        Assert.Equal(HttpStatusCode.Accepted, (await app.SendAsync("PUT", "api/waits/one", new { days = 21 })).StatusCode);
        await app.Local.AdvanceAsync(clock.SetUtcNow, TimeSpan.FromDays(20), TestContext.Current.CancellationToken);
        Assert.Equal(["before one 0"], calls);
        await app.Local.AdvanceAsync(clock.SetUtcNow, TimeSpan.FromDays(1), TestContext.Current.CancellationToken);
        Assert.Equal(["before one 0", "after one 21"], calls);
        var found = await app.Local.Engine.Client.GetInstanceAsync("one", getInputsAndOutputs: true, TestContext.Current.CancellationToken);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, found!.RuntimeStatus);
        Assert.Equal("one done", found.ReadOutputAs<string>());
        Assert.Contains("\"status\":\"Completed\"", await app.GetAsync("local/instances/one"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await app.SendAsync("GET", "local/instances/two")).StatusCode);
    }

    [Fact]
    public async Task A_crash_in_the_middle_of_the_wait_changes_nothing()
    {
        var folder = TestApp.NewFolder();
        try
        {
            var first = await StartAsync(folder);
            await first.SendAsync("PUT", "api/waits/one", new { days = 21 });
            await first.Local.AdvanceAsync(clock.SetUtcNow, TimeSpan.FromDays(10), TestContext.Current.CancellationToken);
            await first.CrashAsync();

            clock.Advance(TimeSpan.FromDays(2));
            await using var second = await StartAsync(folder);
            await second.Local.AdvanceAsync(clock.SetUtcNow, TimeSpan.FromDays(9), TestContext.Current.CancellationToken);
            Assert.Equal(["before one 0", "after one 21"], calls);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_failing_activity_fails_with_its_own_exception_s_type()
    {
        await using var app = await StartAsync();
        var client = app.Local.Engine.Client;
        await client.ScheduleNewOrchestrationInstanceAsync(
            "FailsOnce", new StartOrchestrationOptions("two"), TestContext.Current.CancellationToken);
        await app.Local.WhenIdleAsync(TestContext.Current.CancellationToken);
        var found = await client.GetInstanceAsync("two", getInputsAndOutputs: true, TestContext.Current.CancellationToken);
        Assert.Equal("System.InvalidOperationException", found!.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Middleware_stands_around_orchestrators_and_activities_and_the_replay_stays_the_same()
    {
        var kinds = new ConcurrentBag<string>();
        await using var app = await StartAsync(null, builder => builder.UseMiddleware(async (context, next) =>
        {
            kinds.Add(context.FunctionDefinition.InputBindings.Values.Single().Type);
            await next();
        }));
        await app.SendAsync("PUT", "api/waits/three", new { days = 1 });
        await app.Local.AdvanceAsync(clock.SetUtcNow, TimeSpan.FromDays(1), TestContext.Current.CancellationToken);
        Assert.Equal(["before three 0", "after three 1"], calls);
        Assert.Superset(new HashSet<string> { "httpTrigger", "orchestrationTrigger", "activityTrigger" }, kinds.ToHashSet());
    }

    [Fact]
    public async Task An_orchestrator_that_awaits_something_else_fails_and_says_so()
    {
        await using var app = await StartAsync();
        var client = app.Local.Engine.Client;
        await client.ScheduleNewOrchestrationInstanceAsync(
            "AwaitsElsewhere", new StartOrchestrationOptions("four"), TestContext.Current.CancellationToken);
        var found = await client.WaitForInstanceCompletionAsync("four", getInputsAndOutputs: true, TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, found.RuntimeStatus);
    }

    [Theory]
    [InlineData("--LocalAzure:Clock:Speed=1")]
    [InlineData("--LocalAzure:Clock:Speed=7000")]
    public async Task Whoever_moves_the_clock_finds_what_the_new_time_has_brought(string speed)
    {
        await using var app = await TestApp.StartAsync(typeof(Functions), builder => builder.Services.AddSingleton(calls), null, speed);
        for (var i = 0; i < 25; i++)
        {
            using var begun = await app.SendAsync("PUT", $"api/waits/{i}", new { days = 40 + i });
            Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        }

        using var moved = await app.SendAsync("POST", "local/clock/advance", new { by = "66.00:00:00" });

        // Nothing is waited for here: each wait is split into many timers, and all have fired.
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        Assert.Equal(25, calls.Count(call => call.StartsWith("before", StringComparison.Ordinal)));
        Assert.Equal(25, calls.Count(call => call.StartsWith("after", StringComparison.Ordinal)));
    }

    private Task<TestApp> StartAsync(string? folder = null, Action<LocalAzureBuilder>? configure = null) => TestApp.StartAsync(
        typeof(Functions),
        builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddSingleton(calls);
            configure?.Invoke(builder);
        },
        folder);

    public sealed class Calls : ConcurrentQueue<string>;

    public sealed record Wait(int Days);

    public sealed record Step(string Name, DateTimeOffset Began);

    public sealed class Functions(Calls calls, TimeProvider time)
    {
        [Function("StartWait")]
        public async Task<IResult> Start(
            [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "waits/{id}")] HttpRequest request,
            [DurableClient] DurableTaskClient client,
            string id,
            [FromBody] Wait wait,
            CancellationToken cancellation)
        {
            await client.ScheduleNewOrchestrationInstanceAsync("WaitDays", wait, new StartOrchestrationOptions(id), cancellation);
            return Results.Accepted();
        }

        [Function("WaitDays")]
        public static async Task<string> WaitDays([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var began = new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero);
            await context.CallActivityAsync("Note", new Step("before", began));
            await context.CreateTimer(context.CurrentUtcDateTime.AddDays(context.GetInput<Wait>()!.Days), CancellationToken.None);
            await context.CallActivityAsync("Note", new Step("after", began));
            return $"{context.InstanceId} done";
        }

        [Function("Note")]
        public async Task Note([ActivityTrigger] Step step, string instanceId, FunctionContext context)
        {
            await Task.Yield();
            Assert.Equal("Note", context.FunctionDefinition.Name);
            calls.Enqueue($"{step.Name} {instanceId} {(time.GetUtcNow() - step.Began).Days}");
        }

        [Function("FailsOnce")]
        public static async Task<string> FailsOnce([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            try
            {
                await context.CallActivityAsync("Fails");
                return "nothing";
            }
            catch (TaskFailedException failure)
            {
                return failure.FailureDetails.ErrorType;
            }
        }

        [Function("Fails")]
        public async Task Fails([ActivityTrigger] string? input)
        {
            await Task.Yield();
            throw new InvalidOperationException("on purpose");
        }

        [Function("AwaitsElsewhere")]
        public static async Task AwaitsElsewhere([OrchestrationTrigger] TaskOrchestrationContext context)
        {
#pragma warning disable DURABLE0004 // What Microsoft's analyzer forbids is what is tried here.
            await Task.Run(() => { });
#pragma warning restore DURABLE0004
            await context.CallActivityAsync("Fails");
        }
    }
}
