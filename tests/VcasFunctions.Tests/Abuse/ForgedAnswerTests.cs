using Shared;

namespace VcasFunctions.Tests.Abuse;

/// <summary>Answers that VCAS didn't mean, or that somebody else wrote: they change nothing, and the others go on.</summary>
public sealed class ForgedAnswerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replayed_answer_changes_nothing()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        await using var vcas = new VcasSide(app);
        var id = await new Households(app, api).ReferredAsync();
        await vcas.AnswerAsync(id, "accepted", id: "first");
        await vcas.AnswerAsync(id, "closed", reason: "completed", id: "second");
        var closed = (await api.GetAsync($"offers/{id}")).Must(200);

        await vcas.AnswerAsync(id, "accepted", id: "first");
        await vcas.AnswerAsync(id, "accepted", id: "third");
        await vcas.AnswerAsync(id, "rejected", reason: "outOfArea", id: "fourth");

        Assert.Equal("closed", closed["referral.state"]);
        Assert.Equal(closed.Text, (await api.GetAsync($"offers/{id}")).Text);
        Assert.Empty(await vcas.TakeAsync("referral-answers", deadLetter: true));
    }

    [Fact]
    public async Task An_answer_after_the_withdrawal_brings_nothing_back()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        await using var vcas = new VcasSide(app);
        var id = await new Households(app, api).ReferredAsync();
        (await api.PostAsync($"referrals/{id}/withdrawal", new { reason = "moved" })).Must(200);
        await app.WhenIdleAsync(Cancellation);
        var withdrawn = (await api.GetAsync($"offers/{id}")).Must(200);

        await vcas.AnswerAsync(id, "accepted");
        await vcas.AnswerAsync(id, "rejected", reason: "atCapacity");

        Assert.Equal("withdrawn", withdrawn["referral.state"]);
        Assert.Equal(withdrawn.Text, (await api.GetAsync($"offers/{id}")).Text);
    }

    [Fact]
    public async Task Poison_is_put_aside_by_a_code_and_the_answer_behind_it_is_taken()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        await using var vcas = new VcasSide(app);
        var id = await new Households(app, api).ReferredAsync();

        string[] poison =
        [
            string.Concat(Enumerable.Repeat("""{"data":""", 20_000)),
            """{"id":"Quillivant \ud800","type":"uk.police.vcas.referral.accepted.v1","data":{}}""",
            new string('[', 100_000),
            new string('Q', 200_000),
            """{"id":"a","data":{"referralId":"Quillivant"},"data":{"referralId":"Quillivant"}}""",
        ];
        foreach (var body in poison) await vcas.SendAsync(body);
        await vcas.AnswerAsync(id, "accepted");

        Assert.Equal("accepted", (await api.GetAsync($"offers/{id}"))["referral.state"]);
        var dead = await vcas.TakeAsync("referral-answers", deadLetter: true);
        Assert.Equal(Enumerable.Repeat("malformed", poison.Length), dead.Select(message => message.DeadLetterReason));
        Assert.All(dead, message => Assert.Equal("4101", message.DeadLetterErrorDescription));
    }
}
