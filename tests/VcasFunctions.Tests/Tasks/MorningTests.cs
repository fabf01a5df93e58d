using System.Text.Json.Nodes;
using LocalAzure.Graph;
using Microsoft.Extensions.Time.Testing;
using Shared;
using VcasFunctions.Http;
using VcasFunctions.Tasks;

namespace VcasFunctions.Tests.Tasks;

/// <summary>A working morning: one notice a team, told once, late rather than never. What nobody moves is told to others.</summary>
[Trait("Pace", "Slow")]
public sealed class MorningTests
{
    private static readonly DateTimeOffset Tuesday = new(2024, 3, 12, 9, 0, 0, TimeSpan.Zero);

    private static FakeTimeProvider MondayEvening => new(Given.Monday.AddHours(8));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task At_the_opening_of_call_hours_each_supervisor_is_told_once_of_the_day_in_counts_alone()
    {
        await using var app = await TaskStory.StartAsync(MondayEvening, null, TaskStory.Hourly);
        using var api = new Api(app);
        await NorthHouseholdsAsync(app, api);

        await app.AdvanceToAsync(Tuesday.AddMinutes(-1), Cancellation);
        Assert.Empty(app.Told(TaskStory.Supervisor, "workingDay"));
        await app.AdvanceToAsync(Tuesday.AddMinutes(1), Cancellation);
        var notice = Assert.Single(app.Azure.Graph.Inbox(TaskStory.Supervisor), one => one.ActivityType == "workingDay");
        Assert.Equal(
            ("2 calls today, 0 overdue; 1 danger nobody acknowledged; 1 without a safe route. Oldest task: 22 days.", "4"),
            (notice.PreviewText, notice.TemplateParameters["count"]));
        // The south has nothing to do, and the deputy is told in nobody's place.
        Assert.Empty(app.Told(TaskStory.OtherSupervisor, "workingDay"));
        Assert.Empty(app.Told(TaskStory.Deputy, "workingDay"));

        // Later hours, and a timer that fires twice, tell nothing again.
        await app.AdvanceToAsync(Tuesday.AddHours(3), Cancellation);
        await app.Azure.RunTimerAsync(nameof(BeginWorkingDay), Cancellation);
        await app.WhenIdleAsync(Cancellation);
        Assert.Equal([Tuesday], SentAt(app, TaskStory.Supervisor));
    }

    [Fact]
    public async Task Nobody_is_told_at_a_weekend_or_on_a_bank_holiday_and_London_s_clock_says_when_it_is_nine()
    {
        await using var app = await TaskStory.StartAsync(TaskStory.Hourly);
        using var api = new Api(app);
        await api.RecordAsync(new JsonObject { ["answer"] = "declined", ["team"] = "north" });
        // Good Friday and Easter Monday lie between; summer time begins on the Sunday.
        await app.AdvanceToAsync(new(2024, 3, 28, 12, 0, 0, TimeSpan.Zero), Cancellation);
        var before = app.Told(TaskStory.Supervisor, "workingDay").Count;
        await app.AdvanceToAsync(new(2024, 4, 2, 7, 59, 0, TimeSpan.Zero), Cancellation);
        Assert.Equal(before, app.Told(TaskStory.Supervisor, "workingDay").Count);
        await app.AdvanceToAsync(new(2024, 4, 2, 8, 1, 0, TimeSpan.Zero), Cancellation);
        Assert.Equal(before + 1, app.Told(TaskStory.Supervisor, "workingDay").Count);
    }

