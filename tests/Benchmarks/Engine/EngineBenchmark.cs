using System.Diagnostics;
using LocalAzure.DurableTask;
using LocalAzure.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace Benchmarks.Engine;

/// <summary>
/// The durable engine against raw group commits of the same store, in one run and with every commit flushed: figures of a
/// noisy machine mean something only beside one another.
/// </summary>
internal static class EngineBenchmark
{
    private const int Callers = 256;

    public static async Task RunAsync(int scale)
    {
        var folder = Path.Combine(Path.GetTempPath(), "engine-benchmark-" + Guid.NewGuid().ToString("N"));
        try
        {
            var floor = await FloorAsync(Path.Combine(folder, "floor.db"), 20 * scale);
            var calls = await CallsAsync(Path.Combine(folder, "calls.db"), 10 * scale);
            Print("raw group commits, one row of 300 bytes each", floor, floor, 1);
            // Instance, history, activity; then instance, history, activity again.
            Print("start, activity, complete", calls, floor, 6);
            await WaitingAsync(Path.Combine(folder, "waiting.db"), 100 * scale, floor);
            await DueAsync(Path.Combine(folder, "due.db"), 10 * scale, floor);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(string what, double perSecond, double floor, int rows) => Console.WriteLine(
        $"{what,-46} {perSecond,9:N0} /s  {perSecond / floor,5:P0} of the raw commits; {rows} rows each: {rows * perSecond / floor,5:P0} "
        + "of the raw rows");

    private static async Task<double> FloorAsync(string path, int count)
    {
        await using var store = LocalStore.Open(path);
        store.Define("CREATE TABLE floor (id INTEGER PRIMARY KEY, body TEXT)");
        var body = new string('x', 300);
        return await RateAsync(count, _ => store.WriteAsync(connection =>
            connection.Prepare("INSERT INTO floor (body) VALUES (?)").Bind(1, body).Run()));
    }

    private static async Task<double> CallsAsync(string path, int count)
    {
        await using var store = LocalStore.Open(path);
        await using var engine = await EngineAsync(store, TimeProvider.System);
        var began = Stopwatch.GetTimestamp();
        await RateAsync(count, i => engine.Client.ScheduleNewOrchestrationInstanceAsync("Call", i));
        await engine.WhenIdleAsync(default);
        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task WaitingAsync(string path, int count, double floor)
    {
        long before, after;
        await using (var store = LocalStore.Open(path))
        await using (var engine = await EngineAsync(store, TimeProvider.System))
        {
            before = Memory();
            Print("started and waiting", await RateAsync(count, i => StartWaitingAsync(engine, i)), floor, 3);
            after = Memory();
        }

        var size = new FileInfo(path).Length;
        var opening = Stopwatch.GetTimestamp();
        await using var reopened = LocalStore.Open(path);
        await using var again = await EngineAsync(reopened, TimeProvider.System);
        await again.WhenIdleAsync(default);
        var opened = Stopwatch.GetElapsedTime(opening);
        Console.WriteLine(
            $"{count:N0} waiting: {size / count:N0} bytes each on disk, {Math.Max(0, after - before) / count:N0} in the managed heap, "
            + $"process {Environment.WorkingSet / 1_000_000:N0} MB, opened in {opened.TotalMilliseconds:N0} ms");
    }

    private static async Task DueAsync(string path, int count, double floor)
    {
        var clock = new JumpingClock();
        await using var store = LocalStore.Open(path);
        await using (var engine = await EngineAsync(store, clock))
        {
            await RateAsync(count, i => StartWaitingAsync(engine, i));
            await engine.WhenIdleAsync(default);
        }

        clock.Ahead = TimeSpan.FromDays(3);
        var began = Stopwatch.GetTimestamp();
        await using var late = await EngineAsync(store, clock);
        await late.WhenIdleAsync(default);
        var took = Stopwatch.GetElapsedTime(began);
        Print($"{count:N0} timers due at once, in {took.TotalSeconds:N2} s", count / took.TotalSeconds, floor, 3);
    }

    private static Task<string> StartWaitingAsync(DurableEngine engine, int i) => engine.Client.ScheduleNewOrchestrationInstanceAsync(
        "Wait", i, new StartOrchestrationOptions(Guid.NewGuid().ToString()));

    private static async Task<DurableEngine> EngineAsync(LocalStore store, TimeProvider time)
    {
        var engine = new DurableEngine(store, time, new DurableOptions(), NullLoggerFactory.Instance);
        await engine.StartAsync(new Functions(), default);
        return engine;
    }

    private static async Task<double> RateAsync(int count, Func<int, Task> work)
    {
        var next = -1;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next)) await work(i);
        })));
        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static long Memory()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private sealed class Functions : IDurableFunctions
    {
        public bool HasOrchestrator(string name) => true;

        public bool HasActivity(string name) => true;

        public async Task<object?> RunOrchestratorAsync(string name, TaskOrchestrationContext context)
        {
            if (name == "Call") return await context.CallActivityAsync<int>("Double", context.GetInput<int>());
            await context.CreateTimer(TimeSpan.FromDays(2), CancellationToken.None);
            return null;
        }

        public Task<object?> RunActivityAsync(
            string name, string instanceId, int taskId, string? inputJson, CancellationToken cancellation) =>
            Task.FromResult<object?>(2);
    }

    private sealed class JumpingClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
    }
}
