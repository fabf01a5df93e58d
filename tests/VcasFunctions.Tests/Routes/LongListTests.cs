using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using Vcas.Domain.Households;
using Vcas.Domain.Teams;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Routes;

/// <summary>A list so long that nobody counts it: two teams' calls, in one order, page by page.</summary>
[Trait("Pace", "Slow")]
public sealed class LongListTests
{
    private const int Counted = 1000;
    private const int Transaction = 100;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(900, 100, false)]
    [InlineData(901, 100, true)]
    [InlineData(450, 790, true)]
    public async Task Every_call_is_shown_once_and_in_order_however_many_there_are(int north, int south, bool isMore)
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        await LengthenAsync(app, api, "north", north);
        await LengthenAsync(app, api, "south", south);

        var seen = new List<(Guid Id, DateTimeOffset From)>();
        for (string? next = ""; next is not null;)
        {
            var page = (await api.GetAsync($"call-backs?limit=170{(next == "" ? "" : $"&after={Uri.EscapeDataString(next)}")}")).Must(200);
            Assert.Equal(
                (Math.Min(north + south, Counted), isMore),
                (page.Json.GetProperty("total").GetInt32(), page.Json.GetProperty("more").GetBoolean()));
            seen.AddRange(page.Json.GetProperty("callBacks").EnumerateArray()
                .Select(row => (row.GetProperty("offerId").GetGuid(), row.GetProperty("callFrom").GetDateTimeOffset())));
            next = page["next"];
        }

        Assert.Equal(north + south, seen.Select(call => call.Id).Distinct().Count());
        Assert.Equal(north + south, seen.Count);
        Assert.Equal(seen.Select(call => call.From).Order(), seen.Select(call => call.From));
    }

    [Fact]
    public async Task Of_a_long_list_a_short_part_is_counted_and_teams_behind_the_counted_ones_can_be_chosen()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        await LengthenAsync(app, api, "north", Counted + 20);
        // Called later than all of the north's.
        await LengthenAsync(app, api, "south", 3, fromMinute: 5 * Counted);

        var all = (await api.GetAsync("call-backs?limit=1")).Must(200).Json;
        var teams = all.GetProperty("teams").EnumerateArray().Select(team => team.GetString());
        Assert.Equal(["call-back", "north", "second", "south"], teams);
        foreach (var name in new[] { "south", "second", "SOUTH" })
        {
            var part = (await api.GetAsync($"call-backs?team={name}&limit=2")).Must(200);
            Assert.Equal((3, false), (part.Json.GetProperty("total").GetInt32(), part.Json.GetProperty("more").GetBoolean()));
            Assert.Equal(2, part.Json.GetProperty("callBacks").GetArrayLength());
            var rest = (await api.GetAsync($"call-backs?team={name}&limit=2&after={Uri.EscapeDataString(part["next"]!)}")).Must(200);
            Assert.Equal((1, null), (rest.Json.GetProperty("callBacks").GetArrayLength(), rest["next"]));
        }
    }

    [Fact]
    public async Task What_lies_behind_every_call_is_an_empty_page_of_a_list_that_is_counted_all_the_same()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        await LengthenAsync(app, api, "south", 4);

        var page =
            (await api.GetAsync($"call-backs?after={Uri.EscapeDataString($"due|9|99991231T000000|{Guid.NewGuid():D}")}")).Must(200).Json;
        Assert.Equal((4, 0), (page.GetProperty("total").GetInt32(), page.GetProperty("callBacks").GetArrayLength()));
        Assert.Equal(
            0, (await api.GetAsync("call-backs?state=waiting&after=" + Uri.EscapeDataString($"kept|20240101T000000|{Guid.NewGuid():D}")))
                .Must(200).Json.GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("assignee=7A000000-0000-4000-8000-00000000000C", 7)]
    [InlineData("assignee=7a000000-0000-4000-8000-00000000000c&team=second", 4)]
    [InlineData("assignee=none&team=south", 0)]
    [InlineData("team=south", 7)]
    [InlineData("team=second", 7)]
    [InlineData("assignee=7a000000-0000-4000-8000-00000000000d", 0)]
    public async Task Few_calls_among_very_many_are_all_found_and_in_order_wherever_they_stand(string asked, int expected)
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var mine = new Assignee("call-back", "7A000000-0000-4000-8000-00000000000C");
        var due = await LengthenAsync(app, api, "north", Counted + 300);
        // Before, among and behind those that are looked at one by one; in both teams' lists.
        foreach (var minute in new[] { -10, Counted - 1, Counted + 90 }) await AddAsync(app, due, "north", minute, mine);
        foreach (var minute in new[] { -9, Counted - 2, Counted + 91, Counted + 400 })
            await AddAsync(app, due, "south", minute, mine with { Team = "second" });
        foreach (var minute in new[] { -8, Counted, Counted + 92 })
            await AddAsync(app, due, "south", minute, new Assignee("second", "7a000000-0000-4000-8000-00000000000e"));

        var seen = new List<DateTimeOffset>();
        for (string? next = ""; next is not null;)
        {
            var page = (await api.GetAsync(
                $"call-backs?{asked}&limit=3{(next == "" ? "" : $"&after={Uri.EscapeDataString(next)}")}")).Must(200);
            Assert.Equal((expected, false), (page.Json.GetProperty("total").GetInt32(), page.Json.GetProperty("more").GetBoolean()));
            seen.AddRange(
                page.Json.GetProperty("callBacks").EnumerateArray().Select(row => row.GetProperty("callFrom").GetDateTimeOffset()));
            next = page["next"];
        }

        Assert.Equal(expected, seen.Distinct().Count());
        Assert.Equal(seen.Order(), seen);
        Assert.Equal(expected, seen.Count);
    }

    private static Task<RunningApp> StartAsync() => RunningApp.StartAsync(
        Given.Clock(), null, null,
        "Vcas:Notifications:Enabled=false",
        "Vcas:CallBackTeams:second:TeamId=22222222-2222-3333-4444-555555555555",
        "Vcas:Teams:north:CallBackTeam=call-back",
        "Vcas:Teams:south:CallBackTeam=second");

    // The line of one call more, of a household of its own.
    private static Task<Response> AddAsync(RunningApp app, Household like, string team, int minute, Assignee whose)
    {
        var offer = like with
        {
            Id = Guid.NewGuid(),
            Details = like.Details with { Team = team },
            Course = CalledLater(like, minute),
            Assignee = whose,
        };
        return app.Services.GetRequiredService<VcasTables>().CallBacks.AddEntityAsync(
            app.Services.GetRequiredService<CallBackList>().RowOf(offer)!.Entity, Cancellation);
    }

    private static ContactCourse CalledLater(Household like, int minutes) =>
        ((ContactCourse.Open)like.Course) with { CallFrom = like.CallFrom!.Value.AddMinutes(minutes) };

    // One call that is due in truth, and the lines of as many others as are wanted, each for a household of its own: a minute apart.
    private static async Task<Household> LengthenAsync(RunningApp app, Api api, string team, int count, int fromMinute = 0)
    {
        var id = await api.RecordAsync(Given.DeclinedLongAgo().With("team", team));
        await app.WhenIdleAsync(Cancellation);
        var due = (await app.Services.GetRequiredService<HouseholdStore>().FindAsync(id, Cancellation))!.Household;
        Assert.Equal(HouseholdState.Due, due.State);
        var list = app.Services.GetRequiredService<CallBackList>();
        var rows = Enumerable.Range(1, count - 1)
            .Select(minute =>
                list.RowOf(due with { Id = Guid.NewGuid(), Course = CalledLater(due, fromMinute + minute) })!.Entity);
        foreach (var some in rows.Chunk(Transaction))
        {
            await app.Services.GetRequiredService<VcasTables>().CallBacks.SubmitTransactionAsync(
                some.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), Cancellation);
        }

        return due;
    }
}
