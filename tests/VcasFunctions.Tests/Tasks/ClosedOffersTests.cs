using System.Text.Json.Nodes;
using Shared;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Tasks;

/// <summary>A supervisor finds the households that are closed, by reason.</summary>
public sealed class ClosedOffersTests
{
    [Fact]
    public async Task Closed_households_of_the_own_teams_are_found_by_reason_newest_first_and_page_by_page()
    {
        await using var app = await TaskStory.StartAsync();
        using var api = new Api(app);
        using var boss = new Api(app, "boss");
        var closed = new List<Guid>();
        foreach (var days in new[] { 700, 40, 35 })
        {
            var id = await new Households(app, api).DueAsync(Given.DeclinedLongAgo(days).With("team", "north"));
            (await api.AttemptAsync(id, "declined")).Must(200);
            closed.Insert(0, id);
        }

        var never = await api.RecordAsync(new JsonObject { ["answer"] = "doNotContact", ["team"] = "north" });
        await api.RecordAsync(new JsonObject { ["answer"] = "doNotContact", ["team"] = "south" });
        await api.RecordAsync(Given.Declined().With("team", "north"));

        Assert.Equal(closed, (await PageAsync(boss, "?closingReason=declinedAtCallBack")).Ids);
        Assert.Equal([never], (await PageAsync(boss, "?closingReason=doNotContact")).Ids);
        Assert.Equal([never, .. closed], (await PageAsync(boss, "")).Ids);
        Assert.Empty((await PageAsync(boss, "?closingReason=notReached")).Ids);

        var (first, next) = await PageAsync(boss, "?closingReason=declinedAtCallBack&limit=2");
        Assert.Equal(closed[..2], first);
        var (second, last) = await PageAsync(boss, $"?closingReason=declinedAtCallBack&limit=2&after={Uri.EscapeDataString(next!)}");
        Assert.Equal((closed[2], null), (Assert.Single(second), last));

        // Reopened, it is closed no more.
        (await api.PostAsync($"offers/{closed[0]}/reopening", new { reason = "closedInError" })).Must(200);
        Assert.Equal(closed[1..], (await PageAsync(boss, "?closingReason=declinedAtCallBack")).Ids);
    }

    private static async Task<(IReadOnlyList<Guid> Ids, string? Next)> PageAsync(Api api, string query)
    {
        var page = (await api.GetAsync($"offers/closed{query}")).Must(200);
        var offers = page.Json.GetProperty("offers").EnumerateArray();
        return ([.. offers.Select(offer => offer.GetProperty("offerId").GetGuid())], page["next"]);
    }
}
