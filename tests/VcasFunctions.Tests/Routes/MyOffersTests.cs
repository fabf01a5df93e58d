using System.Text.Json;
using Shared;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Routes;

/// <summary>Whoever recorded an offer hears what became of it, and sees nobody else's.</summary>
public sealed class MyOffersTests
{
    [Fact]
    public async Task What_I_recorded_is_listed_newest_first_in_every_state_with_what_became_of_it()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var households = new Households(app, api);
        var expected = new Dictionary<Guid, (string State, string Became)>();
        foreach (var (state, shown, became) in new[]
        {
            ("waiting", "waiting", "waiting"), ("due", "due", "due"), ("wrongNumber", "held", "held"),
            ("referred", "referred", "acceptedAtDoor"), ("doNotContact", "closed", "never"),
            ("declinedAgain", "closed", "declinedAgain"), ("withdrawn", "closed", "ended"),
        })
            expected[await households.InAsync(state)] = (shown, became);
        var erased = await households.InAsync("erased");

        var mine = (await api.GetAsync("offers/mine?limit=50")).Must(200);
        var offers = mine.Json.GetProperty("offers").EnumerateArray().ToList();
        Assert.Equal(
            expected.OrderBy(one => one.Key),
            offers.Select(one => KeyValuePair.Create(Id(one), (Text(one, "state"), Text(one, "became")))).OrderBy(one => one.Key));
        Assert.DoesNotContain(erased.ToString(), mine.Text, StringComparison.Ordinal);
        var at = offers.Select(one => one.GetProperty("offeredAt").GetDateTimeOffset()).ToList();
        Assert.Equal(at.OrderDescending(), at);
        Assert.Null(mine["next"]);
    }

    [Fact]
    public async Task Pages_go_back_through_the_years_and_each_offer_stands_on_one()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var recorded = new List<Guid>();
        foreach (var days in new[] { 0, 0, 3, 40, 200, 365, 366, 500, 700 })
            recorded.Add(await api.RecordAsync(Given.DeclinedLongAgo(days)));
        var (seen, next, pages) = (new List<Guid>(), (string?)null, 0);
        do
        {
            var page = (await api.GetAsync($"offers/mine?limit=2{(next is null ? "" : $"&after={Uri.EscapeDataString(next)}")}")).Must(200);
            var offers = page.Json.GetProperty("offers").EnumerateArray().Select(Id).ToList();
            Assert.InRange(offers.Count, 1, 2);
            seen.AddRange(offers);
            next = page["next"];
        }
        while (next is not null && ++pages < 20);

        Assert.Equal(recorded.Take(2).Order(), seen.Take(2).Order());
        Assert.Equal(recorded.Skip(2), seen.Skip(2));
    }

    [Fact]
    public async Task Nobody_else_s_offers_are_listed_not_even_of_the_own_team()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var all = new Api(app);
        using var officer = new Api(app, "officer");
        var theirs = await officer.RecordAsync(Given.Declined());
        var others = await all.RecordAsync(Given.Declined());
        Assert.Equal([theirs], (await officer.GetAsync("offers/mine")).Must(200).Json.GetProperty("offers").EnumerateArray().Select(Id));
        Assert.Equal([others], (await all.GetAsync("offers/mine")).Must(200).Json.GetProperty("offers").EnumerateArray().Select(Id));
        // Others may work with it, and it stays whose it was.
        (await all.PostAsync($"offers/{theirs}/acceptance", new { })).Must(200);
        var one = Assert.Single((await officer.GetAsync("offers/mine")).Must(200).Json.GetProperty("offers").EnumerateArray());
        Assert.Equal((theirs, "acceptedLater"), (Id(one), Text(one, "became")));
    }

    [Theory]
    [InlineData("after=yesterday")]
    [InlineData("after=20240311T100000|none")]
    [InlineData("limit=0")]
    [InlineData("limit=51")]
    public async Task A_place_that_is_none_is_refused(string query)
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        (await api.GetAsync($"offers/mine?{query}")).MustRefuse(400, 1010);
    }

    private static Guid Id(JsonElement one) => one.GetProperty("offerId").GetGuid();

    private static string Text(JsonElement one, string name) => one.GetProperty(name).GetString()!;
}
