using System.Text.Json.Nodes;
using Shared;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Tasks;

/// <summary>While a supervisor is away the deputy is told in their place.</summary>
public sealed class AbsenceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_for_the_supervisor_goes_to_the_deputy_while_they_are_away_and_to_them_again_afterwards()
    {
        await using var app = await TaskStory.StartAsync("Vcas:Policy:AcknowledgeMinutes=30");
        using var api = new Api(app);
        using var boss = new Api(app, "boss");
        var away = (await boss.PutAsync("teams/North/absence", new { from = "2024-03-11", until = "2024-03-12" })).Must(200);
        Assert.Equal(("north", "true"), (away["team"], away["now"]?.ToLowerInvariant()));
        Assert.Equal((TaskStory.Supervisor, TaskStory.Deputy), (away["supervisor"], away["deputy"]));
        Assert.Equal("2024-03-12", (await boss.GetAsync("teams/north/absence")).Must(200)["until"]);

        await RecordDangerAsync(api);
        await app.WhenIdleAsync(Cancellation);
        Assert.Single(app.Told(TaskStory.Deputy, "dangerRecorded"));
        Assert.Empty(app.Azure.Graph.Inbox(TaskStory.Supervisor));
        // The deputy was told already: so the next is the call-back team.
        await app.AdvanceAsync(TimeSpan.FromMinutes(31), Cancellation);
        Assert.Single(app.Told(TaskStory.CallBackTeam, "dangerUnacknowledged"));
        Assert.Empty(app.Told(TaskStory.Deputy, "dangerUnacknowledged"));

        await app.AdvanceToAsync(Given.Monday.AddDays(2), Cancellation);
        var later = await RecordDangerAsync(api);
        await app.WhenIdleAsync(Cancellation);
        Assert.Contains(
            app.Azure.Graph.Inbox(TaskStory.Supervisor),
            notice => notice.ActivityType == "dangerRecorded"
                && notice.TemplateParameters["reference"] == Vcas.Domain.Households.Household.ReferenceOf(later));
        Assert.Null((await boss.GetAsync("teams/north/absence")).Must(200)["until"]);
    }

    [Fact]
    public async Task Whoever_is_back_early_is_told_at_once_and_what_is_not_theirs_is_not_found()
    {
        await using var app = await TaskStory.StartAsync();
        using var api = new Api(app);
        using var deputy = new Api(app, "deputy");
        using var other = new Api(app, "other");
        (await deputy.PutAsync("teams/north/absence", new { from = "2024-03-11", until = "2024-03-20" })).Must(200);
        const string Days = """{"from":"2024-03-11","until":"2024-03-12"}""";
        foreach (var (method, body) in new[] { ("GET", null), ("DELETE", null), ("PUT", Days) })
            (await other.SendAsync(method, "teams/north/absence", body)).MustRefuse(404, 1006);
        (await deputy.SendAsync("DELETE", "teams/north/absence")).Must(200);
        (await deputy.SendAsync("DELETE", "teams/north/absence")).Must(200);
        await RecordDangerAsync(api);
        await app.WhenIdleAsync(Cancellation);
        Assert.Single(app.Told(TaskStory.Supervisor, "dangerRecorded"));
    }

    [Theory]
    [InlineData("south", "2024-03-11", "2024-03-12", 5011)]
    [InlineData("north", "2024-03-12", "2024-03-11", 5012)]
    [InlineData("north", "2024-03-01", "2024-03-10", 5012)]
    [InlineData("north", "2024-03-11", "2024-06-11", 5013)]
    [InlineData("north", "2024-03-11", null, 1005)]
    public async Task An_absence_that_would_leave_nobody_or_has_no_end_is_refused(string team, string from, string? until, int code)
    {
        await using var app = await TaskStory.StartAsync();
        using var api = new Api(app);
        (await api.PutAsync($"teams/{team}/absence", new { from, until })).MustRefuse(422, code);
        Assert.Null((await api.GetAsync($"teams/{team}/absence")).Must(200)["from"]);
    }

    private static Task<Guid> RecordDangerAsync(Api api) =>
        api.RecordAsync(Given.Declined().With("team", "north").With("risks", new JsonArray("selfHarm")));
}
