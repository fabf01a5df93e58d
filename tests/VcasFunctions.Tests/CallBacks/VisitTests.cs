using System.Text.Json.Nodes;
using Shared;

namespace VcasFunctions.Tests.CallBacks;

/// <summary>Visits and letters: who may record them, and when.</summary>
public sealed class VisitTests
{
    private const string Deaf = "07700 900654";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_officer_records_a_visit_and_a_letter_and_no_call()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var officer = new Api(app, "officer");
        var id = await officer.RecordAsync(Given.Declined());
        foreach (var by in new[] { "phone", "email", "professional" })
            (await officer.AttemptAsync(id, "unsafeToCall", new { by, reason = "bailChanged" })).MustRefuse(403, 1013);
        (await officer.AttemptAsync(id, "messageLeft", new { by = "letter" })).Must(200);
        var declined = (await officer.AttemptAsync(id, "declined", new { by = "visit" })).Must(200);
        Assert.Equal(("closed", "declinedInPerson"), (declined["state"], declined["closing.reason"]));
    }

    [Fact]
    public async Task What_cannot_come_of_the_way_is_refused_and_nothing_is_kept()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.DeclinedLongAgo());
        await app.WhenIdleAsync(Cancellation);
        (await api.AttemptAsync(id, "wrongNumber", new { by = "visit" })).MustRefuse(422, 3033);
        (await api.AttemptAsync(id, "accepted", new { by = "letter" })).MustRefuse(422, 3033);
        (await api.AttemptAsync(id, "messageLeft")).MustRefuse(409, 3034);
        (await api.AttemptAsync(id, "noAnswer", new { by = "pigeon" })).MustRefuse(400, 1002);
        Assert.Equal(0, (await api.GetAsync($"offers/{id}")).Must(200).Json.GetProperty("attempts").GetArrayLength());
    }

    [Fact]
    public async Task A_visit_is_planned_of_a_wrong_number_which_is_used_no_more()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.DeclinedLongAgo());
        await app.WhenIdleAsync(Cancellation);
        (await api.AttemptAsync(id, "wrongNumber")).Must(200);
        Assert.Equal("visit", (await api.PutAsync($"call-backs/{id}/visit", new JsonObject())).Must(200)["road"]);
        await app.WhenIdleAsync(Cancellation);
        var due = (await api.GetAsync($"offers/{id}")).Must(200);
        Assert.Equal(("due", null), (due["state"], due["contact.phone"]));
        (await api.AttemptAsync(id, "noAnswer")).MustRefuse(409, 3032);
        Assert.Equal("waiting", (await api.AttemptAsync(id, "noAnswer", new { by = "visit" })).Must(200)["state"]);
    }

    [Fact]
    public async Task A_number_that_is_given_at_a_visit_and_is_never_to_be_called_is_not_called()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        await api.RecordAsync(new JsonObject { ["answer"] = "doNotContact", ["contact"] = new JsonObject { ["phone"] = Deaf } });
        var id = await api.RecordAsync(new JsonObject { ["answer"] = "declined" });
        (await api.AttemptAsync(id, "callLater", new
        {
            by = "visit",
            callAgainAt = "2024-03-14T10:30:00Z",
            contact = new { phone = Deaf },
        })).Must(200);
        await app.AdvanceAsync(TimeSpan.FromDays(4), Cancellation);
        // Who may do all supervises it too, and sees why.
        var held = (await api.GetAsync($"offers/{id}")).Must(200);
        Assert.Equal(("held", "neverToBeCalled"), (held["state"], held["hold.reason"]));
    }

    [Fact]
    public async Task The_same_visit_sent_again_is_recorded_once_with_its_number()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        var id = await api.RecordAsync(new JsonObject { ["answer"] = "declined" });
        var attempt = Given.Attempt("noAnswer", new { by = "visit", contact = new { phone = Given.Number() } });
        (await api.PostAsync($"call-backs/{id}/attempts", attempt)).Must(200);
        var again = (await api.PostAsync($"call-backs/{id}/attempts", attempt)).Must(200);
        Assert.Equal(1, again.Json.GetProperty("attempts").GetArrayLength());
        Assert.Equal("phone", again["road"]);
    }
}
