using LocalAzure.DurableTask;
using LocalAzure.DurableTask.History;
using LocalAzure.DurableTask.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using P = Microsoft.DurableTask.Protobuf;

namespace LocalAzure.Tests.DurableTask;

/// <summary>Many things at once: nothing is lost, nothing happens twice, nobody waits for somebody who is done.</summary>
public sealed class ConcurrencyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(1_000)]
    public async Task Events_that_race_with_activities_are_neither_lost_nor_doubled(int held)
    {
        const int Instances = 40;
        const int Events = 15;
        await using var engine = await Harness.StartAsync(
            new TestFunctions()
                .Orchestrator("Sum", async context =>
                {
                    var sum = 0;
                    for (var i = 0; i < Events; i++)
                    {
                        var number = context.WaitForExternalEvent<int>("N");
                        var doubled = context.CallActivityAsync<int>("Double", i);
                        sum += await number + await doubled;
                    }

                    return sum;
                })
                .Activity<int>("Double", async (value, _) =>
                {
                    await Task.Yield();
                    return value * 2;
                }),
            new DurableOptions { HeldHistories = held, MaxConcurrentActivities = 7, MaxConcurrentOrchestrations = 9 });
        await Task.WhenAll(Enumerable.Range(0, Instances).Select(i => engine.StartAsync("Sum", $"s{i}")));
        await Task.WhenAll(Enumerable.Range(0, Events).SelectMany(e =>
            Enumerable.Range(0, Instances).Select(i => Task.Run(() => engine.RaiseAsync($"s{i}", "N", e)))));
        for (var i = 0; i < Instances; i++)
            Assert.Equal(
                (3 * Events * (Events - 1) / 2).ToString(System.Globalization.CultureInfo.InvariantCulture),
                await engine.OutputAsync($"s{i}"));
        Assert.Equal(Instances * Events, engine.Functions.Runs["Double"]);
        Assert.Empty(engine.Store.Read(Reads.Activities));
        Assert.Empty(engine.Store.Read(Reads.ExecutionsWithMessages));
    }

    [Fact]
    public async Task An_episode_computed_on_an_outdated_state_is_refused_whole_so_that_no_history_forks()
    {
        await using var engine = await Harness.StartAsync(
            new TestFunctions().Orchestrator("Wait", async context => await context.WaitForExternalEvent<int>("E")));
        await engine.StartAsync("Wait", "a");
        var row = engine.Store.Read(connection => Reads.Instance(connection, "a"))!;
        var now = engine.Time.GetUtcNow().UtcDateTime;
        var stale = new EpisodeCommit
        {
            Encoded = [],
            Progress = new Progress(row.Execution, isSuspended: false, []),
            Episode = new Episode(now, [Happened.Raised("E", "1")])
                .With([new P.OrchestratorAction { CreateTimer = new P.CreateTimerAction { FireAt = Instants.Of(now) } }]),
            Status = OrchestrationRuntimeStatus.Running,
        };
        var before = engine.History("a");
        await Assert.ThrowsAsync<StaleEpisodeException>(() => engine.Store.WriteAsync(
            connection => stale.Write(connection, new Numbers())));
        Assert.Equal(before, engine.History("a"));
        Assert.Null(engine.Engine.NextWakeUp);
        await engine.RaiseAsync("a", "E", 2);
        Assert.Equal("2", await engine.OutputAsync("a"));
    }

    [Fact]
    public async Task No_more_activities_run_at_once_than_allowed()
    {
        var now = 0;
        var most = 0;
        await using var engine = await Harness.StartAsync(
            new TestFunctions()
                .Orchestrator(
                    "Fan",
                    async context => (await Task.WhenAll(Enumerable.Range(0, 60).Select(i => context.CallActivityAsync<int>("One")))).Sum())
                .Activity<object>("One", async (_, _) =>
                {
                    var running = Interlocked.Increment(ref now);
                    for (var seen = most; running > seen; seen = most) Interlocked.CompareExchange(ref most, running, seen);
                    for (var i = 0; i < 20; i++) await Task.Yield();
                    Interlocked.Decrement(ref now);
                    return 1;
                }),
            new DurableOptions { MaxConcurrentActivities = 3 });
        await engine.StartAsync("Fan", "f");
        Assert.Equal("60", await engine.OutputAsync("f"));
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task A_month_of_many_households_passes_without_anything_left_in_memory_or_in_the_work_tables()
    {
        await using var engine = await Harness.StartAsync(new TestFunctions()
            .Orchestrator("Household", async context =>
            {
                var accepted = context.WaitForExternalEvent<object?>("Accepted");
                using var cancel = new CancellationTokenSource();
                var due = context.CreateTimer(TimeSpan.FromDays(21), cancel.Token);
                if (await Task.WhenAny(accepted, due) == due) return await context.CallActivityAsync<string>("Call");
                cancel.Cancel();
                return "accepted";
            })
            .Activity<object>("Call", _ => "called"));
        for (var i = 0; i < 120; i++)
        {
            await engine.StartAsync("Household", $"h{i:000}");
            if (i % 4 == 0) await engine.AdvanceAsync(TimeSpan.FromHours(6));
        }

        for (var i = 0; i < 120; i += 3) await engine.RaiseAsync($"h{i:000}", "Accepted");
        await engine.AdvanceAsync(TimeSpan.FromDays(30));
        for (var i = 0; i < 120; i++) Assert.Equal(i % 3 == 0 ? "\"accepted\"" : "\"called\"", await engine.OutputAsync($"h{i:000}"));
        Assert.Null(engine.Engine.NextWakeUp);
        Assert.Empty(engine.Store.Read(Reads.Activities));
        Assert.Empty(engine.Store.Read(Reads.ExecutionsWithMessages));
    }

    [Fact]
    public async Task Those_that_can_t_take_their_timer_keep_it_and_hold_up_nobody_behind_them()
    {
        await using var engine = await Harness.StartAsync(
            new TestFunctions()
                .Orchestrator("Household", async context =>
                {
                    await context.CreateTimer(TimeSpan.FromDays(21), CancellationToken.None);
                    return await context.CallActivityAsync<string>("Call");
                })
                .Activity<object>("Call", _ => "called"),
            new DurableOptions { MaxConcurrentActivities = 1 });
        for (var i = 0; i < 12; i++) await engine.StartAsync("Household", $"h{i:00}");
        await engine.IdleAsync();
        // More than are handed out at once, and the first of all.
        await engine.Store.WriteAsync(connection => connection.Prepare(
            "INSERT INTO durable_inbox (id, execution, message) "
            + "SELECT -execution, execution, x'07' FROM durable_instances WHERE id < 'h05'").Run());
        engine.Time.SetUtcNow(engine.Time.GetUtcNow().AddDays(21));
        await engine.IdleAsync();
        for (var i = 5; i < 12; i++) Assert.Equal("\"called\"", await engine.OutputAsync($"h{i:00}"));
        Assert.NotNull(engine.Engine.NextWakeUp);
        await engine.Store.WriteAsync(connection => connection.Prepare("DELETE FROM durable_inbox WHERE id < 0").Run());
        engine.Time.Advance(TimeSpan.FromMinutes(1));
        await engine.IdleAsync();
        for (var i = 0; i < 5; i++) Assert.Equal("\"called\"", await engine.OutputAsync($"h{i:00}"));
        Assert.Null(engine.Engine.NextWakeUp);
    }
}
