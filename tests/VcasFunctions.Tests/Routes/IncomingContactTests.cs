using System.Text.Json.Nodes;
using Shared;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Routes;

/// <summary>A household that rings by itself: whoever answers records what it says, at any time.</summary>
public sealed class IncomingContactTests(SharedApp shared)
{
    private readonly Households households = new(shared.App, shared.Api);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Api Api => shared.Api;

    public static TheoryData<string, string> Everything
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var state in new[] { "waiting", "due", "held", "between" })
            {
                foreach (var outcome in new[]
                {
                    "accepted", "declined", "noAnswer", "callLater", "unsafeToCall", "wrongNumber", "died", "doNotContact",
                })
                    all.Add(state, outcome);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Every_outcome_is_taken_while_waiting_due_held_and_between_attempts(string state, string outcome)
    {
        // A number of its own: what is said of it holds for all others that have it.
        var id = await households.WithNumberAsync(state == "between" ? "due" : state, Given.Number());
        if (state == "between") Assert.Equal("waiting", (await Api.AttemptAsync(id, "noAnswer")).Must(200)["state"]);
        var answer = (await RingAsync(id, outcome)).Must(200);
        var last = answer.Json.GetProperty("attempts").EnumerateArray().Last();
        Assert.Equal(
            ("incoming", outcome, "false"), (last.GetProperty("direction").GetString(), last.GetProperty("outcome").GetString(), last
                .GetProperty("wasDialled").GetRawText()));
        var expected = outcome switch
        {
            "accepted" => "referred",
            "declined" or "died" or "doNotContact" => "closed",
            "unsafeToCall" or "wrongNumber" => "held",
            "callLater" when state != "held" => "waiting",
            _ => state == "between" ? "waiting" : state,
        };
        Assert.Equal(expected, answer["state"]);
    }

    [Fact]
    public async Task A_client_of_version_1_that_knows_no_direction_has_made_a_call()
    {
        var id = await households.InAsync("due");
        var answer = (await Api.AttemptAsync(id, "noAnswer")).Must(200);
        Assert.Equal("outgoing", answer.Json.GetProperty("attempts")[0].GetProperty("direction").GetString());
    }

    [Fact]
    public async Task Their_call_again_is_recorded_once_and_another_needs_an_id_of_its_own()
    {
        var id = await households.InAsync("waiting");
        var attempt = (JsonObject)Given.Attempt("noAnswer", new { direction = "incoming", safetyChecked = (bool?)null });
        var first = (await Api.PostAsync($"call-backs/{id}/attempts", attempt)).Must(200);
        Assert.Equal(first.Text, (await Api.PostAsync($"call-backs/{id}/attempts", attempt)).Must(200).Text);
        (await Api.PostAsync($"call-backs/{id}/attempts", attempt.With("direction", "outgoing"))).MustRefuse(409, 3010);
    }

    [Fact]
    public async Task A_household_that_was_not_reached_rings_asks_for_a_call_and_gets_it()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: ["Vcas:Policy:MaxAttempts=1", RunningApp.SweptDaily]);
        using var api = new Api(app);
        var id = await new Households(app, api).DueAsync();
        Assert.Equal("notReached", (await api.AttemptAsync(id, "noAnswer")).Must(200)["closing.reason"]);
        (await api.AttemptAsync(id, "callLater", new { direction = "incoming", callAgainAt = "2024-03-14T11:00:00Z" })).Must(200);
        await app.AdvanceToAsync(Given.Monday.AddDays(3).AddHours(2), Cancellation);
        Assert.Equal("due", await api.StateAsync(id));
        var row = (await api.GetAsync("call-backs")).Json.GetProperty("callBacks")[0];
        Assert.Equal((1, "callLater", "incoming"), (row.GetProperty("attempts").GetInt32(), row.GetProperty("lastOutcome").GetString(), row
            .GetProperty("lastDirection").GetString()));
    }

    [Fact]
    public async Task An_officer_who_answers_records_it_and_records_no_call_that_officers_do_not_make()
    {
        var id = await households.InAsync("waiting");
        using var officer = new Api(shared.App, "officer");
        var incoming = Given.Attempt("callLater", new { direction = "incoming", callAgainAt = "2024-03-13T15:30:00Z" });
        Assert.Equal("waiting", (await officer.PostAsync($"call-backs/{id}/attempts", incoming)).Must(200)["state"]);
        (await officer.AttemptAsync(id, "noAnswer")).MustRefuse(403, 1013);
    }

    [Fact]
    public async Task In_the_figures_their_call_is_no_attempt_and_the_household_was_reached()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await new Households(app, api).DueAsync();
        (await api.AttemptAsync(id, "callLater", new { direction = "incoming", callAgainAt = "2024-03-15T09:00:00Z" })).Must(200);
        var total = (await api.GetAsync("reports/uptake")).Must(200).Json.GetProperty("total");
        Assert.Equal(
            (0, 1, 1, 0),
            (
                total.GetProperty("attempted").GetInt32(),
                total.GetProperty("reached").GetInt32(),
                total.GetProperty("rangUs").GetInt32(),
                total.GetProperty("notReached").GetInt32()));
    }

    [Fact]
    public async Task The_import_takes_calls_that_households_made()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        const string File =
            "reference,offeredAt,answer,callBack,calledAt,direction\nR1,2023-02-01,declined,accepted,2023-02-03,incoming\n"
            + "R2,2023-02-01,declined,accepted,2023-02-22,\nR3,2023-02-01,declined,noAnswer,2023-02-22,incoming\n";
        (await api.SendAsync("POST", "history", File, "text/csv")).Must(200);
        var total = (await api.GetAsync("reports/uptake?from=2023-01-01&to=2023-12-31")).Must(200).Json.GetProperty("total");
        Assert.Equal(
            (1, 1, 1, 2),
            (
                total.GetProperty("acceptedAtCallBack").GetInt32(),
                total.GetProperty("acceptedOtherwise").GetInt32(),
                total.GetProperty("attempted").GetInt32(),
                total.GetProperty("rangUs").GetInt32()));
    }

    [Theory]
    [InlineData("unsafeToCall")]
    [InlineData("wrongNumber")]
    [InlineData("callLater")]
    public async Task After_a_referral_it_is_kept_and_whoever_records_it_reads_that_VCAS_was_not_told(string outcome)
    {
        var id = await households.InAsync("referred");
        var answer = (await RingAsync(id, outcome)).Must(200);
        var last = answer.Json.GetProperty("attempts").EnumerateArray().Last();
        Assert.Equal(("referred", outcome), (answer["state"], last.GetProperty("outcome").GetString()));
        Assert.Contains("phone VCAS", answer["remark"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("moved")]
    [InlineData("duplicate")]
    public async Task Who_rings_about_an_offer_that_was_taken_back_and_says_never_bars_the_number(string reason)
    {
        var number = Given.Number();
        var id = await Api.RecordAsync(Given.Declined(number));
        (await Api.PostAsync($"offers/{id}/withdrawal", new { reason })).Must(200);
        Assert.Equal("doNotContact", (await RingAsync(id, "doNotContact")).Must(200)["closing.reason"]);
        var other = await Api.RecordAsync(Given.Declined(number));
        Assert.Equal("neverToBeCalled", (await Api.GetAsync($"offers/{other}")).Must(200)["hold.reason"]);
    }

    private Task<ApiAnswer> RingAsync(Guid id, string outcome) => Api.AttemptAsync(id, outcome, new
    {
        direction = "incoming",
        safetyChecked = (bool?)null,
        reason = outcome == "unsafeToCall" ? "suspectAtAddress" : null,
        callAgainAt = outcome == "callLater" ? "2024-03-14T14:30:00Z" : null,
    });
}
