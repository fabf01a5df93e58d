using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Households;
using VcasFunctions.Sweep;

namespace VcasFunctions.Tests.CallBacks;

/// <summary>A yes at a door where nobody had a safe number: it is kept, told of, never forgotten, and sent as soon as it can be.</summary>
public sealed class YesWithoutRouteTests
{
    private const string Supervisor = "5b000000-0000-4000-8000-000000000001";
    private const string Recorder = "e0000000-0000-4000-8000-000000000001";

    private static readonly string[] Settings = [$"Vcas:OtherTeams:Supervisor={Supervisor}", RunningApp.SweptDaily];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static JsonObject Yes => new() { ["answer"] = "accepted" };

    [Fact]
    public async Task It_counts_at_the_door_is_told_of_at_once_and_leaves_by_itself_when_a_way_is_known()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: Settings);
        using var api = new Api(app);
        await using var vcas = new VcasSide(app);
        var id = Guid.NewGuid();
        var recorded = (await api.PutAsync($"offers/{id}", Yes)).Must(201);
        Assert.Equal(("referred", "awaitingRoute", "atOffer"), (
            recorded["state"], recorded["referral.state"], recorded["acceptance.when"]));
        Assert.StartsWith("The yes is kept", recorded["remark"], StringComparison.Ordinal);
        await app.WhenIdleAsync(Cancellation);
        Assert.Equal("safeRouteAsked", Assert.Single(app.Azure.Graph.Inbox(Recorder)).ActivityType);
        Assert.Equal("safeRouteMissing", Assert.Single(app.Azure.Graph.Inbox(Supervisor)).ActivityType);
        Assert.Equal($"{id}", (await api.GetAsync("referrals?state=awaitingRoute")).Must(200)["referrals.0.referralId"]);
        Assert.Equal("awaitingRoute", (await api.GetAsync("offers/mine")).Must(200)["offers.0.became"]);
        var total = (await api.GetAsync("reports/uptake")).Must(200);
        Assert.Equal(("1", "1", "1"), (total["total.acceptedAtOffer"], total["total.noSafeRoute"], total["total.referralsAwaited"]));
        Assert.Empty(await vcas.TakeAsync());

        // Its days come, and go on.
        await app.AdvanceAsync(TimeSpan.FromDays(60), Cancellation);
        Assert.True(await TimesToldAsync(api, id) > 4);
        (await api.PutAsync($"offers/{id}/contact", new { phone = Given.Number() })).Must(200);
        await app.WhenIdleAsync(Cancellation);
        Assert.Equal($"{id}/made", Assert.Single(await vcas.TakeAsync()).MessageId);
        var sent = (await api.GetAsync($"offers/{id}")).Must(200);
        Assert.Equal(("sent", null), (sent["referral.state"], sent["routeTask.since"]));
        Assert.Equal("0", (await api.GetAsync("reports/uptake")).Must(200)["total.noSafeRoute"]);
    }

    [Fact]
    public async Task The_sweep_tells_of_it_where_the_timer_was_lost()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: Settings);
        using var api = new Api(app);
        var id = await api.RecordAsync(Yes);
        await app.WhenIdleAsync(Cancellation);
        await app.Azure.Engine.Client.TerminateInstanceAsync(HouseholdOrchestrations.InstanceIdOf(id), cancellation: Cancellation);
        await app.AdvanceAsync(TimeSpan.FromDays(3), Cancellation);
        await app.Services.GetRequiredService<HouseholdRepair>().RepairAllAsync(app.Azure.Engine.Client, Cancellation);
        await app.WhenIdleAsync(Cancellation);
        Assert.Equal(1, await TimesToldAsync(api, id));
    }

    [Fact]
    public async Task What_is_taken_back_before_a_way_was_known_says_nothing_to_VCAS()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: Settings);
        using var api = new Api(app);
        await using var vcas = new VcasSide(app);
        var (moved, never) = (await api.RecordAsync(Yes), await api.RecordAsync(Yes));
        (await api.PostAsync($"referrals/{moved}/withdrawal", new { reason = "moved" })).Must(200);
        (await api.AttemptAsync(never, "doNotContact", new { direction = "incoming" })).Must(200);
        await app.WhenIdleAsync(Cancellation);
        Assert.Empty(await vcas.TakeAsync());
        Assert.Empty((await api.GetAsync("referrals?state=awaitingRoute")).Must(200).Json.GetProperty("referrals").EnumerateArray());
        Assert.Equal("doNotContact", (await api.GetAsync($"offers/{never}")).Must(200)["closing.reason"]);
    }

    [Fact]
    public async Task A_yes_at_a_visit_waits_and_leaves_with_another_way_than_a_phone()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: Settings);
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.DeclinedLongAgo().With("contact", null));
        await app.WhenIdleAsync(Cancellation);
        var visited = (await api.AttemptAsync(id, "accepted", new { by = "visit" })).Must(200);
        Assert.Equal(("awaitingRoute", "atCallBack"), (visited["referral.state"], visited["acceptance.when"]));
        Assert.NotNull(visited["remark"]);
        var total = (await api.GetAsync("reports/uptake")).Must(200);
        Assert.Equal(("1", "1"), (total["total.visited"], total["total.noSafeRoute"]));
        (await api.PostAsync($"offers/{id}/acceptance", JsonNode.Parse(
            """{"contact":{"routes":[{"kind":"inPerson","place":"the library","confirmedInPerson":true}]}}""")!)).Must(200);
        await app.WhenIdleAsync(Cancellation);
        Assert.Equal("sent", (await api.GetAsync($"offers/{id}")).Must(200)["referral.state"]);
    }

    private static async Task<int> TimesToldAsync(Api api, Guid id) => (await api.GetAsync($"offers/{id}")).Must(200)
        .Json.GetProperty("trail").EnumerateArray().Count(entry => entry.GetProperty("event").GetString() == "safeRouteReminded");
}
