using System.Text.Json;
using System.Text.Json.Nodes;
using Shared;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Routes;

/// <summary>Safe hours on the server: marked when missed, said where they never meet, and opened for one household.</summary>
public sealed class CallHoursTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("saturday", "10:00", "12:00", true)]
    [InlineData("thursday", "18:30", "20:00", true)]
    [InlineData("thursday", "16:30", "20:00", false)]
    public async Task Hours_in_which_nobody_ever_calls_are_said_at_the_door_and_on_the_list(string day, string from, string to, bool never)
    {
        await using var app = await RunningApp.StartAsync(
            Given.Clock(), settings: ["Vcas:OtherTeams:Supervisor=e0000000-0000-4000-8000-0000000000aa"]);
        using var api = new Api(app);
        var recorded = (await api.PutAsync($"offers/{Guid.NewGuid()}", Safe(day, from, to))).Must(201);
        Assert.Equal(never, recorded["remark"]?.Contains("09:00 to 17:00", StringComparison.Ordinal) ?? false);
        await app.WhenIdleAsync(Cancellation);
        var row = (await api.GetAsync("call-backs?state=waiting")).Json.GetProperty("callBacks")[0];
        Assert.Equal(never, row.GetProperty("hoursNeverMeet").GetBoolean());
        // At once, three weeks before the call would be due.
        Assert.Equal(
            never ? ["callHoursNeeded"] : [],
            app.Azure.Graph.Inbox("e0000000-0000-4000-8000-0000000000aa").Select(notice => notice.ActivityType));
    }

    [Fact]
    public async Task A_supervisor_opens_hours_for_one_household_and_its_call_comes_in_them()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        var id = await api.RecordAsync(Safe("saturday", "10:00", "12:00"));
        (await api.PutAsync($"call-backs/{id}/call-hours", new { days = new[] { "sunday" }, from = "10:00", to = "12:00" })).MustRefuse(
            422, 3012);
        (await api.PutAsync($"call-backs/{id}/call-hours", new { days = new[] { "saturday" }, from = "12:00", to = "10:00" })).MustRefuse(
            422, 1005);
        var hours = new { days = new[] { "saturday" }, from = "09:30", to = "11:30" };
        var opened = (await api.PutAsync($"call-backs/{id}/call-hours", hours)).Must(200);
        // Three weeks after a Monday, then the first Saturday.
        Assert.Equal(("2024-04-06T08:30:00+00:00", "2024-04-06T08:30:00+00:00"), (opened["dueAt"], opened["callFrom"]));
        Assert.Equal(opened.Text, (await api.PutAsync($"call-backs/{id}/call-hours", hours)).Must(200).Text);

        await app.AdvanceToAsync(new DateTimeOffset(2024, 4, 6, 9, 15, 0, TimeSpan.Zero), Cancellation);
        var row = (await api.GetAsync("call-backs")).Json.GetProperty("callBacks")[0];
        Assert.Equal((false, true), (row.GetProperty("hoursNeverMeet").GetBoolean(), row.GetProperty("safeNow").GetBoolean()));
        // Safe until noon, and worked until half past eleven: 10:30 UTC.
        Assert.Equal("2024-04-06T10:30:00+00:00", row.GetProperty("windowEndsAt").GetString());
        Assert.Equal("2024-04-06T10:30:00+00:00", (await api.GetAsync($"offers/{id}"))["windowEndsAt"]);
        Assert.Equal("2024-04-13T08:30:00+00:00", (await api.AttemptAsync(id, "noAnswer")).Must(200)["callFrom"]);
    }

    [Fact]
    public async Task An_attempt_outside_the_safe_hours_is_taken_and_marked_everywhere()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await new Households(app, api).DueAsync(
            Safe("monday", "08:00", "09:45").With("offeredAt", Given.Monday.AddDays(-30).ToString("O")).With("offeredAtConfirmed", true));
        var answer = (await api.AttemptAsync(id, "noAnswer")).Must(200);
        Assert.True(answer.Json.GetProperty("attempts")[0].GetProperty("outsideSafeHours").GetBoolean());
        var entry = (await api.GetAsync($"offers/{id}")).Json
            .GetProperty("trail").EnumerateArray().Single(one => one.GetProperty("event").GetString() == "attemptRecorded");
        Assert.True(entry.GetProperty("data").GetProperty("outsideSafeHours").GetBoolean());
        Assert.Equal(1, (await api.GetAsync("reports/uptake")).Json.GetProperty("total").GetProperty("outsideSafeHours").GetInt32());
        Assert.Contains(
            "outsideSafeHours",
            (await api.GetAsync($"audit?from=2024-03-11&to=2024-03-11&offerId={id}&format=ndjson")).Must(200).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hours_of_a_household_stand_sealed_wherever_they_are_kept()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await api.RecordAsync(Safe("saturday", "10:07", "12:13"));
        (await api.PutAsync($"call-backs/{id}/call-hours", new { days = new[] { "saturday" }, from = "10:11", to = "11:47" })).Must(200);
        var tables = (VcasFunctions.Tables.VcasTables)app.Services.GetService(typeof(VcasFunctions.Tables.VcasTables))!;
        foreach (var table in new[] { tables.Offers, tables.CallBacks })
        {
            await foreach (var row in table.QueryAsync<Azure.Data.Tables.TableEntity>(cancellationToken: Cancellation))
                Assert.DoesNotContain(
                    ((IDictionary<string, object>)row).Values.OfType<string>(),
                    text => text.Contains("10:11", StringComparison.Ordinal) || text.Contains("1011-1147", StringComparison.Ordinal));
        }
    }

    private static JsonObject Safe(string day, string from, string to) => Given.Declined().With("contact", new JsonObject
    {
        ["phone"] = "07700 900345",
        ["safeTimes"] = new JsonArray(new JsonObject { ["days"] = new JsonArray(day), ["from"] = from, ["to"] = to }),
    });
}
