using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAzure;

namespace VcasLocal.Running.Seeding;

/// <summary>
/// Brings the invented households by the requests that officers, callers, supervisors and VCAS make, each as who they are: nothing is
/// written past the app. Whatever was brought before is left as somebody has made it since.
/// </summary>
internal sealed class Seeder : IDisposable
{
    private const int PolicyDays = 21;

    // Ten seconds on the page, and ten for a slow line.
    private static readonly TimeSpan UndoTime = TimeSpan.FromSeconds(21);

    private readonly LocalAzureHost azure;
    private readonly HttpClient http;
    private readonly bool isFast;
    private readonly CancellationToken cancellation;

    private Seeder(LocalAzureHost azure, bool isFast, CancellationToken cancellation)
    {
        (this.azure, this.isFast, this.cancellation) = (azure, isFast, cancellation);
        http = new HttpClient { BaseAddress = azure.Address };
    }

    /// <summary>Brings them; gives what to say of it.</summary>
    /// <param name="azure">What stands in for Azure.</param>
    /// <param name="vcas">VCAS's page.</param>
    /// <param name="isFast">Whether weeks pass in a minute, and VCAS answers by itself: then nothing stays as it was brought.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="CannotStartException">The app refused one.</exception>
    public static async Task<string> RunAsync(LocalAzureHost azure, Uri vcas, bool isFast, CancellationToken cancellation)
    {
        using var seeder = new Seeder(azure, isFast, cancellation);
        return await seeder.RunAsync(vcas);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<string> RunAsync(Uri vcas)
    {
        var now = await NowAsync();
        var waiting = new List<(SeededHousehold Household, JsonElement Offer)>();
        var recorded = 0;
        foreach (var household in SeededHouseholds.All)
        {
            var (offer, isNew) = await RecordAsync(household, now);
            if (isNew) recorded++;
            if (offer is { } open && IsUntouched(open)) waiting.Add((household, open));
        }

        var moved = await UntilDueAsync(waiting);
        foreach (var (household, _) in waiting.Where(one => one.Household.HasSequel))
            await GoOnAsync(household, await NowAsync());
        // VCAS is told of a yes once nobody can undo it any more.
        if (waiting.Any(one => one.Household.IsTakenOn)) await AdvanceAsync(UndoTime);
        await azure.WhenIdleAsync(cancellation);
        using (var page = new VcasPage(vcas))
        {
            foreach (var (household, _) in waiting.Where(one => one.Household.IsTakenOn))
                await page.TakeOnAsync(household.Id, $"VC-{household.Number:D4}", cancellation);
        }

        if (isFast)
        {
            return """
                  Ten invented households are there. While you look, calls fall due and become overdue, and VCAS answers by itself.
                """;
        }

        if (recorded == 0) return "  The ten invented households were there already, and are as you left them.";
        return """
              Ten invented households are there. As caller you see three calls that are due, the one whose hours end first on top, and one
              that nobody answered; as supervisor a danger that nobody has acknowledged, and a call that is held; as officer you record
              another. On VCAS's page a referral waits.
            """
            + (moved is { } until
                ? $"\n  Nobody is called at this hour: the app's clock was moved on to {until:dddd d MMMM, HH:mm} UTC."
                : "");
    }

    // The answer where the household is there now: recorded, or recorded before and perhaps changed since.
    private async Task<(JsonElement? Offer, bool IsNew)> RecordAsync(SeededHousehold household, DateTimeOffset now)
    {
        var (status, offer) = await SendAsync("officer", HttpMethod.Put, $"api/offers/{household.Id}", household.Offer(now));
        if (status is HttpStatusCode.Created or HttpStatusCode.OK) return (offer, status == HttpStatusCode.Created);
        // Brought before: the offer was made on another day, as seen from today. Or its people have been erased since.
        if (status != HttpStatusCode.Conflict) throw Refused(household, offer);
        (status, offer) = await SendAsync("supervisor", HttpMethod.Get, $"api/offers/{household.Id}?reason=supervision");
        return (status == HttpStatusCode.OK ? offer : null, false);
    }

    private static bool IsUntouched(JsonElement offer) =>
        offer.GetProperty("state").GetString() is "waiting" or "due"
        && offer.GetProperty("attempts").GetArrayLength() == 0
        && !(offer.TryGetProperty("earlierHolds", out var holds) && holds.GetArrayLength() > 0);

    // At night and on days off nobody is to be called. Then the clock is moved on to when somebody is; gives to when.
    private async Task<DateTime?> UntilDueAsync(List<(SeededHousehold Household, JsonElement Offer)> waiting)
    {
        await azure.WhenIdleAsync(cancellation);
        var now = await NowAsync();
        // Those alone whose three weeks are over: the others wait as they should.
        var calls = waiting.Where(one => one.Household.DaysAgo > PolicyDays && one.Offer.TryGetProperty("callFrom", out _))
            .Select(one => one.Offer.GetProperty("callFrom").GetDateTimeOffset()).ToList();
        if (calls.Count == 0 || calls.Max() <= now) return null;
        var ahead = calls.Max() - now + TimeSpan.FromSeconds(1);
        await AdvanceAsync(ahead);
        return calls.Max().UtcDateTime;
    }

    private async Task AdvanceAsync(TimeSpan by)
    {
        using var advanced = await http.PostAsJsonAsync("local/clock/advance", new { by }, cancellation);
        advanced.EnsureSuccessStatusCode();
    }

    private async Task GoOnAsync(SeededHousehold household, DateTimeOffset now)
    {
        var (role, method, what, body) = household.Hold is { } reason
            ? ("supervisor", HttpMethod.Put, "hold", new JsonObject { ["reason"] = reason, ["reviewAt"] = Instant(now.AddDays(7)) })
            : ("caller", HttpMethod.Post, "attempts",
                new JsonObject { ["attemptId"] = household.AttemptId, ["outcome"] = household.Outcome, ["safetyChecked"] = true });
        var (status, answer) = await SendAsync(role, method, $"api/call-backs/{household.Id}/{what}", body);
        if (status != HttpStatusCode.OK) throw Refused(household, answer);
    }

    private async Task<DateTimeOffset> NowAsync() =>
        (await http.GetFromJsonAsync<JsonElement>("local/clock", cancellation)).GetProperty("now").GetDateTimeOffset();

    private async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(
        string role, HttpMethod method, string path, JsonObject? body = null)
    {
        using var given = await http.PostAsync(new Uri($"local/identity/token?role={role}", UriKind.Relative), null, cancellation);
        given.EnsureSuccessStatusCode();
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await given.Content.ReadAsStringAsync(cancellation));
        using var answer = await http.SendAsync(request, cancellation);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation));
    }

    // A refusal says nothing of the household, but of what to change.
    private static CannotStartException Refused(SeededHousehold household, JsonElement problem) => new(
        $"Invented household {household.Number} was refused: {problem.GetProperty("code")} {problem.GetProperty("detail")} "
        + "What was recorded before it is there; without --seed it starts.");

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
