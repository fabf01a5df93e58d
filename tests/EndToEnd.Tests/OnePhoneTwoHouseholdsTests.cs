using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Shared;

namespace EndToEnd.Tests;

/// <summary>One investigation, several households: a phone that two of them gave, and one household that two officers recorded.</summary>
public sealed class OnePhoneTwoHouseholdsTests
{
    private const string Case = "OPX/0417/24";
    private const string Phone = "07700 900417";
    private static readonly DateTimeOffset Door = new(2024, 3, 11, 6, 15, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Due = new(2024, 4, 2, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_phone_given_to_two_households_of_one_case_is_called_by_one_caller_at_a_time()
    {
        await using var app = await StartAsync();
        using var caller = app.As("caller");
        var (mother, grandmother) = (Guid.NewGuid(), Guid.NewGuid());
        await RecordAsync(app, mother, Phone, Case);
        var second = await RecordAsync(app, grandmother, Phone, Case);
        // The officer is told at the door, and nothing is blocked.
        var alike = Assert.Single(second.GetProperty("alike").EnumerateArray());
        Assert.Equal(
            (mother, "sameHousehold", true),
            (
                alike.GetProperty("offerId").GetGuid(),
                alike.GetProperty("likeness").GetString(),
                alike.GetProperty("sameCase").GetBoolean()));

        await app.AdvanceToAsync(Due, Cancellation);
        var claimed = await ClaimAsync(app.Http, mother);
        Assert.Equal((200, 1), (claimed.Status, claimed.Body.GetProperty("case").GetProperty("otherHouseholds").GetInt32()));
        Assert.Equal((409, 3041), Refusal(await ClaimAsync(caller, grandmother)));

        await AttemptAsync(app.Http, mother, "noAnswer");
        await app.AdvanceToAsync(Due.AddHours(2), Cancellation);
        // It rang this morning: whoever calls it again knows that.
        Assert.Equal((409, 3042), Refusal(await ClaimAsync(caller, grandmother)));
        var again = await ClaimAsync(caller, grandmother, new { sameNumberChecked = true });
        Assert.Equal(Due, again.Body.GetProperty("case").GetProperty("lastCalledAt").GetDateTimeOffset());
        await AttemptAsync(caller, grandmother, "accepted");
        // Nobody undoes it.
        await app.AdvanceAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.Equal(1, app.Azure.Broker.Count("referrals").Active);
        Assert.Equal((2, 1, 0), await CountedAsync(app));
    }

    [Fact]
    public async Task One_household_that_two_officers_recorded_is_one_after_a_press()
    {
        await using var app = await StartAsync();
        using var officer = app.As("officer");
        var (first, second, neighbour) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await RecordAsync(app, first, phone: null, crimeReference: null);
        await RecordAsync(app, second, Phone, Case, "selfHarm");
        await RecordAsync(app, neighbour, "07700 900418", "opx 0417 24");
        Assert.Equal((3, 1, 1), await CountedAsync(app));

        // From a bad signal, twice.
        for (var time = 0; time < 2; time++)
        {
            var merged = await SendAsync(officer, HttpMethod.Post, $"api/offers/{second}/duplicate", new { of = first });
            Assert.Equal((200, "closed"), (merged.Status, merged.Body.GetProperty("state").GetString()));
            Assert.Equal(first, merged.Body.GetProperty("closing").GetProperty("duplicateOf").GetGuid());
        }

        Assert.Equal((2, 1, 0), await CountedAsync(app));
        await app.AdvanceToAsync(Due, Cancellation);
        var due = (await app.GetAsync("call-backs?state=due", Cancellation)).GetProperty("callBacks").EnumerateArray()
            .Select(row => row.GetProperty("offerId").GetGuid()).ToHashSet();
        Assert.True(due.SetEquals([first, neighbour]));
        // What the other officer knew is called with, and nobody forgets the danger.
        var call = await ClaimAsync(app.Http, first);
        Assert.Equal("+447700900417", call.Body.GetProperty("contact").GetProperty("phone").GetString());
        Assert.Contains("selfHarm", call.Body.GetProperty("risks").ToString(), StringComparison.Ordinal);
        Assert.Contains($"{first}", (await app.GetAsync("dangers", Cancellation)).ToString(), StringComparison.Ordinal);

        // It was another household after all.
        await SendAsync(app.Http, HttpMethod.Post, $"api/offers/{second}/reopening", new { reason = "closedInError" });
        Assert.Equal((3, 1, 0), await CountedAsync(app));
    }

    private static Task<RunningApp> StartAsync() => RunningApp.StartAsync(new FakeTimeProvider(Door), settings: [RunningApp.SweptDaily]);

    private static async Task<JsonElement> RecordAsync(
        RunningApp app, Guid id, string? phone, string? crimeReference, params string[] risks)
    {
        var contact = phone is null ? null : new { phone };
        var answer = await SendAsync(
            app.Http, HttpMethod.Put, $"api/offers/{id}", new { answer = "declined", crimeReference, contact, risks });
        Assert.Equal(201, answer.Status);
        return answer.Body;
    }

    private static Task<(int Status, JsonElement Body)> ClaimAsync(HttpClient http, Guid id, object? body = null) =>
        SendAsync(http, HttpMethod.Put, $"api/call-backs/{id}/claim", body);

    private static async Task AttemptAsync(HttpClient http, Guid id, string outcome)
    {
        var attempt = new { attemptId = Guid.NewGuid(), outcome, safetyChecked = true };
        Assert.Equal(200, (await SendAsync(http, HttpMethod.Post, $"api/call-backs/{id}/attempts", attempt)).Status);
    }

    private static async Task<(int Offers, int Investigations, int WithoutReference)> CountedAsync(RunningApp app)
    {
        await app.WhenIdleAsync(Cancellation);
        var total = (await app.GetAsync("reports/uptake", Cancellation)).GetProperty("total");
        return (total.GetProperty("offers").GetInt32(), total.GetProperty("investigations").GetInt32(),
            total.GetProperty("noCrimeReference").GetInt32());
    }

    private static (int Status, int Code) Refusal((int Status, JsonElement Body) answer) =>
        (answer.Status, answer.Body.GetProperty("code").GetInt32());

    private static async Task<(int Status, JsonElement Body)> SendAsync(HttpClient http, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await http.SendAsync(request, Cancellation);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation));
    }
}
