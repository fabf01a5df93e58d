using System.Globalization;
using System.Text;
using System.Text.Json;
using Shared;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Routes;

/// <summary>What leaves the house in figures: no small count, by whatever door, and the finest table that can be told.</summary>
public sealed class PublicationRouteTests
{
    [Fact]
    public async Task The_practice_notes_households_give_a_table_that_can_be_published()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        (await api.SendAsync("POST", "history", Noted(), "text/csv")).Must(200);

        var years = (await api.GetAsync("reports/uptake?publish=true&by=year")).Must(200).Json.GetProperty("published");
        var first = years.GetProperty("lines")[0];
        Assert.Equal((33, "2022"), (Figure(first, "offers"), first.GetProperty("group").GetString()));

        var finest = (await api.GetAsync("reports/uptake?publish=true")).Must(200).Json.GetProperty("published");
        Assert.Equal((120, 28, 12, 40, 33), Counts(finest.GetProperty("total")));
        Assert.True(finest.GetProperty("lines").GetArrayLength() >= 2);
        foreach (var line in finest.GetProperty("lines").EnumerateArray())
        {
            Assert.True(Figure(line, "offers") >= 5);
            Assert.True(Figure(line, "accepted") is 0 or >= 5);
        }

        // The note's own two periods, each a question of its own.
        Assert.Equal((33, 15, 45), Headline((await api.GetAsync("reports/uptake?publish=true&by=total&to=2022-12-31")).Must(200).Json));
        Assert.Equal((87, 25, 29), Headline((await api.GetAsync("reports/uptake?publish=true&by=total&from=2023-01-01")).Must(200).Json));
    }

    [Theory]
    [InlineData("reports/uptake?format=csv")]
    [InlineData("reports/uptake?format=csv&by=year")]
    [InlineData("reports/uptake?format=csv&by=month")]
    [InlineData("reports/uptake?format=csv&by=team&publish=true")]
    [InlineData("reports/uptake?format=csv&by=quarter&from=2023-01-01")]
    public async Task A_file_tells_no_small_count_unless_the_whole_one_is_asked_for(string path)
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        (await api.SendAsync("POST", "history", Noted(), "text/csv")).Must(200);
        var rows = (await api.GetAsync(path)).Must(200).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var days = Array.IndexOf(rows[0].Split(','), "daysToCall");
        foreach (var row in rows.Skip(1))
            Assert.DoesNotContain(
                row.Split(',').Where((_, column) => column > 0 && column != days && column != days + 1),
                cell => cell is "1" or "2" or "3" or "4");
        Assert.StartsWith("total,", rows[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_referral_that_came_to_nothing_is_no_support_given()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        await using var vcas = new VcasSide(app);
        var households = new Households(app, api);
        foreach (var (answer, reason) in new[]
        {
            ("accepted", null), ("rejected", "atCapacity"), ("closed", "completed"), ("closed", "notEngaged"), ("closed", "moved"),
        })
            await vcas.AnswerAsync(await households.ReferredAsync(), answer, reason);
        var withdrawn = await households.ReferredAsync();
        (await api.PostAsync($"referrals/{withdrawn}/withdrawal", new { reason = "noLongerWanted" })).Must(200);
        await households.ReferredAsync();
        await api.RecordAsync(new { answer = "doNotContact" });
        await api.RecordAsync(Given.Declined());
        await api.RecordAsync(Given.Declined().With("answer", "notAsked"));
        await app.WhenIdleAsync(TestContext.Current.CancellationToken);

        var total = (await api.GetAsync("reports/uptake")).Must(200).Json.GetProperty("total");
        foreach (var (column, count) in new[]
        {
            ("offers", 10), ("asked", 8), ("neverAsked", 2), ("accepted", 7), ("uptake", 70), ("uptakeOfAsked", 88), ("referralsMade", 7), (
                "supportGiven", 3),
            ("supportNotGiven", 3), ("referralsAwaited", 1), ("beingSupported", 1), ("referralsRejected", 1), ("referralsWithdrawn", 1),
            ("closedCompleted", 1),
            ("closedNotEngaged", 1), ("closedMoved", 1), ("closedNeedsMet", 0), ("closedDied", 0), ("closedOther", 0),
        })
        {
            Assert.True(total.GetProperty(column).GetInt32() == count, $"{column} is {total.GetProperty(column)}, not {count}.");
        }
    }

    [Fact]
    public async Task The_finest_cut_is_proposed_for_publication_alone()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        (await api.GetAsync("reports/uptake?by=finest")).MustRefuse(400, 1010);
        (await api.GetAsync("reports/uptake?publish=yes")).MustRefuse(400, 1010);
        var empty = (await api.GetAsync("reports/uptake?publish=true")).Must(200).Json.GetProperty("published");
        Assert.Equal(("total", 0, 0), (empty.GetProperty("by").GetString(), empty.GetProperty("lines").GetArrayLength(), Figure(
            empty.GetProperty("total"), "offers")));
    }

    private static (int Offers, int AtOffer, int AtCallBack, int Accepted, int Uptake) Counts(JsonElement line) =>
        (Figure(line, "offers"), Figure(line, "acceptedAtOffer"), Figure(line, "acceptedAtCallBack"), Figure(line, "accepted"), Figure(
            line, "uptake"));

    private static (int Offers, int Accepted, int Uptake) Headline(JsonElement answer)
    {
        var total = answer.GetProperty("published").GetProperty("total");
        return (Figure(total, "offers"), Figure(total, "accepted"), Figure(total, "uptake"));
    }

    private static int Figure(JsonElement line, string name) => line.GetProperty("figures").GetProperty(name).GetInt32();

    // 33 offers in 2022 (12 accepted at the door, 3 at the call-back), 87 from then to March 2024 (16 and 9), spread over
    // 27 months and three teams.
    private static string Noted()
    {
        var csv = new StringBuilder("reference,offeredAt,team,answer,callBack\n");
        foreach (var (start, days, offers, atOffer, atCallBack) in new[]
        {
            (new DateOnly(2022, 1, 3), 360, 33, 12, 3),
            (new DateOnly(2023, 1, 2), 430, 87, 16, 9),
        })
        {
            for (var number = 0; number < offers; number++)
            {
                // 7 and the number of offers have no common factor: answers are spread over the time.
                var place = number * 7 % offers;
                var (answer, call) = place < atOffer ? ("accepted", "")
                    : place < atOffer + atCallBack ? ("declined", "accepted")
                    : ("declined", "");
                csv.Append(CultureInfo.InvariantCulture, $"{start.Year}/{number},{start.AddDays(number * days / offers):yyyy-MM-dd},"
                    + $"{new[] { "north", "south", "east" }[number % 3]},{answer},{call}\n");
            }
        }

        return csv.ToString();
    }
}
