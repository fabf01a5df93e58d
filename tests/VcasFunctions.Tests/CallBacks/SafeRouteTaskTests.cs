using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Households;
using VcasFunctions.Sweep;

namespace VcasFunctions.Tests.CallBacks;

/// <summary>Of a household to which no safe route is known somebody is told in time, and a list shows it.</summary>
public sealed class SafeRouteTaskTests
{
    private const string Supervisor = "5b000000-0000-4000-8000-000000000001";
    private const string Recorder = "e0000000-0000-4000-8000-000000000001";

    private static readonly string[] Settings = [$"Vcas:OtherTeams:Supervisor={Supervisor}", RunningApp.SweptDaily];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static JsonObject WithoutANumber => new() { ["answer"] = "declined" };

    [Fact]
    public async Task Who_recorded_it_and_the_supervisor_are_told_and_the_household_says_when_next()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: Settings);
        using var api = new Api(app);
        var id = await api.RecordAsync(WithoutANumber);
        var task = (await api.GetAsync($"offers/{id}")).Must(200);
        Assert.Equal(("2024-03-11T10:00:00+00:00", "2024-03-14T10:00:00+00:00"), (task["routeTask.since"], task["routeTask.remindAt"]));

        await app.AdvanceAsync(TimeSpan.FromDays(3), Cancellation);
        Assert.Equal("safeRouteAsked", Assert.Single(app.Azure.Graph.Inbox(Recorder)).ActivityType);
        Assert.Equal("safeRouteMissing", Assert.Single(app.Azure.Graph.Inbox(Supervisor)).ActivityType);
        // The officer's team is not told in their place, and neither is the call-back team.
        Assert.Equal(2, app.Azure.Graph.Inbox().Count);

        (await api.PutAsync($"offers/{id}/contact", new { phone = Given.Number() })).Must(200);
        Assert.Null((await api.GetAsync($"offers/{id}"))["routeTask.since"]);
        await app.AdvanceAsync(TimeSpan.FromDays(10), Cancellation);
        Assert.Equal(2, app.Azure.Graph.Inbox().Count);
    }

    [Fact]
    public async Task The_list_can_be_asked_for_those_without_a_safe_route_in_each_of_its_parts()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: Settings);
        using var api = new Api(app);
        var waiting = await api.RecordAsync(WithoutANumber);
        var wrong = await api.RecordAsync(Given.DeclinedLongAgo());
        await api.RecordAsync(Given.Declined());
        await app.WhenIdleAsync(Cancellation);
        (await api.AttemptAsync(wrong, "wrongNumber")).Must(200);

        Assert.Equal([$"{waiting}"], await ListedAsync("waiting", "true"));
        Assert.Equal([$"{wrong}"], await ListedAsync("held", "true"));
        Assert.Empty(await ListedAsync("due", "true"));
        Assert.Empty(await ListedAsync("held", "false"));
        Assert.DoesNotContain($"{waiting}", await ListedAsync("waiting", "false"));
        Assert.Equal(2, (await ListedAsync("waiting", "")).Count);
        (await api.GetAsync("call-backs?needsSafeRoute=perhaps")).MustRefuse(400, 1010);

        async Task<IReadOnlyList<string?>> ListedAsync(string state, string needsSafeRoute) =>
            [.. (await api.GetAsync($"call-backs?state={state}&needsSafeRoute={needsSafeRoute}")).Must(200)
                .Json.GetProperty("callBacks").EnumerateArray().Select(row => row.GetProperty("offerId").GetString())];
    }

    [Fact]
    public async Task The_sweep_tells_of_it_where_the_timer_was_lost()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: Settings);
        using var api = new Api(app);
        var id = await api.RecordAsync(WithoutANumber);
        await app.WhenIdleAsync(Cancellation);
        await app.Azure.Engine.Client.TerminateInstanceAsync(HouseholdOrchestrations.InstanceIdOf(id), cancellation: Cancellation);
        await app.AdvanceAsync(TimeSpan.FromDays(3), Cancellation);
        await app.Services.GetRequiredService<HouseholdRepair>().RepairAllAsync(app.Azure.Engine.Client, Cancellation);
        await app.WhenIdleAsync(Cancellation);
        Assert.Contains(app.Azure.Graph.Inbox(Recorder), notice => notice.ActivityType == "safeRouteAsked");
    }
}
