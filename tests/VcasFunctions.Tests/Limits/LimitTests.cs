using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Shared;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Limits;

/// <summary>Nobody takes the service from others, and nothing is answered without what browsers hold themselves to.</summary>
public sealed class LimitTests(SharedApp shared)
{
    private const int Flood = 60;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_flood_of_one_officers_offers_is_turned_away_with_a_time_to_wait_and_others_go_on()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: "Vcas:Limits:RequestsPerMinute=5");
        using var api = new Api(app);
        var statuses = new List<int>();
        string? retryAfter = null;
        for (var i = 0; i < Flood; i++)
        {
            using var answer = await app.Http.PutAsync($"api/offers/{Guid.NewGuid()}", Json(Given.Declined().ToJsonString()), Cancellation);
            statuses.Add((int)answer.StatusCode);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) retryAfter = answer.Headers.RetryAfter?.ToString();
        }

        Assert.Equal([201, 429], statuses.Distinct().Order());
        Assert.True(statuses.Count(status => status == 429) > Flood / 2, "Hardly any were turned away.");
        Assert.Equal(Enumerable.Repeat(201, 5), statuses.Take(5));
        Assert.InRange(int.Parse(retryAfter!), 1, 60);
        (await api.GetAsync("call-backs")).MustRefuse(429, 1017);

        using var another = app.As("supervisor");
        Assert.Equal(HttpStatusCode.OK, (await another.GetAsync("api/call-backs?state=waiting", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Reports_are_counted_apart_and_strictly()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: "Vcas:Limits:ExportsPerMinute=2");
        using var api = new Api(app);
        var statuses = new List<int>();
        for (var i = 0; i < 20; i++) statuses.Add((await api.GetAsync("reports/uptake")).Status);
        Assert.Contains(429, statuses);
        (await api.GetAsync("call-backs")).Must(200);
    }

    [Fact]
    public async Task Searches_are_counted_apart_so_that_nobody_tries_numbers_and_their_other_work_goes_on()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: "Vcas:Limits:SearchesPerMinute=3");
        using var api = new Api(app);
        var statuses = new List<int>();
        for (var i = 0; i < 20; i++)
            statuses.Add((await api.PostAsync("offers/search", new { phone = $"07700 9005{i:D2}", reason = "theyGotInTouch" })).Status);
        Assert.Equal([200, 200, 200, 429], statuses.Take(4));
        (await api.GetAsync("call-backs")).Must(200);
        (await api.GetAsync("reports/uptake")).Must(200);
    }

    [Theory]
    [InlineData("audit")]
    [InlineData("audit?format=ndjson")]
    [InlineData("offers/{0}/export?reason=audit")]
    public async Task Exports_of_the_audit_and_of_a_household_are_counted_with_the_reports(string path)
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: "Vcas:Limits:ExportsPerMinute=2");
        using var api = new Api(app);
        path = string.Format(CultureInfo.InvariantCulture, path, await api.RecordAsync(Given.Declined()));
        (await api.GetAsync(path)).Must(200);
        (await api.GetAsync("reports/uptake")).Must(200);
        (await api.GetAsync(path)).MustRefuse(429, 1017);
        (await api.GetAsync("call-backs")).Must(200);
    }

    [Fact]
    public async Task Who_need_not_sign_in_is_counted_by_the_address_that_the_platform_saw()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: "Vcas:Limits:UnsignedPerMinute=2");
        using var http = app.As(null);
        async Task<int> AskAsync(string forwarded)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "api/health");
            request.Headers.Add("X-Forwarded-For", forwarded);
            using var answer = await http.SendAsync(request, Cancellation);
            return (int)answer.StatusCode;
        }

        var statuses = new List<int>();
        // Whatever a caller writes into the header, the platform puts the address that it saw last.
        for (var i = 0; i < 20; i++) statuses.Add(await AskAsync($"192.0.2.{i}, 198.51.100.7"));
        Assert.Contains(429, statuses);
        Assert.Equal(200, await AskAsync("198.51.100.8"));
    }

    [Theory]
    [InlineData("GET", "api/health", 200)]
    [InlineData("GET", "api/call-backs", 200)]
    [InlineData("GET", "api/reports/uptake?format=csv", 200)]
    [InlineData("GET", "api/openapi.json", 200)]
    [InlineData("GET", "api/offers/none", 400)]
    [InlineData("PUT", "api/offers/9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001", 415)]
    public async Task Every_answer_carries_the_security_headers(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await shared.App.Http.SendAsync(request, Cancellation);
        Assert.Equal(status, (int)answer.StatusCode);
        MustCarryTheHeaders(answer);
    }

    [Fact]
    public async Task A_refusal_at_the_door_carries_them_too()
    {
        using var stranger = shared.App.As(null);
        using var answer = await stranger.GetAsync("api/call-backs", Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        MustCarryTheHeaders(answer);
    }

    [Fact]
    public async Task An_address_longer_than_any_of_ours_is_not_looked_at()
    {
        (await shared.Api.GetAsync($"call-backs?team={new string('x', 3_000)}")).MustRefuse(414, 1016);
        (await shared.Api.GetAsync("call-backs")).Must(200);
    }

    [Fact]
    public async Task Headers_larger_than_any_client_sends_are_turned_away_and_the_app_goes_on()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/call-backs");
        request.Headers.TryAddWithoutValidation("X-Filler", new string('x', 40_000));
        using var http = shared.App.As(null);
        Assert.Equal(431, (int)(await http.SendAsync(request, Cancellation)).StatusCode);
        (await shared.Api.GetAsync("call-backs")).Must(200);
    }

    private static void MustCarryTheHeaders(HttpResponseMessage answer)
    {
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", Header(answer, "Content-Security-Policy"));
        Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
        Assert.StartsWith("max-age=", Header(answer, "Strict-Transport-Security"), StringComparison.Ordinal);
        Assert.Null(Header(answer, "Server"));
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    private static StringContent Json(string text) => new(text, new MediaTypeHeaderValue("application/json"));
}
