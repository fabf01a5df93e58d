using System.Text.Json;
using Shared;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Routes;

/// <summary>Two stories of people who would otherwise be lost: who rings when all is long over, and whose number was mistyped.</summary>
[Trait("Pace", "Slow")]
public sealed class FoundAgainTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Not_reached_and_eight_months_later_they_ring_the_station()
    {
        await using var app = await RunningApp.StartAsync(
            Given.Clock(), settings: ["Vcas:Policy:MaxAttempts=1", RunningApp.SweptDaily]);
        using var api = new Api(app);
        using var caller = new Api(app, "caller");
        var (old, now) = (Given.Number(), Given.Number());
        var id = await new Households(app, api).WithNumberAsync("due", old);
        Assert.Equal("notReached", (await api.AttemptAsync(id, "noAnswer")).Must(200)["closing.reason"]);
        await app.AdvanceAsync(TimeSpan.FromDays(243), Cancellation);

        // They still know the number at which they were to be called.
        var found = (await caller.PostAsync("offers/search", new { phone = old, reason = "theyGotInTouch" })).Must(200);
        var one = Assert.Single(found.Json.GetProperty("households").EnumerateArray());
        Assert.Equal(
            (id, "closed", "notReached", "notReached"),
            (one.GetProperty("offerId").GetGuid(), Text(one, "state"), Text(one, "closingReason"), Text(one, "became")));

        var again = app.Clock.GetUtcNow().AddDays(1);
        while (again.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) again = again.AddDays(1);
        again = new DateTimeOffset(again.Year, again.Month, again.Day, 12, 0, 0, TimeSpan.Zero);
        var waits = (await caller.AttemptAsync(id, "callLater", new { direction = "incoming", callAgainAt = again })).Must(200);
        Assert.Equal("waiting", waits["state"]);
        (await caller.PutAsync($"offers/{id}/contact", new { phone = now })).Must(200);
        Assert.Equal("0", (await api.PostAsync("offers/search", new { phone = old, reason = "theyGotInTouch" })).Must(200)["count"]);

        await app.AdvanceToAsync(again, Cancellation);
        var call = (await caller.PutAsync($"call-backs/{id}/claim", new { })).Must(200);
        Assert.EndsWith(now.Replace(" ", "", StringComparison.Ordinal)[1..], call["contact.phone"], StringComparison.Ordinal);
        Assert.Equal("referred", (await caller.AttemptAsync(id, "accepted")).Must(200)["state"]);
        // Nobody undoes it.
        await app.AdvanceAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.Equal("sent", (await api.GetAsync($"offers/{id}"))["referral.state"]);
    }

    [Fact]
    public async Task A_week_before_the_call_the_officer_corrects_the_risks_and_a_mistyped_number()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        using var officer = new Api(app, "officer");
        using var caller = new Api(app, "caller");
        var (mistyped, right) = (Given.Number(), Given.Number());
        var id = await officer.RecordAsync(Given.Declined(mistyped));
        await app.AdvanceAsync(TimeSpan.FromDays(14), Cancellation);

        (await officer.PutAsync($"offers/{id}/details", new { risks = new[] { "suspectMayReturn" } })).Must(200);
        (await officer.PutAsync($"offers/{id}/contact", new { phone = right })).Must(200);
        Assert.Equal("0", (await officer.PostAsync("offers/search", new { phone = mistyped, reason = "ownRecord" })).Must(200)["count"]);
        Assert.Equal("1", (await officer.PostAsync("offers/search", new { phone = right, reason = "ownRecord" })).Must(200)["count"]);

        // Three weeks after the offer it is Easter Monday.
        await app.AdvanceToAsync(new DateTimeOffset(2024, 4, 2, 9, 0, 0, TimeSpan.Zero), Cancellation);
        var call = (await caller.PutAsync($"call-backs/{id}/claim", new { })).Must(200);
        Assert.EndsWith(right.Replace(" ", "", StringComparison.Ordinal)[1..], call["contact.phone"], StringComparison.Ordinal);
        Assert.Equal("suspectMayReturn", call.Json.GetProperty("risks")[0].GetString());
        Assert.DoesNotContain(mistyped.Replace(" ", "", StringComparison.Ordinal)[1..], call.Text, StringComparison.Ordinal);

        var read = (await api.GetAsync($"offers/{id}")).Must(200).Json;
        Assert.Equal(
            ["risks", "contact"],
            read.GetProperty("corrections").EnumerateArray().SelectMany(one => one.GetProperty("fields").EnumerateArray())
                .Select(field => field.GetString()));
        Assert.Equal(
            ["offerRecorded", "detailsCorrected", "contactChanged", "callBackDue"],
            read.GetProperty("trail").EnumerateArray().Select(entry => Text(entry, "event")));
    }

    private static string Text(JsonElement one, string name) => one.GetProperty(name).GetString()!;
}
