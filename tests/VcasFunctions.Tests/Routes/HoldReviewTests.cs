using System.Text.Json;
using Shared;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Routes;

/// <summary>Holds over HTTP and under the clock: none fails open, and whoever calls is told of those that ended.</summary>
public sealed class HoldReviewTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_review_that_nobody_looks_at_stands_on_the_list_with_since_when_and_phones_nobody()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        var id = await new Households(app, api).DueAsync();
        var review = Given.Monday.AddDays(2);
        (await api.PutAsync($"call-backs/{id}/hold", new { reason = "chargeOrCourtDate", reviewAt = review })).Must(200);
        Assert.Null(RowOf(await api.GetAsync("call-backs?state=held")).Overdue);

        await app.AdvanceToAsync(review.AddDays(14), Cancellation);
        Assert.Equal("held", await api.StateAsync(id));
        Assert.Equal(review, RowOf(await api.GetAsync("call-backs?state=held")).Overdue);
        Assert.Equal("0", (await api.GetAsync("call-backs"))["total"]);
        // A call that somebody made all the same is kept as what it is, and moves nothing.
        Assert.Equal("held", (await api.AttemptAsync(id, "noAnswer")).Must(200)["state"]);

        // A person extends it, and it is overdue no more; a person releases it, and it is due.
        var extended = (await api.PutAsync($"call-backs/{id}/hold", new { reason = "chargeOrCourtDate", reviewAt = review.AddDays(30) }))
            .Must(200);
        Assert.Null(extended["hold.overdueSince"]);
        Assert.Null(RowOf(await api.GetAsync("call-backs?state=held")).Overdue);
        (await api.SendAsync("DELETE", $"call-backs/{id}/hold")).Must(200);
        await app.WhenIdleAsync(Cancellation);
        Assert.Equal("due", await api.StateAsync(id));
    }

    [Fact]
    public async Task The_call_page_tells_of_earlier_holds_and_who_ended_them()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        using var caller = new Api(app, "caller");
        var id = await new Households(app, api).DueAsync();
        (await caller.AttemptAsync(id, "unsafeToCall", new { reason = "suspectAtAddress" })).Must(200);
        await app.AdvanceAsync(TimeSpan.FromHours(1), Cancellation);
        (await api.PutAsync($"call-backs/{id}/hold", new { reason = "bailChanged", reviewAt = Given.Monday.AddDays(5) })).Must(200);
        await app.AdvanceAsync(TimeSpan.FromHours(1), Cancellation);
        (await caller.SendAsync("DELETE", $"call-backs/{id}/hold")).Must(200);
        await app.WhenIdleAsync(Cancellation);

        var holds = (await api.GetAsync($"offers/{id}")).Must(200).Json.GetProperty("earlierHolds").EnumerateArray().ToList();
        Assert.Equal(
            [
                ("suspectAtAddress", Given.Monday, Given.Monday.AddHours(1), "caller"),
                ("bailChanged", Given.Monday.AddHours(1), Given.Monday.AddHours(2), "caller"),
            ],
            holds.Select(hold => (
                hold.GetProperty("reason").GetString()!,
                hold.GetProperty("from").GetDateTimeOffset(),
                hold.GetProperty("until").GetDateTimeOffset(),
                hold.GetProperty("endedBy").GetString()!)));
    }

    [Theory]
    [InlineData("suspectDied", "suspect")]
    [InlineData("bereavement", "relative")]
    public async Task A_death_stays_before_the_callers_eyes_after_its_hold_was_released(string reason, string of)
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        var id = await new Households(app, api).DueAsync();
        (await api.AttemptAsync(id, "unsafeToCall", new { reason, callAgainAt = Given.Monday.AddDays(20) })).Must(200);
        await app.AdvanceAsync(TimeSpan.FromDays(9), Cancellation);
        (await api.SendAsync("DELETE", $"call-backs/{id}/hold")).Must(200);
        await app.WhenIdleAsync(Cancellation);
        var offer = (await api.GetAsync($"offers/{id}")).Must(200);
        Assert.Equal((of, "due"), (offer["death.of"], offer["state"]));
        Assert.Equal(of, (await api.GetAsync("call-backs")).Json.GetProperty("callBacks")[0].GetProperty("death").GetString());
    }

    private static (string? Reason, DateTimeOffset? Overdue) RowOf(ApiAnswer list)
    {
        var row = Assert.Single(list.Must(200).Json.GetProperty("callBacks").EnumerateArray());
        return (row.GetProperty("holdReason").GetString(), row.TryGetProperty("reviewOverdueSince", out var since)
            ? since.GetDateTimeOffset()
            : null);
    }
}
