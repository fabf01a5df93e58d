using System.Text.Json;
using Azure.Data.Tables;
using LocalAzure.Graph;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shared;
using VcasFunctions.Audit;
using VcasFunctions.Http;
using VcasFunctions.Notifications;
using VcasFunctions.Tables;
using VcasFunctions.Tests.Privacy;

namespace VcasFunctions.Tests.Clock;

/// <summary>
/// A machine's clock ran ahead for two nights, was put right, and the app was started again: what was written meanwhile keeps nothing
/// from going on.
/// </summary>
[Trait("Pace", "Slow")]
public sealed partial class RanAheadTests : IDisposable
{
    private static readonly string[] Short =
        ["Vcas:Retention:ClosedDays=40", "Vcas:Retention:ReferredDays=60", "Vcas:Retention:ErrorDays=6", "Vcas:Policy:IntervalDays=21"];

    private readonly string folder = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());

    private static DateTimeOffset PutRight => Given.Monday.AddDays(4);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(401)]
    public async Task The_audit_is_held_fast_again_and_whole(int daysAhead)
    {
        await LiveAsync(Given.Monday, Given.Monday.AddDays(3), async (_, api) => await api.RecordAsync(Given.Declined("07700 900111")));
        await LiveAsync(Given.Monday.AddDays(3 + daysAhead), Given.Monday.AddDays(5 + daysAhead), async (_, api) =>
            await api.RecordAsync(Given.Declined("07700 900112")));

        var log = new Listening();
        await using var app = await StartAsync(PutRight, log.Attach);
        using var api = new Api(app);
        await api.RecordAsync(Given.Declined("07700 900113"));
        await app.AdvanceToAsync(PutRight.AddDays(4), Cancellation);

        var verified = (await api.GetAsync("audit/verification?from=2024-03-11")).Must(200);
        Assert.True(verified["isWhole"] == "true", verified.Text);
        var days = Enumerable.Range(0, 8).Reverse().Select(day => Anchor.KeyOf(AuditDayIndex.DayOf(Given.Monday.AddDays(day))));
        Assert.Equal(days, await RowsAsync(app, "PartitionKey eq 'anchors'"));
        // What had been held fast too early is kept.
        Assert.NotEmpty(await RowsAsync(app, "PartitionKey ge 'anchors-ahead|' and PartitionKey lt 'anchors-ahead}'"));
        Assert.Contains(log.Lines, line => line.Contains("were made by a clock that ran ahead", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_anchor_that_somebody_says_was_made_too_early_is_not_made_anew()
    {
        await using var app = await StartAsync(Given.Monday);
        using var api = new Api(app);
        await api.RecordAsync(Given.Declined());
        await app.AdvanceAsync(TimeSpan.FromDays(3), Cancellation);
        var audit = app.Services.GetRequiredService<VcasTables>().Audit;
        var anchor = (await audit.GetEntityAsync<TableEntity>("anchors", KeyOf(2024, 3, 12), cancellationToken: Cancellation)).Value;
        anchor["At"] = Given.Monday.AddDays(500);
        anchor["Hash"] = "somebody's own";
        await audit.UpdateEntityAsync(anchor, anchor.ETag, TableUpdateMode.Replace, Cancellation);
        await app.AdvanceAsync(TimeSpan.FromDays(2), Cancellation);
        var verified = (await api.GetAsync("audit/verification?from=2024-03-11")).Must(200);
        Assert.Equal("false", verified["isWhole"]);
        Assert.Empty(await RowsAsync(app, "PartitionKey ge 'anchors-ahead|' and PartitionKey lt 'anchors-ahead}'"));
    }

    [Fact]
    public async Task An_anchor_of_a_day_to_come_that_is_none_of_ours_keeps_no_day_from_being_held_fast()
    {
        await using var app = await StartAsync(Given.Monday);
        var audit = app.Services.GetRequiredService<VcasTables>().Audit;
        await app.AdvanceAsync(TimeSpan.FromDays(2), Cancellation);
        var anchor = (await audit.GetEntityAsync<TableEntity>("anchors", KeyOf(2024, 3, 11), cancellationToken: Cancellation)).Value;
        anchor.RowKey = KeyOf(2099, 1, 1);
        await audit.AddEntityAsync(anchor, Cancellation);
        await app.AdvanceAsync(TimeSpan.FromDays(3), Cancellation);
        Assert.Equal(
            [KeyOf(2099, 1, 1), .. new[] { 15, 14, 13, 12, 11 }.Select(day => KeyOf(2024, 3, day))],
            await RowsAsync(app, "PartitionKey eq 'anchors'"));
    }

    [Fact]
    public async Task What_is_recorded_afterwards_is_erased_when_its_time_is_over()
    {
        await LiveAsync(Given.Monday, Given.Monday.AddDays(3), async (_, api) => await api.RecordAsync(Given.Declined()));
        await LiveAsync(Given.Monday.AddDays(300), Given.Monday.AddDays(302), (_, _) => Task.CompletedTask);

        await using var app = await StartAsync(PutRight);
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined());
        (await api.PostAsync($"offers/{id}/withdrawal", new { reason = "recordedInError" })).Must(200);
        await app.AdvanceAsync(TimeSpan.FromDays(5), Cancellation);
        Assert.Null((await api.GetAsync($"offers/{id}")).Must(200)["erasure.reason"]);
        await app.AdvanceAsync(TimeSpan.FromDays(3), Cancellation);
        Assert.Equal("retentionEnded", (await api.GetAsync($"offers/{id}")).Must(200)["erasure.reason"]);
    }

    [Fact]
    public async Task One_night_of_a_clock_that_runs_ahead_erases_nobody_and_a_machine_that_was_off_makes_it_up_a_night_later()
    {
        var id = Guid.Empty;
        await LiveAsync(Given.Monday, Given.Monday.AddDays(3), async (_, api) =>
        {
            id = await api.RecordAsync(Given.Declined());
            (await api.PostAsync($"offers/{id}/withdrawal", new { reason = "moved" })).Must(200);
        });
        await LiveAsync(Given.Monday.AddDays(300), Given.Monday.AddDays(300).AddHours(20), async (app, api) =>
        {
            await app.AdvanceAsync(TimeSpan.FromHours(18), Cancellation);
            Assert.Null((await api.GetAsync($"offers/{id}")).Must(200)["erasure.reason"]);
        });

        await LiveAsync(PutRight, PutRight.AddDays(2), (_, _) => Task.CompletedTask);
        await using var app = await StartAsync(Given.Monday.AddDays(60));
        using var api = new Api(app);
        await app.AdvanceAsync(TimeSpan.FromHours(20), Cancellation);
        Assert.Null((await api.GetAsync($"offers/{id}")).Must(200)["erasure.reason"]);
        await app.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
        Assert.Equal("retentionEnded", (await api.GetAsync($"offers/{id}")).Must(200)["erasure.reason"]);
    }

    [Fact]
    public async Task A_household_is_called_three_weeks_after_its_offer_and_whoever_else_has_dates_of_then_is_named()
    {
        var (waiting, due, called) = (Guid.Empty, Guid.Empty, Guid.Empty);
        await LiveAsync(Given.Monday, Given.Monday.AddDays(3), async (_, api) =>
        {
            due = await api.RecordAsync(Given.Declined("07700 900121"));
            called = await api.RecordAsync(Given.Declined("07700 900123"));
        });
        var evening = Given.Monday.AddDays(203).AddHours(10);
        await LiveAsync(evening, evening.AddHours(3), async (app, api) =>
        {
            // The phone's clock was right.
            waiting = await api.RecordAsync(
                Given.Declined("07700 900122").With("offeredAt", Given.Monday.AddDays(3).ToString("O")).With("offeredAtConfirmed", true));
            Assert.Equal("due", await api.StateAsync(due));
            (await api.AttemptAsync(called, "noAnswer")).Must(200);
            await app.WhenIdleAsync(Cancellation);
        });

        await using var app = await StartAsync(PutRight);
        using var api = new Api(app);
        var before = Clock((await api.GetAsync("health/details")).Must(200));
        Assert.Equal(PutRight, before.GetProperty("putRightAt").GetDateTimeOffset());

        await app.AdvanceAsync(TimeSpan.FromHours(2), Cancellation);
        var told = Clock((await api.GetAsync("health/details")).Must(200));
        Assert.InRange(told.GetProperty("ranAheadTo").GetDateTimeOffset(), Given.Monday.AddDays(203), Given.Monday.AddDays(204));
        Assert.Equal(
            Vcas.Domain.Households.Household.ReferenceOf(called),
            Assert.Single(told.GetProperty("households").EnumerateArray()).GetString());

        // What had fallen due too early waits for its time again.
        await app.AdvanceToAsync(Given.Monday.AddDays(20), Cancellation);
        Assert.Equal("waiting", await api.StateAsync(due));
        await app.AdvanceToAsync(Given.Monday.AddDays(23), Cancellation);
        Assert.Equal("waiting", await api.StateAsync(waiting));
        Assert.Equal("due", await api.StateAsync(due));
        await app.AdvanceToAsync(Given.Monday.AddDays(26), Cancellation);
        Assert.Equal("due", await api.StateAsync(waiting));
        // Once somebody has done something about the other, only the clock is told of, for a month.
        (await api.PostAsync($"offers/{called}/withdrawal", new { reason = "moved" })).Must(200);
        await app.AdvanceAsync(TimeSpan.FromHours(2), Cancellation);
        Assert.Empty(Clock((await api.GetAsync("health/details")).Must(200)).GetProperty("households").EnumerateArray());
        await app.AdvanceAsync(TimeSpan.FromDays(12), Cancellation);
        Assert.False((await api.GetAsync("health/details")).Must(200).Json.TryGetProperty("clock", out _));
    }

    [Fact]
    public async Task A_claim_of_then_keeps_nobody_from_calling_now()
    {
        var id = Guid.Empty;
        await LiveAsync(Given.Monday.AddDays(100), Given.Monday.AddDays(100).AddMinutes(1), async (_, api) =>
        {
            id = await api.RecordAsync(
                Given.Declined().With("offeredAt", Given.Monday.AddDays(-40).ToString("O")).With("offeredAtConfirmed", true));
            (await api.PutAsync($"call-backs/{id}/claim", new { })).Must(200);
        });

        await using var app = await StartAsync(PutRight);
        using var caller = new Api(app, "caller");
        (await caller.PutAsync($"call-backs/{id}/claim", new { })).Must(200);
    }

    [Fact]
    public async Task Households_of_now_are_told_of_though_a_digest_of_then_is_waited_for()
    {
        const string Key = "of-then";
        await LiveAsync(Given.Monday.AddDays(90), Given.Monday.AddDays(90), async (app, _) =>
        {
            var digests = app.Services.GetRequiredService<NoticeDigests>();
            await digests.PutOffAsync(Key, Guid.NewGuid(), Given.Monday.AddDays(90).AddMinutes(5), app.Azure.Engine.Client, Cancellation);
        });

        await using var app = await StartAsync(PutRight);
        await app.Services.GetRequiredService<NoticeDigests>()
            .PutOffAsync(Key, Guid.NewGuid(), PutRight, app.Azure.Engine.Client, Cancellation);
        await app.AdvanceAsync(TimeSpan.FromMinutes(3), Cancellation);
        Assert.Empty(await app.Services.GetRequiredService<NoticeDigests>().ReadAsync(Key, Cancellation));
    }

    [Fact]
    public void Teams_is_not_left_alone_until_a_rest_of_then_is_over()
    {
        var clock = new FakeTimeProvider(Given.Monday.AddDays(70));
        var limit = new TeamsRateLimit(clock);
        var person = new Recipient(IsTeam: false, "reader");
        for (var request = 0; request < TeamsRateLimit.PerSecond; request++) Assert.Null(limit.Reserve(person));
        limit.RestUntil(Given.Monday.AddDays(70).AddMinutes(2));
        Assert.NotNull(limit.Reserve(person));
        clock.AdjustTime(Given.Monday);
        Assert.Null(limit.Reserve(person));
        // A rest of now is kept.
        limit.RestUntil(Given.Monday.AddMinutes(2));
        Assert.Equal(Given.Monday.AddMinutes(2), limit.Reserve(person));
    }

    private static JsonElement Clock(ApiAnswer health) => health.Json.GetProperty("clock");

    private static string KeyOf(int year, int month, int day) => Anchor.KeyOf(new DateOnly(year, month, day));

    private static async Task<IReadOnlyList<string>> RowsAsync(RunningApp app, string filter)
    {
        var rows = new List<string>();
        await foreach (var row
            in app.Services.GetRequiredService<VcasTables>().Audit.QueryAsync<TableEntity>(filter, cancellationToken: Cancellation))
            rows.Add(row.RowKey);
        return rows;
    }

    private async Task LiveAsync(DateTimeOffset from, DateTimeOffset to, Func<RunningApp, Api, Task> live)
    {
        await using var app = await StartAsync(from);
        using var api = new Api(app);
        await live(app, api);
        await app.AdvanceToAsync(to, Cancellation);
    }

    private Task<RunningApp> StartAsync(DateTimeOffset at, Action<LocalAzure.LocalAzureBuilder>? configure = null) =>
        RunningApp.StartAsync(new FakeTimeProvider(at), folder, configure, Short);
}
