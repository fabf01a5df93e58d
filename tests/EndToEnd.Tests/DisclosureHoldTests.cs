using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Shared;

namespace EndToEnd.Tests;

/// <summary>A household under a disclosure hold at its erasure date.</summary>
public sealed class DisclosureHoldTests
{
    private const string Supervisor = "5e000000-0000-4000-8000-000000000001";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_household_under_a_disclosure_hold_at_its_erasure_date_is_erased_when_a_person_says_so()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2024, 3, 11, 6, 15, 0, TimeSpan.Zero));
        await using var app = await RunningApp.StartAsync(clock, settings:
        [
            $"Vcas:OtherTeams:Supervisor={Supervisor}", "Vcas:Retention:ClosedDays=90", "Vcas:Retention:DoNotContactDays=60",
            "Vcas:Law:Version=2024-1", "Vcas:Law:Article6=publicTask", RunningApp.SweptDaily,
        ]);
        // At the door: never again, in their own words, and what they said no to.
        var id = Guid.NewGuid();
        await SendAsync(app, HttpMethod.Put, $"offers/{id}", new
        {
            answer = "doNotContact",
            contact = new { phone = "07700 900321" },
            consent = new { noTo = new[] { "beingCalled", "beingReferred" }, by = "themselves", how = "inPerson" },
        });
        // The officer in the case will need it in court.
        var review = new DateTimeOffset(2024, 6, 3, 9, 0, 0, TimeSpan.Zero);
        await SendAsync(app, HttpMethod.Put, $"offers/{id}/disclosure-hold", new { reason = "cpia", reviewAt = review });

        // Its period is over on 10 May, and they ask for erasure too.
        await app.AdvanceToAsync(new DateTimeOffset(2024, 5, 20, 9, 0, 0, TimeSpan.Zero), Cancellation);
        var erasure = new { reason = "dataSubjectRequest" };
        using (var refused = await app.Http.PostAsJsonAsync($"api/offers/{id}/erasure", erasure, Cancellation))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Equal(2065, (await refused.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("code").GetInt32());
        }

        var held = await app.GetAsync($"offers/{id}?reason=supervision", Cancellation);
        Assert.False(held.TryGetProperty("erasure", out _));
        Assert.Equal("beingCalled", held.GetProperty("consents")[0].GetProperty("noTo")[0].GetString());
        Assert.Equal("2024-1", held.GetProperty("law").GetProperty("version").GetString());

        // The review comes: the supervisor is told, also on the next working day, and nothing goes by itself.
        await app.AdvanceToAsync(review.AddHours(1), Cancellation);
        Assert.Equal(review, ToldAt(app));
        await app.AdvanceToAsync(review.AddDays(1).AddHours(1), Cancellation);
        Assert.Equal(review.AddDays(1), ToldAt(app));
        Assert.False((await app.GetAsync($"offers/{id}?reason=supervision", Cancellation)).TryGetProperty("erasure", out _));

        // Released: whoever does it is told of the request, and the next night erases it. The number stays barred.
        var released = await SendAsync(app, HttpMethod.Delete, $"offers/{id}/disclosure-hold", body: null);
        Assert.Contains("asked for the erasure", released.GetProperty("remark").GetString(), StringComparison.Ordinal);
        await app.AdvanceToAsync(review.AddDays(2).AddHours(1), Cancellation);
        var erased = await app.GetAsync($"offers/{id}?reason=supervision", Cancellation);
        Assert.Equal("retentionEnded", erased.GetProperty("erasure").GetProperty("reason").GetString());
        Assert.False(erased.TryGetProperty("consents", out _));
        var other = Guid.NewGuid();
        await SendAsync(app, HttpMethod.Put, $"offers/{other}", new { answer = "declined", contact = new { phone = "07700 900321" } });
        Assert.Equal("held", (await app.GetAsync($"offers/{other}?reason=supervision", Cancellation)).GetProperty("state").GetString());
    }

    // A later notice takes the place of the one before.
    private static DateTimeOffset ToldAt(RunningApp app) =>
        Assert.Single(app.Azure.Graph.Inbox(Supervisor), notice => notice.ActivityType == "disclosureReview").SentAt;

    private static async Task<JsonElement> SendAsync(RunningApp app, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, $"api/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await app.Http.SendAsync(request, Cancellation);
        var read = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {read}");
        return read;
    }
}
