using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Shared;

namespace LocalAzure.Tests.DurableTask;

/// <summary>
/// The same orchestrations on Microsoft's own backend, in memory, with Microsoft's worker and gRPC between them: what comes of
/// them here is what comes of them there. Beginning anew with an event unread is not among them: that backend, a preview, loses the
/// event; <see cref="RunnerTests"/> holds it.
/// </summary>
public sealed class JudgeTests
{
    private static readonly Dictionary<string, Func<TaskOrchestrationContext, int, Task<object?>>> Programs = new()
    {
        ["activities one after the other and side by side"] = async (context, input) =>
        {
            var first = await context.CallActivityAsync<int>("Double", input);
            var all = await Task.WhenAll(Enumerable.Range(first, 3).Select(i => context.CallActivityAsync<int>("Double", i)));
            context.SetCustomStatus(new { Sum = all.Sum(), At = "the end" });
            return new Outcome(all.Sum(), "é<", DayOfWeek.Friday, null);
        },
        ["retries that help"] = async (context, input) =>
            await context.CallActivityAsync<string>("Flaky", $"{context.InstanceId}/{input}", Retries(4)),
        ["retries that don't"] = async (context, _) =>
        {
            await context.CallActivityAsync<string>("Broken", "x", Retries(2));
            return null;
        },
        ["a failure that is caught"] = async (context, _) =>
        {
            try
            {
                await context.CallActivityAsync("Broken", 1);
                return "no failure";
            }
            catch (TaskFailedException failure)
            {
                context.SetCustomStatus(failure.FailureDetails.ErrorType);
                return $"{failure.TaskName} {failure.TaskId} {failure.Message} {failure.FailureDetails.InnerFailure?.ErrorMessage}";
            }
        },
        ["events before and behind their wait"] = async (context, _) =>
        {
            var late = await context.WaitForExternalEvent<string>("Late");
            var first = await context.WaitForExternalEvent<int>("number");
            var second = await context.WaitForExternalEvent<int>("Number");
            return $"{late} {first} {second}";
        },
        ["a child's result and a child's failure"] = async (context, input) =>
        {
            var sum = await context.CallSubOrchestratorAsync<int>("Child", input);
            try
            {
                await context.CallSubOrchestratorAsync<int>("Child", -1);
                return null;
            }
            catch (TaskFailedException failure)
            {
                return $"{sum} {failure.FailureDetails.ErrorType} {failure.FailureDetails.ErrorMessage}";
            }
        },
        ["a timer against an event"] = async (context, _) =>
        {
            using var stop = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromMinutes(30), stop.Token);
            var number = context.WaitForExternalEvent<int>("Number");
            if (await Task.WhenAny(timer, number) == timer) return "too late";
            stop.Cancel();
            return await number;
        },
        ["an exception"] = (_, input) => throw new InvalidOperationException($"not {input}", new TimeoutException("within")),
    };

    public static TheoryData<string> Names => [.. Programs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_comes_of_an_orchestration_is_what_comes_of_it_on_Microsofts_own_backend(string name)
    {
        await using var theirs = await DurableTaskTestHost.StartAsync(
            tasks =>
            {
                tasks.AddOrchestratorFunc("Program", Typed(Programs[name]));
                tasks.AddOrchestratorFunc("Child", Typed(ChildAsync));
                tasks.AddActivityFunc<int, int>("Double", (_, value) => value * 2);
                tasks.AddActivityFunc<string, string>("Flaky", (_, key) => Flaky(key));
                tasks.AddActivityFunc<object, string>("Broken", (_, _) => Task.FromException<string>(Broken()));
            },
            // What it takes by itself is any free port, which may be somebody's again by the time it listens.
            new DurableTaskTestHostOptions { Port = FreePorts.Next() },
            TestContext.Current.CancellationToken);
        await using var ours = await Harness.StartAsync(new TestFunctions()
            .Orchestrator("Program", context => Programs[name](context, context.GetInput<int>()))
            .Orchestrator("Child", context => ChildAsync(context, context.GetInput<int>()))
            .Activity<int>("Double", value => value * 2)
            .Activity<string>("Flaky", key => Flaky(key!))
            .Activity<object>("Broken", _ => throw Broken()));

        var there = await RunAsync(theirs.Client);
        var here = RunAsync(ours.Client);
        // Their clock is the wall's, ours is moved: the waits between tries are short.
        while (!here.IsCompleted) await ours.AdvanceAsync(TimeSpan.FromMilliseconds(50));
        Assert.Equal(there, await here);
    }

    private static async Task<string> RunAsync(DurableTaskClient client)
    {
        var id = "judged" + Guid.NewGuid().ToString("N");
        await client.ScheduleNewOrchestrationInstanceAsync(
            "Program", 1, new StartOrchestrationOptions(id), TestContext.Current.CancellationToken);
        await client.WaitForInstanceStartAsync(id, TestContext.Current.CancellationToken);
        foreach (var number in new[] { 5, 6, 7 }) await client.RaiseEventAsync(id, "Number", number, TestContext.Current.CancellationToken);
        await client.RaiseEventAsync(id, "LATE", "late", TestContext.Current.CancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        var found = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, patience.Token);
        return string.Join(
            '\n',
            found.RuntimeStatus,
            found.SerializedInput,
            found.SerializedOutput?.Replace(id, "ID", StringComparison.Ordinal),
            found.SerializedCustomStatus,
            found.FailureDetails,
            found.FailureDetails?.InnerFailure,
            found.FailureDetails?.InnerFailure?.InnerFailure);
    }

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> Tries = new();

    private static string Flaky(string key) =>
        Tries.AddOrUpdate(key, 1, (_, count) => count + 1) < 3 ? throw new TimeoutException("not yet") : "at last";

    private static ArgumentOutOfRangeException Broken() => new("bad", new TimeoutException("slow"));

    private static TaskOptions Retries(int times) => TaskOptions.FromRetryPolicy(new RetryPolicy(times, TimeSpan.FromMilliseconds(20), 2));

    private static async Task<object?> ChildAsync(TaskOrchestrationContext context, int input)
    {
        if (input < 0) throw new ArgumentException("negative");
        return 1 + await context.CallActivityAsync<int>("Double", input);
    }

    private static Func<TaskOrchestrationContext, int, Task<object?>> Typed(Func<TaskOrchestrationContext, int, Task<object?>> code) =>
        code;

    private sealed record Outcome(int Sum, string Text, DayOfWeek Day, string? Nothing);
}
