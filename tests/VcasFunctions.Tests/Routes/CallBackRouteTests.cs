using System.Text.Json;
using System.Text.Json.Nodes;
using Shared;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Routes;

/// <summary>The list that callers work from, and what they do with it.</summary>
public sealed class CallBackRouteTests(SharedApp shared)
{
    private readonly Households households = new(shared.App, shared.Api);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Api Api => shared.Api;

    [Fact]
    public async Task The_list_of_due_calls_comes_riskiest_and_oldest_first_page_by_page()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        // Ten minutes of an hour each, so that each is due at an instant of its own.
        (string[] Risks, int Minutes)[] order =
        [
            (["selfHarm", "violence"], 120), (["selfHarm"], 80), (["selfHarm"], 120), (["violence"], 60), (["other"], 140), ([], 20),
            ([], 40), ([], 100),
        ];
        var offeredAt = Given.Monday.AddDays(-14);
        var wanted = order.Select(_ => Guid.NewGuid()).ToList();
        foreach (var (id, (risks, minutes)) in wanted.Zip(order).Reverse())
        {
            await api.RecordAsync(
                Given.Declined().With("risks", new JsonArray([.. risks.Select(risk => (JsonNode)risk)]))
                    .With("offeredAt", offeredAt.AddMinutes(minutes).ToString("O")),
                id);
        }

