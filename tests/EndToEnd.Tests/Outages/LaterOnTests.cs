using System.Text.Json;
using EndToEnd.Tests.Processes;

namespace EndToEnd.Tests.Outages;

/// <summary>
/// What happens to a household between the door and VCAS when people come back to it: by number, by a correction, by a visit.
/// </summary>
public sealed class LaterOnTests
{
    private const string First = "07700 900123", Second = "07700 900777";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Not_reached_and_eight_months_later_found_by_number_when_they_ring_the_station()
    {
        await using var force = await Force.StartAsync();
        force.StartVcas();
        var id = await force.RecordAsync("declined");
        await force.AdvanceToAsync(Force.Monday.AddDays(21));
        while (await force.StateAsync(id) != "closed")
        {
            await force.CallAsync(id, "noAnswer");
            await force.AdvanceAsync(TimeSpan.FromDays(5));
        }

        Assert.Equal("notReached", Text(await force.OfferAsync(id), "closing", "reason"));
        await force.AdvanceAsync(TimeSpan.FromDays(243));

        var found = await force.AskAsync("offers/search", new { phone = "+44 7700 900123", reason = "theyGotInTouch" });
        var one = Assert.Single(found.GetProperty("households").EnumerateArray());
        Assert.Equal((id, "notReached"), (one.GetProperty("offerId").GetGuid(), Text(one, "became")));
        await force.DoAsync(HttpMethod.Post, $"call-backs/{id}/attempts", new
        {
            attemptId = Guid.NewGuid(),
            outcome = "accepted",
            direction = "incoming",
        });
        // Nobody undoes it.
        await force.AdvanceAsync(TimeSpan.FromSeconds(20));
        await force.UntilReferralAsync(id, "accepted");
        Assert.Equal([id], VcasBook.Read(force.Folder).Keys);
    }

    [Fact]
    public async Task A_week_before_the_call_its_risks_and_a_mistyped_number_are_corrected()
    {
        await using var force = await Force.StartAsync();
        force.StartVcas();
        var id = await force.RecordAsync("declined");
        await force.AdvanceToAsync(Force.Monday.AddDays(14));
        await force.DoAsync(HttpMethod.Put, $"offers/{id}/details", new { risks = new[] { "suspectMayReturn" } });
        await force.DoAsync(HttpMethod.Put, $"offers/{id}/contact", new { phone = Second });
        foreach (var (phone, count) in new[] { (First, 0), (Second, 1) })
        {
            var found = await force.AskAsync("offers/search", new { phone, reason = "ownRecord" });
            Assert.Equal(count, found.GetProperty("count").GetInt32());
        }

        await force.AdvanceToAsync(Force.Monday.AddDays(21));
        await force.CallAsync(id, "accepted");
        await force.AdvanceAsync(TimeSpan.FromSeconds(20));
        await force.UntilReferralAsync(id, "accepted");
        var sent = VcasBook.Read(force.Folder)[id].Data!.Value;
        Assert.Equal("+447700900777", Text(sent, "contact", "phone"));
        Assert.Equal("suspectMayReturn", Assert.Single(sent.GetProperty("risks").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_second_no_at_a_visit_ends_it_and_nobody_phones()
    {
        await using var force = await Force.StartAsync();
        var id = await force.RecordAsync("declined");
        await force.AdvanceToAsync(Force.Monday.AddDays(9));
        await force.DoAsync(HttpMethod.Post, $"call-backs/{id}/attempts", new
        {
            attemptId = Guid.NewGuid(),
            by = "visit",
            outcome = "declined",
            safetyChecked = true,
        });
        Assert.Equal("declinedInPerson", Text(await force.OfferAsync(id), "closing", "reason"));

        await force.AdvanceToAsync(Force.Monday.AddDays(30));
        Assert.Equal("closed", await force.StateAsync(id));
        Assert.Empty(force.ToldTeam(id));
        Assert.Empty((await force.App.GetAsync("call-backs?state=due", Cancellation)).GetProperty("callBacks").EnumerateArray());
        var mine = await force.App.GetAsync("offers/mine", Cancellation);
        Assert.Equal(id, Assert.Single(mine.GetProperty("offers").EnumerateArray()).GetProperty("offerId").GetGuid());
        var total = (await force.App.GetAsync("reports/uptake", Cancellation)).GetProperty("total");
        Assert.Equal((1, 0), (total.GetProperty("offers").GetInt32(), total.GetProperty("accepted").GetInt32()));
    }

    private static string? Text(JsonElement of, params string[] path) =>
        path.Aggregate(of, (element, name) => element.GetProperty(name)).GetString();
}
