using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Http;
using VcasFunctions.Tables;
using VcasFunctions.Tasks;

namespace VcasFunctions.Tests.Tasks;

/// <summary>A front desk passes a number on to the call-back team, and learns nothing by it.</summary>
[Trait("Pace", "Slow")]
public sealed class PassedNumberTests
{
    private const string NorthDesk = "d0000000-0000-4000-8000-000000000001";
    private const string SouthCallers = "d0000000-0000-4000-8000-000000000002";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_passes_a_number_on_is_answered_the_same_whether_or_not_it_is_known_and_the_right_callers_see_to_it()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        using var desk = new Api(app, "desk");
        using var south = new Api(app, "southCaller");
        var household = await api.RecordAsync(Given.Declined("07700 900884").With("team", "south"));

        var (known, unknown) = (Guid.NewGuid(), Guid.NewGuid());
        var answers = new List<string>();
        foreach (var (id, phone) in new[] { (known, "07700 900884"), (unknown, "07700 900885") })
        {
            var answer = (await desk.PutAsync($"passed-numbers/{id}", new { phone, said = "wantsCall", safeToCall = true })).Must(201);
            answers.Add(answer.Text.Replace($"{id}", "", StringComparison.Ordinal)
                .Replace(answer["reference"]!, "", StringComparison.Ordinal));
            (await desk.PutAsync($"passed-numbers/{id}", new { phone, said = "wantsCall", safeToCall = true })).Must(200);
            (await desk.GetAsync($"passed-numbers/{id}")).MustRefuse(403, 1013);
        }

        Assert.Equal(answers[0], answers[1]);
        (await desk.GetAsync("tasks")).MustRefuse(403, 1013);
        (await desk.PutAsync($"passed-numbers/{known}", new { phone = "07700 900884", said = "other" })).MustRefuse(409, 2072);

        Assert.Equal([("numberPassedOn", known)], await south.TasksAsync());
        Assert.DoesNotContain("900884", (await south.GetAsync("tasks")).Text, StringComparison.Ordinal);
        var opened = (await south.GetAsync($"passed-numbers/{known}")).Must(200);
        Assert.Equal("+447700900884", opened["phone"]);
        Assert.Equal(household, opened.Json.GetProperty("households")[0].GetProperty("offerId").GetGuid());
        (await south.GetAsync($"passed-numbers/{unknown}")).MustRefuse(404, 1006);

        (await south.PostAsync($"passed-numbers/{known}/outcome", new { outcome = "called" })).Must(200);
        (await south.PostAsync($"passed-numbers/{known}/outcome", new { outcome = "called" })).Must(200);
        (await south.PostAsync($"passed-numbers/{known}/outcome", new { outcome = "recorded" })).MustRefuse(409, 2071);
        Assert.Empty(await south.TasksAsync());
        var audit = (await api.GetAsync("audit")).Must(200).Text;
        foreach (var what in new[] { "numberPassedOn", "passedNumberOpened", "passedNumberClosed" })
            Assert.Contains(what, audit, StringComparison.Ordinal);
        Assert.DoesNotContain("900884", audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_never_that_was_passed_on_comes_before_all_but_a_danger_and_nobody_is_called_for_it()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        using var desk = new Api(app, "desk");
        var danger = await api.RecordAsync(Given.Declined().With("team", "north").With("risks", new JsonArray("selfHarm")));
        var (call, never) = (Guid.NewGuid(), Guid.NewGuid());
        (await desk.PutAsync($"passed-numbers/{call}", new { phone = "07700 900886", said = "wantsCall" })).Must(201);
        (await desk.PutAsync($"passed-numbers/{never}", new { phone = "07700 900887", said = "wantsNoContact" })).Must(201);
        Assert.Equal(
            [("dangerUnacknowledged", danger), ("neverPassedOn", never), ("numberPassedOn", call)], await api.TasksAsync());
        (await api.PostAsync($"passed-numbers/{never}/outcome", new { outcome = "called" })).MustRefuse(422, 2073);
        (await api.PostAsync($"passed-numbers/{never}/outcome", new { outcome = "neverRecorded" })).Must(200);
    }