        await app.AdvanceToAsync(offeredAt.AddDays(21).AddHours(5), Cancellation);
        var got = new List<Guid>();
        string? after = null;
        do
        {
            var page = (await api.GetAsync($"call-backs?limit=3{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}"))
                .Must(200);
            Assert.Equal("8", page["total"]);
            Assert.InRange(page.Json.GetProperty("callBacks").GetArrayLength(), 1, 3);
            got.AddRange(page.Json.GetProperty("callBacks").EnumerateArray().Select(row => row.GetProperty("offerId").GetGuid()));
            after = page["next"];
        }
        while (after is not null && got.Count < 20);
        Assert.Equal(wanted.Count, got.Count);
        Assert.Equal(wanted, got);
    }

    [Fact]
    public async Task The_list_can_be_asked_for_one_team_by_who_offered_or_who_calls()
    {
        await using var app = await RunningApp.StartAsync(
            Given.Clock(), settings: ["Vcas:Teams:north:CallBackTeam=north-callers", "Vcas:Teams:south:CallBackTeam=South-Callers"]);
        using var api = new Api(app);
        var north = await new Households(app, api).DueAsync(Given.DeclinedLongAgo().With("team", "north"));
        var south = await new Households(app, api).DueAsync(Given.DeclinedLongAgo().With("team", "SOUTH"));
        var other = await new Households(app, api).DueAsync(Given.DeclinedLongAgo().With("team", "west"));

        Assert.Equal([north], await IdsAsync(api, "team=north"));
        Assert.Equal([north], await IdsAsync(api, "team=north-callers"));
        Assert.Equal([south], await IdsAsync(api, "team=SOUTH-callers"));
        Assert.Equal([other], await IdsAsync(api, "team=call-back"));
        Assert.Empty(await IdsAsync(api, "team=nobody"));
        Assert.Equal(new[] { north, south, other }.Order(), (await IdsAsync(api, "")).Order());
    }

    [Fact]
    public async Task A_household_stands_in_that_part_of_the_list_in_which_it_is()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var (waiting, held, due) = (
            await new Households(app, api).InAsync("waiting"),
            await new Households(app, api).InAsync("held"),
            await new Households(app, api).InAsync("due"));

        Assert.Equal([waiting], await IdsAsync(api, "state=waiting"));
        Assert.Equal([held], await IdsAsync(api, "state=held"));
        Assert.Equal([due], await IdsAsync(api, "state=due"));
        Assert.Empty(await IdsAsync(api, "state=overdue"));

        // Two working days later nobody has called.
        await app.AdvanceToAsync(Given.Monday.AddDays(2), Cancellation);
        Assert.Equal([due], await IdsAsync(api, "state=overdue"));
        var row = (await api.GetAsync("call-backs")).Json.GetProperty("callBacks")[0];
        Assert.Equal("overdue", row.GetProperty("state").GetString());

        (await api.AttemptAsync(due, "declined")).Must(200);
        Assert.Empty(await IdsAsync(api, "state=overdue"));
    }

    [Fact]
    public async Task The_list_names_nobody()
    {
        await households.DueAsync(Given.DeclinedLongAgo().With(
            "contact", new JsonObject { ["phone"] = "07700 900987", ["name"] = "Quilliam", ["codeWord"] = "quince" }));
        var list = await Api.GetAsync("call-backs");
        foreach (var secret in new[] { "900987", "Quilliam", "quince" })
            Assert.DoesNotContain(secret, list.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_attempt_again_is_recorded_once()
    {
        var id = await households.InAsync("due");
        var attempt = Given.Attempt("noAnswer");
        var first = (await Api.PostAsync($"call-backs/{id}/attempts", attempt)).Must(200);
        var second = (await Api.PostAsync($"call-backs/{id}/attempts", attempt)).Must(200);
        Assert.Equal("waiting", first["state"]);
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(1, second.Json.GetProperty("attempts").GetArrayLength());
    }

    [Theory]
    [InlineData("accepted", null, "referred")]
    [InlineData("declined", null, "closed")]
    [InlineData("noAnswer", null, "waiting")]
    [InlineData("callLater", """{"callAgainAt":"2024-03-13T15:00:00Z"}""", "waiting")]
    [InlineData("unsafeToCall", """{"reason":"suspectAtAddress","safetyChecked":null}""", "held")]
    [InlineData("wrongNumber", null, "held")]
    [InlineData("died", """{"safetyChecked":null}""", "closed")]
    [InlineData("doNotContact", null, "closed")]
    public async Task Each_outcome_leads_where_it_should(string outcome, string? more, string state)
    {
        var id = await households.DueAsync();
        var answer = (await Api.AttemptAsync(id, outcome, more is null ? null : JsonNode.Parse(more))).Must(200);
        Assert.Equal(state, answer["state"]);
        if (outcome == "callLater") Assert.Equal("2024-03-13T15:00:00+00:00", answer["callFrom"]);
        if (outcome == "noAnswer") Assert.Equal("2024-03-13T10:00:00+00:00", answer["callFrom"]);
    }

    [Fact]
    public async Task A_hold_is_placed_replaced_and_released()
    {
        var id = await households.InAsync("due");
        var hold = new { reason = "chargeOrCourtDate", reviewAt = "2024-03-25T10:00:00+01:00" };
        var held = (await Api.PutAsync($"call-backs/{id}/hold", hold)).Must(200);
        Assert.Equal("held", held["state"]);
        Assert.Equal("2024-03-25T09:00:00+00:00", held["hold.reviewAt"]);
        Assert.Equal(held.Text, (await Api.PutAsync($"call-backs/{id}/hold", hold)).Must(200).Text);
        Assert.Equal("unsafe", (await Api.PutAsync(
            $"call-backs/{id}/hold", new { reason = "unsafe", reviewAt = "2024-03-26T10:00:00Z" })).Must(200)["hold.reason"]);

        var released = (await Api.SendAsync("DELETE", $"call-backs/{id}/hold")).Must(200);
        Assert.Equal("waiting", released["state"]);
        await shared.App.WhenIdleAsync(Cancellation);
        Assert.Equal("due", await Api.StateAsync(id));
    }

    [Fact]
    public async Task A_call_back_is_given_to_a_person_and_stays_with_the_team()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await new Households(app, api).InAsync("due");
        var answer = (await api.PutAsync($"call-backs/{id}/assignee", new { person = "6b1f7c1e-7b0a-4f0e-9a53-2f4c8d1b9e60" })).Must(200);
        Assert.Equal("call-back", answer["assignee.team"]);
        await app.WhenIdleAsync(Cancellation);
        Assert.Contains(app.Azure.Graph.Inbox("6b1f7c1e-7b0a-4f0e-9a53-2f4c8d1b9e60"), notice => notice.ActivityType == "callBackDue");
        Assert.Null((await api.PutAsync($"call-backs/{id}/assignee", new { team = "Call-Back" })).Must(200)["assignee.person"]);
    }

    [Fact]
    public async Task A_new_policy_reaches_a_waiting_household_only_when_it_is_applied()
    {
        var clock = Given.Clock();
        var folder = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());
        Guid id;
        await using (var before = await RunningApp.StartAsync(clock, folder))
        {
            using var api = new Api(before);
            id = await api.RecordAsync(Given.Declined());
        }

        await using (var after = await RunningApp.StartAsync(
            clock, folder, settings: ["Vcas:Policy:IntervalDays=14", RunningApp.SweptDaily]))
        {
            using var api = new Api(after);
            Assert.Equal("2024-04-02T08:00:00+00:00", (await api.GetAsync($"offers/{id}"))["dueAt"]);
            Assert.Equal("2024-03-25T10:00:00+00:00", (await api.SendAsync("POST", $"call-backs/{id}/policy")).Must(200)["dueAt"]);
            // The orchestration waits for the new instant, not for the old one.
            await after.AdvanceToAsync(new DateTimeOffset(2024, 3, 25, 9, 59, 0, TimeSpan.Zero), Cancellation);
            Assert.Equal("waiting", await api.StateAsync(id));
            await after.AdvanceToAsync(new DateTimeOffset(2024, 3, 25, 10, 0, 0, TimeSpan.Zero), Cancellation);
            Assert.Equal("due", await api.StateAsync(id));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<IReadOnlyList<Guid>> IdsAsync(Api api, string query) =>
        [.. (await api.GetAsync($"call-backs?{query}"))
            .Must(200).Json.GetProperty("callBacks").EnumerateArray().Select(row => row.GetProperty("offerId").GetGuid())];
}
