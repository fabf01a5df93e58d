using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Sweep;

namespace VcasFunctions.Tests.CallBacks;

/// <summary>A caller pressed the wrong button, and takes it back before anybody was told.</summary>
public sealed class UndoTests
{
    private static readonly TimeSpan ShownAndALine = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("noAnswer")]
    [InlineData("declined")]
    [InlineData("accepted")]
    [InlineData("wrongNumber")]
    [InlineData("died")]
    public async Task The_call_is_due_and_counted_as_before_and_its_claim_can_be_taken_again(string outcome)
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = await new Households(app, api).DueAsync();
        var (listed, figures) = (await ListedAsync(api), await FiguresAsync(api));
        var attempt = await RecordAsync(api, id, outcome);
        await app.WhenIdleAsync(Cancellation);
        await app.AdvanceAsync(TimeSpan.FromSeconds(9), Cancellation);

        var undone = (await UndoAsync(api, id, attempt)).Must(200);
        Assert.Equal("due", undone["state"]);
        Assert.Equal(0, undone.Json.GetProperty("attempts").GetArrayLength());
        Assert.False(undone.Json.TryGetProperty("referral", out _) || undone.Json.TryGetProperty("earlierHolds", out _));
        Assert.Equal(listed, await ListedAsync(api));
        Assert.Equal(figures, await FiguresAsync(api));
        (await api.SendAsync("PUT", $"call-backs/{id}/claim")).Must(200);

        var read = (await api.GetAsync($"offers/{id}")).Must(200).Json;
        Assert.Equal("attemptUndone", read.GetProperty("trail").EnumerateArray().Last().GetProperty("event").GetString());
        Assert.Equal(0, read.GetProperty("earlierHolds").GetArrayLength());
        // Its time goes on being kept: the reminder comes.
        await app.AdvanceAsync(TimeSpan.FromDays(2), Cancellation);
        Assert.Contains((await api.GetAsync($"offers/{id}")).Json.GetProperty("trail").EnumerateArray(),
            entry => entry.GetProperty("event").GetString() == "callBackReminded");
    }

    [Fact]
    public async Task VCAS_is_told_once_the_seconds_are_over_and_never_of_what_was_undone()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var (kept, undone) = (await new Households(app, api).DueAsync(), await new Households(app, api).DueAsync());
        await RecordAsync(api, kept, "accepted");
        var attempt = await RecordAsync(api, undone, "accepted");
        await app.AdvanceAsync(ShownAndALine - TimeSpan.FromSeconds(1), Cancellation);
        Assert.Equal(0, app.Azure.Broker.Count("referrals").Active);
        (await UndoAsync(api, undone, attempt)).Must(200);

        await app.AdvanceAsync(TimeSpan.FromSeconds(2), Cancellation);
        Assert.Equal("sent", (await api.GetAsync($"offers/{kept}"))["referral.state"]);
        await app.AdvanceAsync(TimeSpan.FromMinutes(5), Cancellation);
        await using var vcas = new VcasSide(app);
        Assert.Equal(kept.ToString("D"), Assert.Single(await vcas.TakeAsync()).Subject);
    }

    [Fact]
    public async Task A_referral_whose_timer_was_lost_leaves_all_the_same()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = await new Households(app, api).DueAsync();
        await RecordAsync(api, id, "accepted");
        await app.WhenIdleAsync(Cancellation);
        await app.Azure.Engine.Client.TerminateInstanceAsync(id.ToString("D"), cancellation: Cancellation);
        await app.WhenIdleAsync(Cancellation);
        await app.AdvanceAsync(TimeSpan.FromHours(2), Cancellation);
        Assert.Equal("toSend", (await api.GetAsync($"offers/{id}"))["referral.state"]);

        await app.Services.GetRequiredService<HouseholdRepair>().RepairAllAsync(app.Azure.Engine.Client, Cancellation);
        await app.WhenIdleAsync(Cancellation);
        Assert.Equal("sent", (await api.GetAsync($"offers/{id}"))["referral.state"]);
    }

    [Fact]
    public async Task Only_the_same_person_undoes_it_in_time_and_as_long_as_nothing_else_has_happened()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        using var caller = new Api(app, "caller");
        var households = new Households(app, api);
        var id = await households.DueAsync();
        var attempt = await RecordAsync(api, id, "noAnswer");
        (await UndoAsync(caller, id, attempt)).MustRefuse(409, 3052);
        (await UndoAsync(api, id, Guid.NewGuid())).MustRefuse(409, 3051);

        (await UndoAsync(api, id, attempt)).Must(200);
        var again = (await UndoAsync(api, id, attempt)).Must(200);
        Assert.Equal("due", again["state"]);
        (await api.AttemptAsync(id, "noAnswer", new { attemptId = attempt })).MustRefuse(409, 3055);

        var second = await RecordAsync(api, id, "noAnswer");
        (await api.PutAsync($"call-backs/{id}/hold", new { reason = "bailChanged", reviewAt = Given.Monday.AddDays(4) })).Must(200);
        (await UndoAsync(api, id, second)).MustRefuse(409, 3051);

        var late = await households.DueAsync();
        var request = Given.Attempt("noAnswer");
        (await api.PostAsync($"call-backs/{late}/attempts", request)).Must(200);
        app.Clock.Advance(TimeSpan.FromSeconds(7));
        // Sent again from a bad line, it is answered with what is left.
        Assert.Equal("3", (await api.PostAsync($"call-backs/{late}/attempts", request)).Must(200)["undoSeconds"]);
        var third = IdOf(request);
        app.Clock.Advance(ShownAndALine);
        (await UndoAsync(api, late, third)).MustRefuse(409, 3053);

        var never = await households.DueAsync();
        var fourth = Given.Attempt("doNotContact");
        Assert.Null((await api.PostAsync($"call-backs/{never}/attempts", fourth)).Must(200)["undoSeconds"]);
        (await UndoAsync(api, never, IdOf(fourth))).MustRefuse(409, 3054);
        Assert.Equal("doNotContact", (await api.GetAsync($"offers/{never}"))["closing.reason"]);
    }

    [Fact]
    public async Task Whom_an_acceptance_held_as_the_same_household_is_let_go_when_it_is_undone()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var households = new Households(app, api);
        var id = await households.WithNumberAsync("due", "07700 900461");
        var attempt = await RecordAsync(api, id, "accepted");
        var other = await api.RecordAsync(Given.Declined("07700 900461").With("offeredAt", Given.Monday.AddDays(-40).ToString("O"))
            .With("offeredAtConfirmed", true));
        await app.WhenIdleAsync(Cancellation);
        Assert.Equal("held", await api.StateAsync(other));

        (await UndoAsync(api, id, attempt)).Must(200);
        await app.WhenIdleAsync(Cancellation);
        Assert.NotEqual("held", await api.StateAsync(other));
    }

    [Fact]
    public async Task Where_nobody_may_undo_all_leaves_at_once()
    {
        await using var app = await StartAsync("Vcas:Safety:UndoSeconds=0");
        using var api = new Api(app);
        var id = await new Households(app, api).DueAsync();
        Assert.Null((await api.AttemptAsync(id, "accepted")).Must(200)["undoSeconds"]);
        await app.WhenIdleAsync(Cancellation);
        Assert.Equal("sent", (await api.GetAsync($"offers/{id}"))["referral.state"]);
    }

    private static Task<RunningApp> StartAsync(params string[] settings) => RunningApp.StartAsync(
        Given.Clock(), settings: ["Vcas:Notifications:Enabled=false", RunningApp.SweptDaily, .. settings]);

    private static async Task<Guid> RecordAsync(Api api, Guid id, string outcome)
    {
        var attempt = Given.Attempt(outcome);
        Assert.Equal("10", (await api.PostAsync($"call-backs/{id}/attempts", attempt)).Must(200)["undoSeconds"]);
        return IdOf(attempt);
    }

    private static Guid IdOf(object attempt) => Guid.Parse(((JsonObject)attempt)["attemptId"]!.GetValue<string>());

    private static Task<ApiAnswer> UndoAsync(Api api, Guid id, Guid attempt) =>
        api.SendAsync("POST", $"call-backs/{id}/attempts/{attempt}/undo");

    private static async Task<string> ListedAsync(Api api) =>
        (await api.GetAsync("call-backs?state=due")).Must(200).Json.GetProperty("callBacks").GetRawText();

    private static async Task<string> FiguresAsync(Api api) =>
        (await api.GetAsync("reports/uptake?from=2023-01-01&to=2024-12-31&by=total")).Must(200).Json.GetRawText();
}
