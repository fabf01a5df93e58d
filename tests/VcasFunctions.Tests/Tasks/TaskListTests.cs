using System.Text.Json.Nodes;
using Shared;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Tasks;

/// <summary>One list of what waits for a person, for whoever may decide.</summary>
public sealed class TaskListTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_that_waits_for_somebody_is_in_one_list_most_urgent_first_and_leaves_it_when_it_is_done()
    {
        await using var app = await TaskStory.StartAsync();
        using var api = new Api(app);
        var danger = await api.RecordAsync(North(Given.Declined()).With("risks", new JsonArray("selfHarm")));
        var known = await api.RecordAsync(North(Given.Declined()).With("risks", new JsonArray("violence")));
        (await api.PostAsync($"offers/{known}/danger/acknowledgement", new { })).Must(200);
        var seenTo = await api.RecordAsync(North(Given.Declined()).With("risks", new JsonArray("childAtRisk")));
        (await api.PostAsync($"offers/{seenTo}/danger/action", new { action = "emergencyService" })).Must(200);
        var held = await api.RecordAsync(North(Given.Declined()));
        (await api.PutAsync($"call-backs/{held}/hold", new { reason = "bailChanged", reviewAt = Given.Monday.AddDays(1) })).Must(200);
        var never = await api.RecordAsync(North(Given.Declined("07700 900881")));
        await api.RecordAsync(new JsonObject
        {
            ["answer"] = "doNotContact",
            ["team"] = "south",
            ["contact"] = new JsonObject { ["phone"] = "07700 900881" },
        });
        var unreachable = await api.RecordAsync(North(new JsonObject { ["answer"] = "accepted" }));
        var numberless = await api.RecordAsync(North(new JsonObject { ["answer"] = "declined" }));
        var nightly = await api.RecordAsync(North(Given.Declined()).With("contact", new JsonObject
        {
            ["phone"] = Given.Number(),
            ["safeTimes"] = new JsonArray(new JsonObject { ["days"] = new JsonArray("sunday"), ["from"] = "10:00", ["to"] = "11:00" }),
        }));
        var due = await new Households(app, api).DueAsync(North(Given.DeclinedLongAgo()));
        var rejected = await new Households(app, api).ReferredAsync(North(Given.Accepted()));
        await using (var vcas = new VcasSide(app)) await vcas.AnswerAsync(rejected, "rejected", "atCapacity");
        var unanswered = await new Households(app, api).ReferredAsync(North(Given.Accepted()));
        // What is to be done only tomorrow waits for nobody yet.
        Assert.DoesNotContain(seenTo, (await api.TasksAsync("?team=north")).Select(task => task.Id));
        await app.AdvanceAsync(TimeSpan.FromDays(3), Cancellation);

        Assert.Equal(
            [
                ("dangerUnacknowledged", danger), ("measureMissing", known), ("welfareContactDue", seenTo), ("decisionNeeded", never),
                ("callOverdue", due), ("reviewOverdue", held), ("hoursNeverMeet", nightly), ("referralRejected", rejected), ("answerLate", unanswered),
                ("noSafeRoute", unreachable), ("noSafeRoute", numberless),
            ],
            await api.TasksAsync("?team=north"));

        var line = await api.TaskAsync(held, "reviewOverdue");
        Assert.Equal(
            ("reviewHold", 2, 1, $"/console/call-backs/{held}"),
            (line.GetProperty("action").GetString(), line.GetProperty("ageDays").GetInt32(), line.GetProperty("stage").GetInt32(),
                line.GetProperty("link").GetString()));
        (await api.SendAsync("DELETE", $"call-backs/{held}/hold")).Must(200);
        (await api.PostAsync($"offers/{danger}/danger/acknowledgement", new { })).Must(200);
        var left = await api.TasksAsync("?team=north");
        Assert.DoesNotContain(("reviewOverdue", held), left);
        Assert.Contains(("measureMissing", danger), left);
    }

    [Fact]
    public async Task A_supervisor_and_the_deputy_see_their_own_team_s_and_nobody_s_names_numbers_or_risks()
    {
        await using var app = await TaskStory.StartAsync();
        using var api = new Api(app);
        using var boss = new Api(app, "boss");
        using var deputy = new Api(app, "deputy");
        using var other = new Api(app, "other");
        using var caller = new Api(app, "caller");
        var north = await api.RecordAsync(North(Given.Declined("07700 900882")).With("risks", new JsonArray("selfHarm")));
        var south = await api.RecordAsync(Given.Declined().With("team", "south").With("risks", new JsonArray("selfHarm")));

        foreach (var person in new[] { boss, deputy }) Assert.Equal([("dangerUnacknowledged", north)], await person.TasksAsync());
        Assert.Equal([("dangerUnacknowledged", south)], await other.TasksAsync());
        Assert.Contains(north.ToString(), (await deputy.GetAsync("dangers")).Must(200).Text, StringComparison.Ordinal);
        var text = (await boss.GetAsync("tasks")).Text;
        foreach (var secret in new[] { "900882", "selfHarm" }) Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        Assert.Empty(await caller.TasksAsync());
        Assert.Equal("1", (await api.GetAsync("tasks?limit=1&team=SOUTH")).Must(200)["total"]);
        (await boss.GetAsync("tasks?limit=0")).MustRefuse(400, 1010);
    }

    private static JsonObject North(JsonObject offer) => offer.With("team", "north");
}
