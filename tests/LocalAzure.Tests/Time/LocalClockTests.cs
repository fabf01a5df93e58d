using LocalAzure.Storage;
using LocalAzure.Time;
using Microsoft.Extensions.Time.Testing;

namespace LocalAzure.Tests.Time;

public sealed class LocalClockTests : IAsyncLifetime
{
    private static readonly DateTimeOffset RealStart = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset VirtualStart = new(2022, 1, 3, 9, 0, 0, TimeSpan.Zero);
    private readonly string folder = Path.Combine(Path.GetTempPath(), "localazure-clock", Guid.NewGuid().ToString("N"));
    private readonly FakeTimeProvider real = new(RealStart);
    private LocalStore store = null!;

    public ValueTask InitializeAsync()
    {
        store = LocalStore.Open(Path.Combine(folder, "local.db"), Durability.Process);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Without_settings_time_is_real()
    {
        using var clock = Make();
        Assert.Equal(RealStart, clock.GetUtcNow());
        real.Advance(TimeSpan.FromHours(1));
        Assert.Equal(RealStart.AddHours(1), clock.GetUtcNow());
    }

    [Fact]
    public void Twenty_one_days_pass_in_a_minute()
    {
        using var clock = Make(VirtualStart, 30_240);
        Assert.Equal(VirtualStart, clock.GetUtcNow());
        var timestamp = clock.GetTimestamp();
        real.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(VirtualStart.AddDays(21), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromDays(21), clock.GetElapsedTime(timestamp));
    }

    [Fact]
    public void A_timer_fires_by_virtual_time_and_not_before()
    {
        using var clock = Make(VirtualStart, 30_240);
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromDays(21), Timeout.InfiniteTimeSpan);
        real.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, fired);
        real.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, fired);
        real.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, fired);
    }

    [Fact]
    public void A_period_doesn_t_drift()
    {
        using var clock = Make(VirtualStart, 60);
        var at = new List<DateTimeOffset>();
        using var timer = clock.CreateTimer(_ => at.Add(clock.GetUtcNow()), null, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        for (var i = 0; i < 180 * 4; i++) real.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal([VirtualStart.AddHours(1), VirtualStart.AddHours(2), VirtualStart.AddHours(3)], at);
    }

    [Fact]
    public void A_timer_that_is_changed_or_disposed_of_doesn_t_fire()
    {
        using var clock = Make(VirtualStart, 60);
        var fired = 0;
        using var changed = clock.CreateTimer(_ => fired++, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        Assert.True(changed.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        var disposed = clock.CreateTimer(_ => fired++, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        disposed.Dispose();
        Assert.False(disposed.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        real.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, fired);
    }

    [Fact]
    public void Advancing_fires_what_falls_due_on_the_way_and_leaves_the_rest()
    {
        using var clock = Make(VirtualStart);
        var fired = new List<string>();
        using var near = clock.CreateTimer(_ => fired.Add("near"), null, TimeSpan.FromDays(20), Timeout.InfiniteTimeSpan);
        using var far = clock.CreateTimer(_ => fired.Add("far"), null, TimeSpan.FromDays(22), Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromDays(21));
        real.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["near"], fired);
        real.Advance(TimeSpan.FromDays(1));
        Assert.Equal(["near", "far"], fired);
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Advance(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public async Task At_real_speed_time_passes_also_while_the_process_is_down()
    {
        using (var clock = Make(VirtualStart)) clock.Advance(TimeSpan.FromDays(3));
        await ReopenAsync();
        real.Advance(TimeSpan.FromHours(8));
        using var again = Make(VirtualStart);
        Assert.Equal(VirtualStart.AddDays(3).AddHours(8), again.GetUtcNow());
    }

    [Fact]
    public async Task At_another_speed_time_stands_still_while_the_process_is_down()
    {
        using (Make(VirtualStart, 1_000)) real.Advance(TimeSpan.FromHours(1));
        await ReopenAsync();
        real.Advance(TimeSpan.FromHours(8));
        using var again = Make(VirtualStart, 1_000);
        Assert.Equal(VirtualStart.AddHours(1_000), again.GetUtcNow());
    }

    [Fact]
    public async Task After_a_crash_time_goes_on_and_never_back()
    {
        using var clock = Make(VirtualStart, 1_000);
        for (var i = 0; i < 13; i++) real.Advance(TimeSpan.FromSeconds(1));
        var last = clock.GetUtcNow();
        await store.WriteAsync(_ => { });
        await store.CrashAsync();
        await InitializeAsync();
        using var again = Make(VirtualStart, 1_000);
        Assert.InRange(again.GetUtcNow(), last, last.AddSeconds(10_000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task An_advance_that_was_confirmed_outlasts_a_crash(double speed)
    {
        using var clock = Make(VirtualStart, speed);
        await clock.AdvanceAsync(TimeSpan.FromDays(3));
        await store.CrashAsync();
        await InitializeAsync();
        using var again = Make(VirtualStart, speed);
        Assert.True(again.GetUtcNow() >= VirtualStart.AddDays(3), $"After the crash it is {again.GetUtcNow():o}.");
    }

    [Fact]
    public async Task A_thousand_advances_and_reads_on_many_threads_never_go_back()
    {
        using var clock = Make(VirtualStart, 1_000);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var last = clock.GetUtcNow();
            for (var i = 0; i < 250; i++)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                var now = clock.GetUtcNow();
                Assert.True(now > last, "Time went back or stood still over an advance.");
                last = now;
            }
        })));
        Assert.Equal(VirtualStart.AddSeconds(1_000), clock.GetUtcNow());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_speed_that_isn_t_above_zero_is_refused(double speed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Make(null, speed));

    [Fact]
    public async Task On_the_machine_s_own_clock_an_hour_passes_in_a_third_of_a_second()
    {
        using var clock = new LocalClock(store, TimeProvider.System, new LocalClockOptions { Speed = 10_000 });
        var began = clock.GetTimestamp();
        await Task.Delay(TimeSpan.FromHours(1), clock, TestContext.Current.CancellationToken).WaitAsync(
            TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.True(clock.GetElapsedTime(began) >= TimeSpan.FromHours(1), "The delay ended early.");
    }

    private LocalClock Make(DateTimeOffset? start = null, double speed = 1) =>
        new(store, real, new LocalClockOptions { Start = start, Speed = speed });

    private async Task ReopenAsync()
    {
        await store.DisposeAsync();
        await InitializeAsync();
    }
}
