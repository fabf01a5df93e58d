using Shared;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Routes;

/// <summary>How often support was really offered, over HTTP and under the clock.</summary>
public sealed class SecondOfferTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_could_not_be_asked_at_the_door_is_offered_it_twice_and_the_list_says_which()
    {
        await using var app = await RunningApp.StartAsync(
            Given.Clock(), settings: ["Vcas:Policy:SecondOfferDays=10", RunningApp.SweptDaily]);
        using var api = new Api(app);
        var id = await new Households(app, api).DueAsync(Given.DeclinedLongAgo().With("answer", "notAsked"));
        Assert.Equal("first", (await api.GetAsync($"offers/{id}"))["nextOffer"]);
        Assert.Equal("first", await ListedAsync(api));

        var declined = (await api.AttemptAsync(id, "declined")).Must(200);
        Assert.Equal(
            ("waiting", "second", "1", "2024-03-21T10:00:00+00:00"),
            (declined["state"], declined["nextOffer"], declined["realOffers"], declined["callFrom"]));
        await app.AdvanceToAsync(Given.Monday.AddDays(10), Cancellation);
        Assert.Equal("second", await ListedAsync(api));
        var closed = (await api.AttemptAsync(id, "declined")).Must(200);
        Assert.Equal(("declinedAtCallBack", "2", null), (closed["closing.reason"], closed["realOffers"], closed["nextOffer"]));
    }

    [Fact]
    public async Task Whoever_declined_at_the_door_is_closed_by_the_next_no()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await new Households(app, api).DueAsync();
        Assert.Equal("second", await ListedAsync(api));
        Assert.Equal("declinedAtCallBack", (await api.AttemptAsync(id, "declined")).Must(200)["closing.reason"]);
    }

    private static async Task<string?> ListedAsync(Api api) =>
        (await api.GetAsync("call-backs")).Must(200).Json.GetProperty("callBacks")[0].GetProperty("nextOffer").GetString();
}