    [Fact]
    public async Task After_an_outage_or_a_start_the_day_is_told_of_late_and_still_once()
    {
        var (clock, folder) = (MondayEvening, Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName()));
        try
        {
            await using (var app = await TaskStory.StartAsync(clock, folder, TaskStory.Hourly))
            {
                using var api = new Api(app);
                await NorthHouseholdsAsync(app, api);
                app.Azure.Graph.Outage = GraphOutage.ServiceUnavailable;
                await app.AdvanceToAsync(Tuesday.AddMinutes(50), Cancellation);
                Assert.Empty(app.Told(TaskStory.Supervisor, "workingDay"));
                app.Azure.Graph.Outage = GraphOutage.None;
                await app.AdvanceToAsync(Tuesday.AddMinutes(65), Cancellation);
                Assert.Equal([Tuesday.AddHours(1)], SentAt(app, TaskStory.Supervisor));
            }

            await using (var app = await TaskStory.StartAsync(clock, folder, TaskStory.Hourly))
            {
                await app.AdvanceToAsync(Tuesday.AddHours(4), Cancellation);
                Assert.Equal([Tuesday.AddHours(1)], SentAt(app, TaskStory.Supervisor));
                await app.AdvanceToAsync(Tuesday.AddDays(1).AddMinutes(1), Cancellation);
                Assert.Equal([Tuesday.AddHours(1), Tuesday.AddDays(1)], SentAt(app, TaskStory.Supervisor));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task What_nobody_moves_is_told_to_the_deputy_once_a_step_and_again_until_somebody_does()
    {
        await using var app = await TaskStory.StartAsync(TaskStory.Hourly, "Vcas:Tasks:Days=2");
        using var api = new Api(app);
        var held = await api.RecordAsync(Given.Declined().With("team", "north"));
        (await api.PutAsync($"call-backs/{held}/hold", new { reason = "bailChanged", reviewAt = Given.Monday.AddDays(1) })).Must(200);

        // Its review is on Tuesday: two working days later it is Thursday.
        await app.AdvanceToAsync(Tuesday.AddDays(1).AddHours(6), Cancellation);
        Assert.Empty(app.Told(TaskStory.Deputy, "tasksWaiting"));
        await app.AdvanceToAsync(Tuesday.AddDays(3).AddHours(6), Cancellation);
        Assert.Equal(["A task of your team has waited for days"], app.Told(TaskStory.Deputy, "tasksWaiting"));
        Assert.Equal(1, (await api.TaskAsync(held, "reviewOverdue")).GetProperty("stage").GetInt32());
        await app.AdvanceToAsync(Tuesday.AddDays(6).AddHours(6), Cancellation);
        Assert.Equal(2, app.Told(TaskStory.Deputy, "tasksWaiting").Count);

        // Somebody decides, and it is held anew: that is another task.
        (await api.SendAsync("DELETE", $"call-backs/{held}/hold")).Must(200);
        await app.AdvanceToAsync(Tuesday.AddDays(10), Cancellation);
        Assert.Equal(2, app.Told(TaskStory.Deputy, "tasksWaiting").Count);
    }

    [Fact]
    public async Task Without_a_deputy_the_call_back_team_is_told_but_never_of_what_the_supervisor_alone_may_know()
    {
        await using var app = await TaskStory.StartAsync(TaskStory.Hourly);
        using var api = new Api(app);
        var held = await api.RecordAsync(Given.Declined().With("team", "south"));
        (await api.PutAsync($"call-backs/{held}/hold", new { reason = "bailChanged", reviewAt = Given.Monday.AddDays(1) })).Must(200);
        var secret = await api.RecordAsync(Given.Declined("07700 900883").With("team", "south"));
        await api.RecordAsync(
            new JsonObject
            {
                ["answer"] = "doNotContact",
                ["team"] = "north",
                ["contact"] = new JsonObject { ["phone"] = "07700 900883" },
            });
        Assert.Equal("held", await api.StateAsync(secret));
        await app.AdvanceToAsync(Tuesday.AddDays(2).AddHours(1), Cancellation);
        Assert.Equal(["A task of your team has waited for days"], app.Told(TaskStory.CallBackTeam, "tasksWaiting"));
        Assert.Contains("A task of your team has waited for days", app.Told(TaskStory.OtherSupervisor, "tasksWaiting"));
    }

    [Fact]
    public async Task While_the_supervisor_is_away_the_morning_is_the_deputy_s()
    {
        await using var app = await TaskStory.StartAsync(MondayEvening, null, TaskStory.Hourly);
        using var api = new Api(app);
        (await api.PutAsync("teams/north/absence", new { from = "2024-03-12", until = "2024-03-12" })).Must(200);
        await NorthHouseholdsAsync(app, api);
        await app.AdvanceToAsync(Tuesday.AddDays(1).AddHours(1), Cancellation);
        Assert.Equal([Tuesday], SentAt(app, TaskStory.Deputy));
        Assert.Equal([Tuesday.AddDays(1)], SentAt(app, TaskStory.Supervisor));
    }

    [Fact]
    public async Task Ten_households_are_one_notice_as_one_is()
    {
        await using var app = await TaskStory.StartAsync(MondayEvening, null, TaskStory.Hourly);
        using var api = new Api(app);
        for (var household = 0; household < 10; household++) await NorthHouseholdsAsync(app, api);
        await app.AdvanceToAsync(Tuesday.AddMinutes(1), Cancellation);
        Assert.Equal(
            "20 calls today, 0 overdue; 10 dangers nobody acknowledged; 10 without a safe route. Oldest task: 22 days.",
            Assert.Single(app.Told(TaskStory.Supervisor, "workingDay")));
    }

    // Two calls that are due, of which one household is in danger and one has no number.
    private static async Task NorthHouseholdsAsync(RunningApp app, Api api)
    {
        await api.RecordAsync(Given.DeclinedLongAgo().With("team", "north").With("risks", new JsonArray("violence")));
        await api.RecordAsync(new JsonObject
        {
            ["answer"] = "declined",
            ["team"] = "north",
            ["offeredAt"] = Given.Monday.AddDays(-30).ToString("O"),
            ["offeredAtConfirmed"] = true,
        });
        await app.WhenIdleAsync(Cancellation);
    }

    private static IReadOnlyList<DateTimeOffset> SentAt(RunningApp app, string who) =>
        [.. app.Azure.Graph.Inbox(who).Where(notice => notice.ActivityType == "workingDay").Select(notice => notice.SentAt).Order()];
}
