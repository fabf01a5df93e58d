using System.Text.Json;
using Shared;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Routes;

/// <summary>Referrals: listed, amended, taken back, and what VCAS answers.</summary>
public sealed class ReferralRouteTests(SharedApp shared)
{
    private readonly Households households = new(shared.App, shared.Api);

    private Api Api => shared.Api;

    [Fact]
    public async Task A_referral_is_listed_by_its_state_without_anybodys_name()
    {
        var id = await households.ReferredAsync(Given.Accepted("07700 900871"));
        var list = (await Api.GetAsync("referrals?state=sent")).Must(200);
        var row = Assert.Single(list.Json.GetProperty("referrals").EnumerateArray(), row => row.GetProperty("referralId").GetGuid() == id);
        Assert.Equal("atOffer", row.GetProperty("acceptedWhen").GetString());
        // Two working days.
        Assert.Equal(Given.Monday.AddDays(2), row.GetProperty("answerDueAt").GetDateTimeOffset());
        Assert.DoesNotContain("900871", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            (await Api.GetAsync("referrals?state=accepted")).Json.GetProperty("referrals").EnumerateArray(),
            other => other.GetProperty("referralId").GetGuid() == id);
        Assert.Contains(
            (await Api.GetAsync("referrals")).Json.GetProperty("referrals").EnumerateArray(),
            other => other.GetProperty("referralId").GetGuid() == id);
    }

    [Fact]
    public async Task An_answer_that_is_late_is_told_apart_however_often_it_is_asked_for_until_it_comes()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        var id = await new Households(app, api).InAsync("referred");
        Assert.False((await RowAsync()).TryGetProperty("answerLateSince", out _));

        // Two working days, and two more.
        await app.AdvanceToAsync(Given.Monday.AddDays(4).AddHours(1), TestContext.Current.CancellationToken);
        var late = await RowAsync();
        Assert.Equal(Given.Monday.AddDays(2), late.GetProperty("answerLateSince").GetDateTimeOffset());
        Assert.Equal(Given.Monday.AddDays(8), late.GetProperty("answerDueAt").GetDateTimeOffset());

        await using var vcas = new VcasSide(app);
        await vcas.AnswerAsync(id, "received");
        Assert.Equal(Given.Monday.AddDays(2), (await RowAsync("received")).GetProperty("answerLateSince").GetDateTimeOffset());
        await vcas.AnswerAsync(id, "accepted");
        Assert.False((await RowAsync("accepted")).TryGetProperty("answerLateSince", out _));

        async Task<JsonElement> RowAsync(string state = "sent") =>
            Assert.Single(
                (await api.GetAsync($"referrals?state={state}")).Must(200).Json.GetProperty("referrals").EnumerateArray(),
                row => row.GetProperty("referralId").GetGuid() == id);
    }

    [Theory]
    [InlineData("received", null, "received")]
    [InlineData("accepted", null, "accepted")]
    [InlineData("rejected", "outOfArea", "rejected")]
    [InlineData("closed", "completed", "closed")]
    public async Task What_VCAS_answers_is_taken_in_once(string kind, string? reason, string state)
    {
        var id = await households.InAsync("referred");
        await using var vcas = new VcasSide(shared.App);
        await vcas.AnswerAsync(id, kind, reason);
        var first = await Api.GetAsync($"offers/{id}");
        Assert.Equal(state, first["referral.state"]);
        await vcas.AnswerAsync(id, kind, reason);
        Assert.Equal(first.Text, (await Api.GetAsync($"offers/{id}")).Text);
        Assert.Contains(
            (await Api.GetAsync($"referrals?state={state}")).Json.GetProperty("referrals").EnumerateArray(),
            row => row.GetProperty("referralId").GetGuid() == id);
    }

    [Fact]
    public async Task An_amendment_of_a_rejected_referral_asks_VCAS_again()
    {
        var id = await households.InAsync("referred");
        await using var vcas = new VcasSide(shared.App);
        await vcas.AnswerAsync(id, "rejected", "insufficientInformation");
        (await Api.PostAsync($"referrals/{id}/amendment", new { risks = new[] { "violence" } })).Must(200);
        await shared.App.WhenIdleAsync(TestContext.Current.CancellationToken);
        var offer = await Api.GetAsync($"offers/{id}");
        Assert.Equal("sent", offer["referral.state"]);
        Assert.Equal("2", offer["referral.version"]);
        await vcas.AnswerAsync(id, "accepted", version: 2, id: $"{id:D}/accepted-2");
        Assert.Equal("accepted", (await Api.GetAsync($"offers/{id}"))["referral.state"]);
    }

    [Fact]
    public async Task A_referral_taken_back_tells_VCAS_and_closes_the_offer()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await new Households(app, api).InAsync("referred");
        var answer = (await api.PostAsync($"referrals/{id}/withdrawal", new { reason = "noLongerWanted" })).Must(200);
        Assert.Equal("closed", answer["state"]);
        Assert.Equal("withdrawn", answer["referral.state"]);
        (await api.PostAsync($"referrals/{id}/withdrawal", new { reason = "noLongerWanted" })).Must(200);
        await app.WhenIdleAsync(TestContext.Current.CancellationToken);

        await using var vcas = new VcasSide(app);
        Assert.Equal([$"{id:D}/made", $"{id:D}/withdrawn"], (await vcas.TakeAsync()).Select(message => message.MessageId));
        Assert.Contains(
            (await api.GetAsync("referrals?state=withdrawn")).Json.GetProperty("referrals").EnumerateArray(),
            row => row.GetProperty("referralId").GetGuid() == id);
    }
}
