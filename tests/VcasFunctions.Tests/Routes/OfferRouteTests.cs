using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Routes;

/// <summary>What the routes of one offer do when all is well.</summary>
public sealed class OfferRouteTests(SharedApp shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly Households households = new(shared.App, shared.Api);

    private Api Api => shared.Api;

    [Fact]
    public async Task An_offer_that_was_declined_is_recorded_and_its_due_instant_shown()
    {
        var id = Guid.NewGuid();
        var answer = (await Api.PutAsync($"offers/{id}", new JsonObject
        {
            ["answer"] = "declined",
            ["offeredAt"] = "2024-03-08T07:15:00+00:00",
            ["team"] = "North",
            ["crimeReference"] = "CRI/1",
            ["contact"] = new JsonObject
            {
                ["phone"] = "07700 900123",
                ["safeTimes"] = new JsonArray(new JsonObject { ["from"] = "09:30", ["to"] = "12:00" }),
            },
            ["household"] = new JsonObject
            {
                ["people"] = new JsonArray(new JsonObject { ["relationship"] = "partner", ["ageBand"] = "adult" }),
            },
            ["risks"] = new JsonArray("violence", "violence"),
        })).Must(201);

        Assert.Equal("waiting", answer["state"]);
        // Day 21 is Good Friday; the next day of call-back hours is the Tuesday after Easter, nine o'clock British Summer Time.
        Assert.Equal("2024-04-02T08:00:00+00:00", answer["dueAt"]);
        Assert.Equal("north", answer["team"]);
        Assert.Equal("+447700900123", (await Api.GetAsync($"offers/{id}")).Must(200)["contact.phone"]);
        Assert.Equal(7, answer.Json.GetProperty("contact").GetProperty("safeTimes")[0].GetProperty("days").GetArrayLength());
        Assert.Equal(1, answer.Json.GetProperty("risks").GetArrayLength());
        Assert.Equal($"CB-{id.ToString("N")[..6].ToUpperInvariant()}", answer["reference"]);
    }

    [Fact]
    public async Task The_same_offer_again_is_the_same_offer_however_it_is_written()
    {
        var id = await Api.RecordAsync(Given.Declined("07700 900123").With("team", "north"));
        var again = (await Api.SendAsync(
            "PUT", $"offers/{id}", """{ "team": "north", "contact": { "phone": "07700 900123" }, "ANSWER": "declined", "risks": null }"""))
            .Must(200);
        Assert.Equal("waiting", again["state"]);
        Assert.Equal(1, (await Api.GetAsync($"offers/{id}")).Json.GetProperty("trail").GetArrayLength());
    }

    [Fact]
    public async Task An_offer_is_read_with_its_trail_by_role()
    {
        var id = await households.InAsync("referred");
        var offer = (await Api.GetAsync($"offers/{id}")).Must(200);
        Assert.Equal(
            ["officer offerRecorded", "officer offerAccepted", "system referralSent"],
            offer.Json.GetProperty("trail")
                .EnumerateArray().Select(entry => $"{entry.GetProperty("by").GetString()} {entry.GetProperty("event").GetString()}"));
    }

    [Theory]
    [InlineData("waiting", "beforeCallBack")]
    [InlineData("due", "beforeCallBack")]
    [InlineData("held", "beforeCallBack")]
    [InlineData("declinedAgain", "later")]
    public async Task Support_can_be_accepted_at_any_later_point_and_is_referred_at_once(string state, string when)
    {
        var id = await households.InAsync(state);
        var answer = (await Api.PostAsync($"offers/{id}/acceptance", new { lawfulBasis = "consent" })).Must(200);
        Assert.Equal("referred", answer["state"]);
        Assert.Equal(when, answer["acceptance.when"]);
        await shared.App.WhenIdleAsync(TestContext.Current.CancellationToken);
        Assert.Equal("sent", (await Api.GetAsync($"offers/{id}"))["referral.state"]);

        var again = (await Api.PostAsync($"offers/{id}/acceptance", new { })).Must(200);
        Assert.Equal("1", again["referral.version"]);
    }

    [Fact]
    public async Task After_do_not_contact_only_the_household_itself_can_accept()
    {
        var id = await households.InAsync("doNotContact");
        var answer = (await Api.PostAsync(
            $"offers/{id}/acceptance", new { householdAsked = true, contact = new { phone = "07700 900124" } }))
            .Must(200);
        Assert.Equal("referred", answer["state"]);
        Assert.Null(answer["closing"]);
    }

    [Fact]
    public async Task Another_number_releases_the_hold_for_a_wrong_one()
    {
        var id = await households.InAsync("wrongNumber");
        var answer = (await Api.PutAsync($"offers/{id}/contact", new { phone = "07700 900456", name = "Alex Example" })).Must(200);
        Assert.Equal("waiting", answer["state"]);
        Assert.Null(answer["hold"]);
        Assert.Equal("+447700900456", (await Api.GetAsync($"offers/{id}")).Must(200)["contact.phone"]);
    }

    [Fact]
    public async Task Another_contact_of_a_referral_amends_it_and_the_same_again_does_not()
    {
        var id = await households.InAsync("referred");
        (await Api.PutAsync($"offers/{id}/contact", new { phone = "07700 900456" })).Must(200);
        var again = (await Api.PutAsync($"offers/{id}/contact", new { phone = "07700 900456" })).Must(200);
        Assert.Equal("2", again["referral.version"]);
    }

    [Theory]
    [InlineData("recordedInError")]
    [InlineData("duplicate")]
    [InlineData("moved")]
    [InlineData("died")]
    [InlineData("doNotContact")]
    [InlineData("needsMet")]
    [InlineData("noLongerWanted")]
    [InlineData("other")]
    public async Task An_offer_is_taken_back_with_its_reason_and_again_changes_nothing(string reason)
    {
        var id = await Api.RecordAsync(Given.Declined());
        var answer = (await Api.PostAsync($"offers/{id}/withdrawal", new { reason })).Must(200);
        Assert.Equal("closed", answer["state"]);
        Assert.Equal(reason, answer["closing.withdrawal"]);
        var again = (await Api.PostAsync($"offers/{id}/withdrawal", new { reason })).Must(200);
        Assert.Equal(answer["closing.at"], again["closing.at"]);
        Assert.Equal(2, (await Api.GetAsync($"offers/{id}")).Json.GetProperty("trail").GetArrayLength());
    }

    [Fact]
    public async Task The_app_says_that_it_is_well() => Assert.Equal("up", (await Api.GetAsync("health")).Must(200)["status"]);

    [Fact]
    public async Task Who_recorded_a_household_is_kept_with_it_and_stays_whoever_changes_it()
    {
        var id = Guid.NewGuid();
        using var officer = new Api(shared.App, "officer");
        (await officer.PutAsync($"offers/{id}", Given.Declined())).Must(201);
        (await Api.PutAsync($"offers/{id}/details", new { crimeReference = "CRI/0031/24" })).Must(200);

        var store = shared.App.Services.GetRequiredService<HouseholdStore>();
        var recordedBy = (await store.FindAsync(id, Cancellation))!.Household.RecordedBy;
        var first = await shared.App.Services.GetRequiredService<VcasTables>().Offers
            .GetEntityAsync<TableEntity>(id.ToString("D"), "event-000001", cancellationToken: Cancellation);
        Assert.NotNull(recordedBy);
        Assert.Equal(recordedBy, first.Value.GetString("ById"));
        var another = await Api.RecordAsync(Given.Declined());
        Assert.NotEqual(recordedBy, (await store.FindAsync(another, Cancellation))!.Household.RecordedBy);
    }
}
