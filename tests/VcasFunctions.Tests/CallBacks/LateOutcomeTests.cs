using Shared;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.CallBacks;

/// <summary>An outcome that comes when a colleague was quicker, or after the sign-in ended, is answered with what became of it.</summary>
public sealed class LateOutcomeTests(SharedApp shared)
{
    private readonly Households households = new(shared.App, shared.Api);

    private Api Api => shared.Api;

    [Theory]
    [InlineData("noAnswer", "accepted", "referred")]
    [InlineData("declined", "accepted", "referred")]
    [InlineData("accepted", "declined", "referred")]
    [InlineData("accepted", "noAnswer", "referred")]
    [InlineData("accepted", "died", "closed")]
    [InlineData("wrongNumber", "declined", "closed")]
    [InlineData("died", "accepted", "closed")]
    public async Task A_late_outcome_is_kept_and_answered_with_the_present_state_and_a_remark(string first, string late, string state)
    {
        var id = await households.DueAsync();
        Assert.Null((await Api.AttemptAsync(id, first)).Must(200)["remark"]);
        var attempt = Given.Attempt(late);
        var answer = (await Api.PostAsync($"call-backs/{id}/attempts", attempt)).Must(200);
        Assert.Equal(state, answer["state"]);
        Assert.Contains("late", answer["remark"]!, StringComparison.Ordinal);
        var attempts = answer.Json.GetProperty("attempts");
        Assert.Equal((late, true), (attempts[1].GetProperty("outcome").GetString(), attempts[1].GetProperty("late").GetBoolean()));
        Assert.False(attempts[0].GetProperty("late").GetBoolean());
        // Sent again from a phone that never heard the answer.
        var again = (await Api.PostAsync($"call-backs/{id}/attempts", attempt)).Must(200);
        Assert.Equal((answer["remark"], answer["state"], answer["attempts"]), (again["remark"], again["state"], again["attempts"]));
        var trail = (await Api.GetAsync($"offers/{id}"))
            .Must(200).Json.GetProperty("trail").EnumerateArray().Select(entry => entry.GetProperty("event").GetString());
        Assert.Single(trail, happened => happened == "lateOutcomeRecorded");
    }

    [Fact]
    public async Task After_their_claim_has_ended_and_another_has_called_nobodys_outcome_is_lost()
    {
        await using var app = await RunningApp.StartAsync(
            Given.Clock(), settings: ["Vcas:Notifications:Enabled=false", "Vcas:Safety:ClaimMinutes=5"]);
        using var api = new Api(app);
        using var caller = new Api(app, "caller");
        var id = await new Households(app, api).DueAsync();
        (await caller.SendAsync("PUT", $"call-backs/{id}/claim")).Must(200);
        app.Clock.Advance(TimeSpan.FromMinutes(6));
        (await api.SendAsync("PUT", $"call-backs/{id}/claim")).Must(200);
        (await api.AttemptAsync(id, "noAnswer")).Must(200);
        Assert.Equal("referred", (await caller.AttemptAsync(id, "accepted")).Must(200)["state"]);
    }
}
