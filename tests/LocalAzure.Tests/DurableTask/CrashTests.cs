using System.Text.Json;
using CsCheck;
using DurableTask.Core.Exceptions;
using LocalAzure.DurableTask;
using LocalAzure.Storage;
using Microsoft.DurableTask;

namespace LocalAzure.Tests.DurableTask;

/// <summary>Crashes at every commit, and random programs with random crashes: the result is that of an undisturbed run.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task A_crash_at_any_commit_changes_nothing_about_the_result(bool afterCommit, bool held)
    {
        var program = new[]
        {
            new Op("call", 3), new Op("flaky", 4), new Op("timer", 100), new Op("sub", 2), new Op("event", 1), new Op("parallel", 3),
            new Op("again", 0),
            new Op("call", 5),
        };
        var undisturbed = await RunAsync(program, [], afterCommit, held);
        Assert.Equal(0, undisturbed.Crashes);
        var crash = 0;
        for (var crashed = true; crashed && crash < 200; crash++)
        {
            var run = await RunAsync(program, [crash + 1], afterCommit, held);
            Assert.True(
                undisturbed.Result == run.Result, $"A crash at commit {crash + 1} gave {run.Result} instead of {undisturbed.Result}.");
            crashed = run.Crashes > 0;
        }

        Assert.InRange(crash, 10, 199);
    }

    [Fact]
    public async Task Random_programs_with_random_crashes_give_the_result_without()
    {
        string[] kinds = ["call", "flaky", "timer", "sub", "event", "parallel", "again"];
        var op = Gen.Select(Gen.Int[0, kinds.Length - 1], Gen.Int[0, 9], (kind, value) => new Op(kinds[kind], value));
        var cases = Gen.Select(op.Array[1, 8], Gen.Int[1, 25].Array[0, 4], Gen.Bool, Gen.Bool);
        await cases.SampleAsync(
            async (program, crashes, afterCommit, held) =>
            {
                var calm = await RunAsync(program, [], false, held: false);
                var rough = await RunAsync(program, crashes, afterCommit, held);
                return calm.Result == rough.Result;
            },
            iter: 60,
            threads: 1,
            print: x => JsonSerializer.Serialize(x));
    }

    [Fact]
    public async Task An_activity_whose_result_was_not_stored_runs_again()
    {
        var release = new TaskCompletionSource();
        await using var engine = await Harness.StartAsync(new TestFunctions()
            .Orchestrator("Call", async context => await context.CallActivityAsync<int>("Slow"))
            .Activity<object>("Slow", async (_, cancellation) =>
            {
                await release.Task.WaitAsync(cancellation);
                return 1;
            }));
        await engine.StartAsync("Call", "a");
        await engine.ReopenAsync();
        release.SetResult();
        Assert.Equal("1", await engine.OutputAsync("a"));
        Assert.Equal(2, engine.Functions.Runs["Slow"]);
    }

    [Fact]
    public async Task A_stop_keeps_results_and_begins_nothing_and_a_later_start_goes_on()
    {
        var running = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var engine = await Harness.StartAsync(new TestFunctions()
            .Orchestrator(
                "Call", async context => await context.CallActivityAsync<int>("Slow") + await context.CallActivityAsync<int>("Quick"))
            .Activity<object>("Slow", async (_, _) =>
            {
                running.SetResult();
                await release.Task;
                return 1;
            })
            .Activity<object>("Quick", _ => 2));
        await engine.StartAsync("Call", "a");
        await running.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var stopped = engine.Engine.StopAsync(TestContext.Current.CancellationToken);
        release.SetResult();
        await stopped;
        Assert.False(engine.Functions.Runs.ContainsKey("Quick"));
        await engine.ReopenAsync();
        Assert.Equal("3", await engine.OutputAsync("a"));
        Assert.Equal(1, engine.Functions.Runs["Slow"]);
    }

    /// <summary>One thing that the random orchestrator does.</summary>
    private sealed record Op(string Kind, int Value);

    private static async Task<(string? Result, int Crashes)> RunAsync(Op[] program, int[] crashAt, bool afterCommit, bool held)
    {
        var left = new Queue<int>(crashAt);
        var crashes = 0;
        await using var engine = await Harness.StartAsync(
            Programs(), new DurableOptions { HeldHistories = held ? 1_000 : 0 }, onOpened: store =>
            {
                var commits = 0;
                void Count(LocalStore broken)
                {
                    // The engine's tables and its block of numbers are there before the count begins.
                    if (left.TryPeek(out var at) && ++commits == at + 2)
                    {
                        left.Dequeue();
                        crashes++;
                        broken.Break();
                    }
                }

                if (afterCommit) store.AfterCommit = Count;
                else store.BeforeCommit = Count;
            });
        await SurviveAsync(engine, async () =>
        {
            try
            {
                await engine.StartAsync("Program", "p", program);
            }
            catch (OrchestrationAlreadyExistsException)
            {
                // The commit that carried it was not acknowledged, and yet it was made.
            }
        });
        for (var i = 0; i < program.Length; i++)
        {
            var name = $"e{i}";
            if (program[i].Kind == "event") await SurviveAsync(engine, () => engine.RaiseAsync("p", name, program[i].Value));
        }

        for (var day = 0; day < 60 && !await FinishedAsync(engine); day++)
            await SurviveAsync(engine, () => engine.AdvanceAsync(TimeSpan.FromDays(1)));
        Assert.True(
            await FinishedAsync(engine),
            $"After 60 days the program {JsonSerializer.Serialize(program)} is not finished: {string.Join("; ", engine.History("p"))}");
        return (await engine.OutputAsync("p"), crashes);
    }

    private static async Task<bool> FinishedAsync(Harness engine)
    {
        if (engine.Store.IsClosed) await engine.ReopenAsync();
        await engine.IdleAsync();
        return !engine.Store.IsClosed && (await engine.GetAsync("p")).IsCompleted;
    }

    private static async Task SurviveAsync(Harness engine, Func<Task> action)
    {
        while (true)
        {
            try
            {
                if (engine.Store.IsClosed) await engine.ReopenAsync();
                await action();
                await engine.IdleAsync();
                if (!engine.Store.IsClosed) return;
            }
            catch (Exception broken) when (broken is StorageException or ObjectDisposedException)
            {
                // Killed under our hands: open it again, and ask again for what was not acknowledged.
            }
        }
    }

    private static TestFunctions Programs()
    {
        var failed = new HashSet<string>();
        return new TestFunctions()
            .Orchestrator("Program", async context =>
            {
                var program = context.GetInput<Op[]>()!;
                var sum = 0L;
                for (var i = 0; i < program.Length; i++)
                {
                    sum = sum * 31 + await DoAsync(context, program[i], i);
                    if (program[i].Kind != "again") continue;
                    context.ContinueAsNew(program[(i + 1)..].Prepend(new Op("const", (int)(sum % 100_000))).ToArray());
                    return null;
                }

                return sum;
            })
            .Orchestrator("Sub", async context =>
            {
                var value = context.GetInput<int>();
                await context.CreateTimer(TimeSpan.FromHours(value), CancellationToken.None);
                return await context.CallActivityAsync<long>("call", value) + 1000;
            })
            .Activity<int>("call", value => value * 7L)
            .Activity<string>("flaky", key =>
            {
                lock (failed) return failed.Add(key!) ? throw new TimeoutException("once") : 13L;
            });
    }

    private static async Task<long> DoAsync(TaskOrchestrationContext context, Op op, int index)
    {
        switch (op.Kind)
        {
            case "call": return await context.CallActivityAsync<long>("call", op.Value);
            case "flaky":
                return await context.CallActivityAsync<long>(
                    "flaky", $"{index}.{op.Value}", new TaskOptions(new RetryPolicy(3, TimeSpan.FromMinutes(5))));
            case "timer":
                await context.CreateTimer(TimeSpan.FromHours(op.Value), CancellationToken.None);
                return op.Value;
            case "sub": return await context.CallSubOrchestratorAsync<long>("Sub", op.Value);
            // Events are named by their place in the first execution; after a continue-as-new nobody waits for them any more.
            case "event" when context.GetInput<Op[]>()![0].Kind != "const": return await context.WaitForExternalEvent<long>($"e{index}");
            case "parallel":
                var all = await Task.WhenAll(Enumerable.Range(0, op.Value).Select(i => context.CallActivityAsync<long>("call", i)));
                return all.Sum();
            default: return op.Value;
        }
    }
}
