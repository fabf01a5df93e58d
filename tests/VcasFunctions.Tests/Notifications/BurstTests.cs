using LocalAzure.Graph;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Graph;
using Shared;
using Vcas.Domain.Teams;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Notifications;

/// <summary>Many calls fall due in the same second.</summary>
[Trait("Pace", "Slow")]
public sealed class BurstTests
{
    private const int Many = 300;
    private const string Team = "11111111-2222-3333-4444-555555555555";
    private const string Officer = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hundreds_of_calls_due_at_once_are_told_of_in_a_handful_of_notices_and_none_is_refused()
    {
        var graph = new GraphTraffic();
        await using var app = await StartAsync(graph);
        using var api = new Api(app);
        var due = await app.FallDueAsync(api, Many);
        Assert.Equal(5, app.Azure.Graph.Inbox().Count);

        await app.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);

        Assert.Equal(6, graph.Requests);
        Assert.Equal([204], graph.Answers.Keys);
        var digest = Assert.Single(app.Azure.Graph.Inbox(Team), notice => notice.ActivityType == "callBacksDue");
        // Five were told of by themselves and are due as well, but wait for nobody to be told.
        Assert.Equal(($"{Many - 5} call-backs are due", $"{Many - 5}"), (digest.PreviewText, digest.TemplateParameters["count"]));
        Assert.Empty(await app.UntoldAsync(due));
        Assert.Equal(Many, (await api.GetAsync("call-backs?state=due&limit=1")).Must(200).Json.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task One_person_gets_no_more_in_a_minute_than_Teams_lets_through()
    {
        var graph = new GraphTraffic();
        await using var app = await StartAsync(graph, $"Vcas:OtherTeams:CareOfficer={Officer}");
        using var api = new Api(app);
        var due = new List<Guid>();
        for (var second = 0; second < 20; second++)
        {
            due.AddRange(await app.FallDueAsync(api, 1));
            await app.AdvanceAsync(TimeSpan.FromSeconds(1), Cancellation);
        }

        await app.AdvanceAsync(TimeSpan.FromMinutes(3), Cancellation);

        Assert.Equal([204], graph.Answers.Keys);
        Assert.Equal(10, app.Azure.Graph.Inbox(Officer).Count(notice => notice.ActivityType == "callBackDue"));
        Assert.Equal(
            "10",
            Assert.Single(app.Azure.Graph.Inbox(Officer), notice => notice.ActivityType == "callBacksDue").TemplateParameters["count"]);
        Assert.Empty(await app.UntoldAsync(due));
    }

    [Fact]
    public async Task The_supervisor_is_told_of_many_at_once_as_well()
    {
        var graph = new GraphTraffic();
        await using var app = await StartAsync(graph, $"Vcas:OtherTeams:Supervisor={Officer}");
        using var api = new Api(app);
        var due = await app.FallDueAsync(api, 40);

        await app.AdvanceAsync(TimeSpan.FromDays(2), Cancellation);
        await app.AdvanceAsync(TimeSpan.FromMinutes(5), Cancellation);

        Assert.Equal([204], graph.Answers.Keys);
        var told = app.Azure.Graph.Inbox(Officer);
        Assert.Equal(40, told.Count(notice => notice.ActivityType == "callBackOverdue")
            + told.Where(notice => notice.ActivityType == "supervisorNeeded").Sum(notice => int.Parse(notice.TemplateParameters["count"])));
        Assert.Empty(await app.UntoldAsync(due));
    }

    [Fact]
    public async Task An_outage_on_such_a_morning_loses_nothing_and_the_list_says_that_nobody_was_told()
    {
        var graph = new GraphTraffic();
        await using var app = await StartAsync(graph);
        using var api = new Api(app);
        app.Azure.Graph.Outage = GraphOutage.ServiceUnavailable;
        var due = await app.FallDueAsync(api, 40);

        await app.AdvanceAsync(TimeSpan.FromHours(3), Cancellation);
        Assert.Equal(40, (await app.UntoldAsync(due)).Count);
        var listed = (await api.GetAsync("call-backs?state=due&limit=200"))
            .Must(200).Json.GetProperty("callBacks").EnumerateArray().ToList();
        Assert.Equal(40, listed.Count);
        Assert.Contains(listed, call => call.TryGetProperty("untoldSince", out _));

        app.Azure.Graph.Outage = GraphOutage.None;
        await app.AdvanceAsync(TimeSpan.FromHours(2), Cancellation);
        Assert.Empty(await app.UntoldAsync(due));
        Assert.DoesNotContain(
            (await api.GetAsync("call-backs?state=due&limit=200")).Must(200).Json.GetProperty("callBacks").EnumerateArray(),
            call => call.TryGetProperty("untoldSince", out _));
        Assert.False(graph.Answers.ContainsKey(429));
    }

    [Fact]
    public async Task A_digest_that_breaks_off_tells_again_in_the_same_place()
    {
        var graph = new GraphTraffic();
        await using var app = await StartAsync(graph);
        using var api = new Api(app);
        var due = await app.FallDueAsync(api, 30);
        var batch = new VcasFunctions.Notifications.DigestPlan(
            VcasFunctions.Notifications.Recipients.For(
                (await app.Services.GetRequiredService<VcasFunctions.Households.HouseholdStore>()
                    .FindAsync(due[0], Cancellation))!.Household,
                Vcas.Domain.Households.DispatchKind.CallBackDue,
                app.Services.GetRequiredService<VcasFunctions.Settings.VcasSettings>().Options).Key,
            Given.Monday.AddMinutes(1));

        // The engine runs an activity at least once: here twice, side by side. Whichever comes second to the rows fails and is tried again.
        app.Clock.SetUtcNow(batch.At.AddSeconds(-1));
        var send = ActivatorUtilities.CreateInstance<VcasFunctions.Notifications.SendDigest>(app.Services);
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Record.ExceptionAsync(() => send.RunAsync(batch, Cancellation)).AsTask()));
        await app.AdvanceAsync(TimeSpan.FromMinutes(3), Cancellation);

        Assert.Single(app.Azure.Graph.Inbox(Team), notice => notice.ActivityType == "callBacksDue");
        Assert.Empty(await app.UntoldAsync(due));
    }

    private static Task<RunningApp> StartAsync(GraphTraffic traffic, params string[] settings) => RunningApp.StartAsync(
        Given.Clock(),
        configure: builder => builder.Services.AddHttpClient(nameof(GraphServiceClient)).AddHttpMessageHandler(() => traffic),
        settings: settings);
}
