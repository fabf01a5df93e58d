using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Http;
using VcasFunctions.Sweep;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.CallBacks;

/// <summary>Two callers never phone one household: who is calling stands on the list, and nobody else gets the call meanwhile.</summary>
public sealed partial class ClaimTests : IAsyncLifetime
{
    private const int Callers = 6;
    private const string Elsewhere = "west-calls";

    private RunningApp app = null!;
    private Api all = null!;
    private Api[] callers = [];
    private Households households = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        app = await RunningApp.StartAsync(Given.Clock(), settings:
        [
            "Vcas:Notifications:Enabled=false", "Vcas:Safety:ClaimMinutes=12", "Vcas:Teams:west:CallBackTeam=west-calls",
            .. Enumerable.Range(0, Callers).SelectMany(number => new[]
            {
                $"LocalAzure:Identity:People:caller-{number}:Id={IdOf(number)}",
                $"LocalAzure:Identity:People:caller-{number}:Roles:0=Caller",
                $"LocalAzure:Identity:People:caller-{number}:Groups:0={Someone.EveryTeam}",
            }),
        ]);
        all = new Api(app);
        callers = [.. Enumerable.Range(0, Callers).Select(number => new Api(app, $"caller-{number}"))];
        households = new Households(app, all);
    }

    [Fact]
    public async Task Whoever_claims_a_call_gets_its_number_and_everybody_sees_who_is_calling_since_when()
    {
        var id = await households.DueAsync(Given.DeclinedLongAgo().With("contact", new JsonObject { ["phone"] = "07700 900123" }));
        var mine = (await ClaimAsync(0, id)).Must(200);
        Assert.Equal("+447700900123", mine["contact.phone"]);
        Assert.Equal((IdOf(0), "2024-03-11T10:00:00+00:00", "2024-03-11T10:12:00+00:00", "true"), Of(mine));

        Assert.Equal(
            (IdOf(0), "2024-03-11T10:00:00+00:00", "2024-03-11T10:12:00+00:00", "false"), Of(await callers[1].GetAsync($"offers/{id}")));
        var row = await RowAsync(callers[1], id);
        Assert.Equal(IdOf(0), row.GetProperty("claim").GetProperty("by").GetString());
        Assert.False(row.GetProperty("claim").GetProperty("mine").GetBoolean());
        Assert.True((await RowAsync(callers[0], id)).GetProperty("claim").GetProperty("mine").GetBoolean());
        // An officer is told that somebody is calling, and not who.
        using var officer = new Api(app, "officer");
        var seen = (await officer.GetAsync($"offers/{id}")).Must(200);
        Assert.Null(seen["claim.by"]);
        Assert.Equal("2024-03-11T10:00:00+00:00", seen["claim.since"]);
    }

    [Fact]
    public async Task A_second_claim_is_refused_and_says_by_whom_and_since_when_and_shows_no_number()
    {
        var id = await households.DueAsync();
        (await ClaimAsync(2, id)).Must(200);
        app.Clock.Advance(TimeSpan.FromMinutes(4));
        var refused = (await ClaimAsync(3, id)).MustRefuse(409, 3021);
        Assert.Contains(IdOf(2), refused["detail"]!, StringComparison.Ordinal);
        Assert.Contains("2024-03-11 10:00Z", refused["detail"]!, StringComparison.Ordinal);
        Assert.Equal((IdOf(2), "2024-03-11T10:00:00+00:00"), (refused["claim.by"], refused["claim.since"]));
        Assert.DoesNotContain("900123", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_somebody_is_calling_nobody_else_who_opens_the_household_is_shown_its_number()
    {
        var id = await households.DueAsync(Given.DeclinedLongAgo().With("contact", new JsonObject { ["phone"] = "07700 900345" }));
        Assert.Equal(["+447700900345", "+447700900345", "+447700900345"], await ShownAsync());
        (await ClaimAsync(4, id)).Must(200);
        Assert.Equal([null, "+447700900345", null], await ShownAsync());
        app.Clock.Advance(TimeSpan.FromMinutes(12));
        Assert.Equal(["+447700900345", "+447700900345", "+447700900345"], await ShownAsync());

        async Task<string?[]> ShownAsync()
        {
            using var supervisor = new Api(app, "supervisor");
            return
            [
                (await callers[3].GetAsync($"offers/{id}")).Must(200)["contact.phone"],
                (await callers[4].GetAsync($"offers/{id}")).Must(200)["contact.phone"],
                (await supervisor.GetAsync($"offers/{id}")).Must(200)["contact.phone"],
            ];
        }
    }

    [Fact]
    public async Task A_claim_ends_by_itself_and_goes_on_for_whoever_opens_their_own_call_again()
    {
        var id = await households.DueAsync();
        (await ClaimAsync(0, id)).Must(200);
        app.Clock.Advance(TimeSpan.FromMinutes(8));
        Assert.Equal(
            ("2024-03-11T10:00:00+00:00", "2024-03-11T10:20:00+00:00"),
            ((await ClaimAsync(0, id))["claim.since"], (await ClaimAsync(0, id))["claim.until"]));

        app.Clock.SetUtcNow(Given.Monday.AddMinutes(19));
        (await ClaimAsync(1, id)).MustRefuse(409, 3021);
        app.Clock.SetUtcNow(Given.Monday.AddMinutes(20));
        Assert.Null((await callers[1].GetAsync($"offers/{id}"))["claim.since"]);
        Assert.False((await RowAsync(callers[1], id)).TryGetProperty("claim", out _));
        (await ClaimAsync(1, id)).Must(200);
        (await ClaimAsync(0, id)).MustRefuse(409, 3021);
    }

    [Fact]
    public async Task A_claim_is_given_back_by_its_caller_or_ended_by_a_supervisor_and_by_nobody_else()
    {
        var id = await households.DueAsync();
        (await ClaimAsync(0, id)).Must(200);
        (await ReleaseAsync(callers[1], id)).MustRefuse(409, 3021);
        var released = (await ReleaseAsync(callers[0], id)).Must(200);
        Assert.Equal("true", released["ended"]);
        Assert.DoesNotContain("900123", released.Text, StringComparison.Ordinal);
        Assert.Equal("false", (await ReleaseAsync(callers[0], id)).Must(200)["ended"]);

        (await ClaimAsync(1, id)).Must(200);
        Assert.Equal("true", (await ReleaseAsync(all, id)).Must(200)["ended"]);
        (await ClaimAsync(0, id)).Must(200);
    }

    [Theory]
    [InlineData("noAnswer")]
    [InlineData("declined")]
    [InlineData("wrongNumber")]
    public async Task An_outcome_ends_the_claim(string outcome)
    {
        var id = await households.DueAsync();
        (await ClaimAsync(0, id)).Must(200);
        (await callers[0].AttemptAsync(id, outcome)).Must(200);
        Assert.Null((await callers[1].GetAsync($"offers/{id}"))["claim.since"]);
        Assert.Equal("false", (await ReleaseAsync(all, id)).Must(200)["ended"]);
    }

    [Theory]
    [InlineData("waiting", 3001)]
    [InlineData("held", 3007)]
    [InlineData("referred", 2005)]
    [InlineData("withdrawn", 2005)]
    public async Task What_nobody_is_to_call_cannot_be_claimed(string state, int code) =>
        (await ClaimAsync(0, await households.InAsync(state))).MustRefuse(409, code);

    [Fact]
    public async Task Of_all_who_claim_at_once_exactly_one_is_told_that_they_are_calling()
    {
        for (var round = 0; round < 5; round++)
        {
            var id = await households.DueAsync();
            var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(number => ClaimAsync(number, id)));
            var won = Assert.Single(answers, answer => answer.Status == 200);
            Assert.All(answers.Where(answer => answer != won), lost =>
            {
                lost.MustRefuse(409, 3021);
                Assert.Equal(won["claim.by"], lost["claim.by"]);
            });
        }
    }

    [Fact]
    public async Task Of_a_claim_and_an_outcome_at_once_nobody_is_left_calling_a_household_that_has_just_been_called()
    {
        for (var round = 0; round < 5; round++)
        {
            var id = await households.DueAsync();
            var (claimed, called) = (ClaimAsync(1, id), callers[0].AttemptAsync(id, "noAnswer"));
            (await called).Must(200);
            Assert.True((await claimed).Status is 200 or 409, (await claimed).Text);
            Assert.Null((await all.GetAsync($"offers/{id}"))["claim.since"]);
        }
    }

    [Fact]
    public async Task A_refresh_of_the_row_the_sweep_and_a_move_on_the_list_keep_it()
    {
        var id = await households.DueAsync();
        (await ClaimAsync(0, id)).Must(200);
        // The row is written anew in its place …
        (await all.PutAsync($"offers/{id}/contact", new { phone = "07700 900456" })).Must(200);
        await MustBeCalledByAsync(0, id);
        // … stands in another team's list …
        (await all.PutAsync($"call-backs/{id}/assignee", new { team = Elsewhere })).Must(200);
        await MustBeCalledByAsync(0, id);
        // … and is looked at by the sweep, which finds nothing and writes nothing.
        await app.WhenIdleAsync(Cancellation);
        var sweep = app.Services.GetRequiredService<HouseholdRepair>();
        Assert.False((await sweep.RepairAllAsync(app.Azure.Engine.Client, Cancellation)).Any);
        await MustBeCalledByAsync(0, id);
        Assert.Equal([Elsewhere], await PartitionsOfAsync(id));
    }

    [Fact]
    public async Task Whose_household_is_given_away_in_the_middle_of_the_call_still_says_what_came_of_it()
    {
        await using var other = await RunningApp.StartAsync(Given.Clock(), settings:
        [
            "Vcas:Notifications:Enabled=false",
            "Vcas:Teams:west:CallBackTeam=west-calls",
            $"LocalAzure:Identity:People:ours:Id={IdOf(7)}",
            "LocalAzure:Identity:People:ours:Roles:0=Caller",
            "LocalAzure:Identity:People:ours:Groups:0=a0000000-0000-4000-8000-000000000777",
            "Vcas:CallBackTeams:our-calls:GroupId=a0000000-0000-4000-8000-000000000777",
            "Vcas:Teams:ours:CallBackTeam=our-calls",
            "Vcas:CallBackTeams:west-calls:GroupId=a0000000-0000-4000-8000-000000000888",
        ]);
        using var supervisor = new Api(other);
        using var caller = new Api(other, "ours");
        var id = await new Households(other, supervisor).DueAsync(Given.DeclinedLongAgo().With("team", "ours"));
        (await caller.SendAsync("PUT", $"call-backs/{id}/claim")).Must(200);
        (await supervisor.PutAsync($"call-backs/{id}/assignee", new { team = Elsewhere })).Must(200);
        (await caller.GetAsync($"offers/{id}")).MustRefuse(404, 1006);
        Assert.Equal("referred", (await caller.AttemptAsync(id, "accepted")).Must(200)["state"]);
        (await caller.AttemptAsync(
            await new Households(other, supervisor).DueAsync(Given.DeclinedLongAgo().With("team", "west")), "accepted"))
            .MustRefuse(404, 1006);
    }

    [Fact]
    public async Task A_row_that_the_sweep_draws_up_anew_keeps_it()
    {
        var id = await households.DueAsync();
        (await ClaimAsync(0, id)).Must(200);
        var table = app.Services.GetRequiredService<VcasTables>().CallBacks;
        await foreach (var row in table.QueryAsync<TableEntity>($"OfferId eq guid'{id}'", cancellationToken: Cancellation))
            await table.UpdateEntityAsync(
                new TableEntity(row.PartitionKey, row.RowKey) { ["Attempts"] = 7 }, row.ETag, TableUpdateMode.Merge, Cancellation);

        await app.Services.GetRequiredService<HouseholdRepair>().RepairAllAsync(app.Azure.Engine.Client, Cancellation);

        Assert.Equal(0, (await RowAsync(all, id)).GetProperty("attempts").GetInt32());
        await MustBeCalledByAsync(0, id);
    }

    public async ValueTask DisposeAsync()
    {
        all.Dispose();
        foreach (var caller in callers) caller.Dispose();
        await app.DisposeAsync();
    }

    private static string IdOf(int number) => $"ca11e400-0000-4000-8000-00000000000{number}";

    private static Task<ApiAnswer> ReleaseAsync(Api api, Guid id) => api.SendAsync("DELETE", $"call-backs/{id}/claim");

    private static (string? By, string? Since, string? Until, string? Mine) Of(ApiAnswer answer) =>
        (answer["claim.by"], answer["claim.since"], answer["claim.until"], answer["claim.mine"]);

    private static async Task<JsonElement> RowAsync(Api api, Guid id) =>
        (await api.GetAsync("call-backs?limit=200"))
            .Must(200).Json.GetProperty("callBacks").EnumerateArray().Single(row => row.GetProperty("offerId").GetGuid() == id);

    private static async Task<IReadOnlyList<Guid>> IdsAsync(Api api, string assignee) =>
        [.. (await api.GetAsync($"call-backs?assignee={assignee}"))
            .Must(200).Json.GetProperty("callBacks").EnumerateArray().Select(row => row.GetProperty("offerId").GetGuid())];

    private Task<ApiAnswer> ClaimAsync(int caller, Guid id) => callers[caller].SendAsync("PUT", $"call-backs/{id}/claim");

    private async Task MustBeCalledByAsync(int caller, Guid id)
    {
        Assert.Equal(IdOf(caller), (await all.GetAsync($"offers/{id}")).Must(200)["claim.by"]);
        (await callers[caller + 1].SendAsync("PUT", $"call-backs/{id}/claim")).MustRefuse(409, 3021);
    }

    private async Task<IReadOnlyList<string>> PartitionsOfAsync(Guid id)
    {
        var partitions = new List<string>();
        await foreach (var row in app.Services.GetRequiredService<VcasTables>().CallBacks.QueryAsync<TableEntity>(
            $"OfferId eq guid'{id}'", cancellationToken: Cancellation))
            partitions.Add(row.PartitionKey);
        return partitions;
    }
}
