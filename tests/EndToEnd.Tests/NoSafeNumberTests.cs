using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Shared;

namespace EndToEnd.Tests;

/// <summary>A household without a safe number, from the door to VCAS.</summary>
public sealed class NoSafeNumberTests
{
    private const string Supervisor = "5c000000-0000-4000-8000-000000000001";

    // Whoever records here.
    private const string Officer = "e0000000-0000-4000-8000-000000000001";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_household_without_a_number_is_found_at_a_visit()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2024, 3, 11, 6, 15, 0, TimeSpan.Zero));
        await using var app = await RunningApp.StartAsync(
            clock, settings: [$"Vcas:OtherTeams:Supervisor={Supervisor}", RunningApp.SweptDaily]);
        var id = Guid.NewGuid();
        (await app.Http.PutAsJsonAsync($"api/offers/{id}", new { answer = "declined" }, Cancellation)).EnsureSuccessStatusCode();

        // Working days 3 and 10: the officer who was there and the supervisor.
        var third = new DateTimeOffset(2024, 3, 14, 9, 0, 0, TimeSpan.Zero);
        var tenth = new DateTimeOffset(2024, 3, 25, 9, 0, 0, TimeSpan.Zero);
        foreach (var day in new[] { third, tenth })
        {
            await app.AdvanceToAsync(day, Cancellation);
            Assert.Equal((day, day), (ToldAt(app, Officer, "safeRouteAsked"), ToldAt(app, Supervisor, "safeRouteMissing")));
        }

        // Three weeks: nobody can phone, so somebody has to go.
        await app.AdvanceToAsync(new DateTimeOffset(2024, 4, 2, 8, 0, 0, TimeSpan.Zero), Cancellation);
        var row = Assert.Single((await app.GetAsync("call-backs?state=due&road=visit&needsSafeRoute=true", Cancellation))
            .GetProperty("callBacks").EnumerateArray());
        Assert.Equal($"{id}", row.GetProperty("offerId").GetString());
        Assert.Empty((await app.GetAsync("call-backs?state=due&road=phone", Cancellation)).GetProperty("callBacks").EnumerateArray());

        // At the door they give a number, and ask for a call on Thursday.
        var thursday = new DateTimeOffset(2024, 4, 4, 9, 30, 0, TimeSpan.Zero);
        var visited = await SendAsync(app, id, new
        {
            attemptId = Guid.NewGuid(),
            by = "visit",
            outcome = "callLater",
            safetyChecked = true,
            callAgainAt = thursday,
            contact = new { phone = "07700 900321" },
        });
        Assert.Equal(("waiting", "phone"), (visited.GetProperty("state").GetString(), visited.GetProperty("road").GetString()));
        Assert.False(visited.TryGetProperty("routeTask", out _));

        await app.AdvanceToAsync(thursday, Cancellation);
        Assert.Equal(
            "accepted",
            (await SendAsync(app, id, new { attemptId = Guid.NewGuid(), outcome = "accepted", safetyChecked = true }))
                .GetProperty("attempts")[1].GetProperty("outcome").GetString());
        // Nobody undoes it.
        await app.AdvanceAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.Equal(1, app.Azure.Broker.Count("referrals").Active);

        // Nobody is told of a route again.
        await app.AdvanceToAsync(new DateTimeOffset(2024, 4, 12, 9, 0, 0, TimeSpan.Zero), Cancellation);
        Assert.Equal((tenth, tenth), (ToldAt(app, Officer, "safeRouteAsked"), ToldAt(app, Supervisor, "safeRouteMissing")));
        var uptake = (await app.GetAsync("reports/uptake", Cancellation)).GetProperty("total");
        Assert.Equal((1, 1), (uptake.GetProperty("attempted").GetInt32(), uptake.GetProperty("acceptedAtCallBack").GetInt32()));
    }

    // A later notice takes the place of the one before.
    private static DateTimeOffset ToldAt(RunningApp app, string person, string type) =>
        Assert.Single(app.Azure.Graph.Inbox(person), notice => notice.ActivityType == type).SentAt;

    private static async Task<JsonElement> SendAsync(RunningApp app, Guid id, object attempt)
    {
        var answer = await app.Http.PostAsJsonAsync($"api/call-backs/{id}/attempts", attempt, Cancellation);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {body}");
        return body;
    }
}