    [Fact]
    public async Task The_call_back_team_is_told_at_once_or_within_the_hour_and_not_of_the_number()
    {
        await using var app = await StartAsync();
        using var desk = new Api(app, "desk");
        (await desk.PutAsync($"passed-numbers/{Guid.NewGuid()}", new { phone = "07700 900892", said = "wantsCall" })).Must(201);
        Assert.Equal(["A front desk has passed a number on"], app.Told(TaskStory.CallBackTeam, "numberPassedOn"));

        app.Azure.Graph.Outage = LocalAzure.Graph.GraphOutage.NoConnection;
        (await desk.PutAsync($"passed-numbers/{Guid.NewGuid()}", new { phone = "07700 900893", said = "wantsNoContact" })).Must(201);
        Assert.Single(app.Told(TaskStory.CallBackTeam, "numberPassedOn"));
        app.Azure.Graph.Outage = LocalAzure.Graph.GraphOutage.None;
        foreach (var _ in new[] { 1, 2 }) await app.Azure.RunTimerAsync(nameof(BeginWorkingDay), Cancellation);
        Assert.Equal(
            ["A front desk has passed a number on", "Somebody asked for no contact: open it before anybody calls"],
            app.Told(TaskStory.CallBackTeam, "numberPassedOn"));
    }

    [Fact]
    public async Task A_number_that_is_never_to_be_called_is_shown_to_a_supervisor_alone()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        using var desk = new Api(app, "desk");
        using var south = new Api(app, "southCaller");
        using var other = new Api(app, "other");
        await api.RecordAsync(new JsonObject
        {
            ["answer"] = "doNotContact",
            ["team"] = "south",
            ["contact"] = new JsonObject { ["phone"] = "07700 900888" },
        });
        var id = Guid.NewGuid();
        (await desk.PutAsync($"passed-numbers/{id}", new { phone = "07700 900888", said = "wantsCall" })).Must(201);
        Assert.Null((await south.GetAsync($"passed-numbers/{id}")).Must(200)["phone"]);
        Assert.Equal("+447700900888", (await other.GetAsync($"passed-numbers/{id}")).Must(200)["phone"]);
    }

    [Fact]
    public async Task The_number_is_sealed_and_erased_some_time_after_somebody_has_seen_to_it()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var (done, left) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var id in new[] { done, left })
            (await api.PutAsync($"passed-numbers/{id}", new { phone = "07700 900889", said = "other" })).Must(201);
        (await api.PostAsync($"passed-numbers/{done}/outcome", new { outcome = "notKnown" })).Must(200);
        var desk = app.Services.GetRequiredService<VcasTables>().Desk;
        await foreach (var row in desk.QueryAsync<TableEntity>(cancellationToken: Cancellation))
            Assert.DoesNotContain("900889", string.Join(" ", row.Select(column => column.Value)), StringComparison.Ordinal);

        await app.AdvanceAsync(TimeSpan.FromDays(32), Cancellation);
        (await api.GetAsync($"passed-numbers/{done}")).MustRefuse(404, 1006);
        (await api.GetAsync($"passed-numbers/{left}")).Must(200);
        await app.AdvanceAsync(TimeSpan.FromDays(150), Cancellation);
        (await api.GetAsync($"passed-numbers/{left}")).MustRefuse(404, 1006);
    }

    [Theory]
    [InlineData("""{"said":"wantsCall"}""", 422, 1005)]
    [InlineData("""{"phone":"unknown","said":"wantsCall"}""", 422, 1005)]
    [InlineData("""{"phone":"07700 900890"}""", 422, 1005)]
    [InlineData("""{"phone":"07700 900890","said":"hello"}""", 400, 1002)]
    public async Task A_number_that_is_none_is_refused(string body, int status, int code)
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        (await api.PutAsync($"passed-numbers/{Guid.NewGuid()}", body)).MustRefuse(status, code);
        Assert.Empty(await api.TasksAsync());
    }

    // A front desk of the north, and callers of the south.
    private static Task<RunningApp> StartAsync() => TaskStory.StartAsync(
        "Vcas:Teams:south:CallBackTeam=south-calls",
        "Vcas:Nightly:Schedule=0 40 1 * * *",
        "LocalAzure:Identity:People:desk:Id=5a000000-0000-4000-8000-000000000004",
        "LocalAzure:Identity:People:desk:Roles:0=Officer",
        $"LocalAzure:Identity:People:desk:Groups:0={NorthDesk}",
        "LocalAzure:Identity:People:southCaller:Id=5a000000-0000-4000-8000-000000000005",
        "LocalAzure:Identity:People:southCaller:Roles:0=Caller",
        $"LocalAzure:Identity:People:southCaller:Groups:0={SouthCallers}",
        $"LocalAzure:Identity:People:{Someone.WhoMayDoAll}:Groups:1={NorthDesk}",
        $"LocalAzure:Identity:People:{Someone.WhoMayDoAll}:Groups:2={SouthCallers}",
        $"Vcas:Teams:north:GroupId={NorthDesk}",
        $"Vcas:CallBackTeams:south-calls:GroupId={SouthCallers}");
}
