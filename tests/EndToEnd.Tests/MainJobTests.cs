using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Time.Testing;
using Shared;

namespace EndToEnd.Tests;

public sealed class MainJobTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_household_that_declines_is_called_back_after_three_weeks_and_referred_when_it_accepts()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2024, 3, 11, 6, 15, 0, TimeSpan.Zero));
        await using var app = await RunningApp.StartAsync(clock, settings: RunningApp.SweptDaily);
        var offerId = Guid.NewGuid();

        var recorded = await app.Http.PutAsJsonAsync(
            $"api/offers/{offerId}", new { answer = "declined", contact = new { phone = "07700 900123" } }, Cancellation);
        Assert.Equal(HttpStatusCode.Created, recorded.StatusCode);

        await app.AdvanceAsync(TimeSpan.FromDays(20.9), Cancellation);
        Assert.Equal("waiting", (await app.GetAsync($"offers/{offerId}", Cancellation)).GetProperty("state").GetString());

        // Day 21 is Easter Monday: the call waits for Tuesday, nine o'clock British Summer Time.
        await app.AdvanceToAsync(new DateTimeOffset(2024, 4, 2, 7, 59, 59, TimeSpan.Zero), Cancellation);
        Assert.Equal("waiting", (await app.GetAsync($"offers/{offerId}", Cancellation)).GetProperty("state").GetString());
        await app.AdvanceToAsync(new DateTimeOffset(2024, 4, 2, 8, 0, 0, TimeSpan.Zero), Cancellation);
        await app.WhenIdleAsync(Cancellation);
        Assert.Equal("due", (await app.GetAsync($"offers/{offerId}", Cancellation)).GetProperty("state").GetString());

        var attempt = new { attemptId = Guid.NewGuid(), outcome = "accepted", safetyChecked = true };
        (await app.Http.PostAsJsonAsync($"api/call-backs/{offerId}/attempts", attempt, Cancellation)).EnsureSuccessStatusCode();
        // Nobody undoes it.
        await app.AdvanceAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.Equal(
            "sent", (await app.GetAsync($"offers/{offerId}", Cancellation)).GetProperty("referral").GetProperty("state").GetString());
        Assert.Equal(1, app.Azure.Broker.Count("referrals").Active);
    }
}
