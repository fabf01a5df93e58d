using System.Net.Http.Json;
using System.Text.Json;

namespace Simulation;

/// <summary>
/// Officers, callers and supervisors at their devices: they send a request, and what isn't confirmed they send again under the
/// same id. What was confirmed they remember, and nobody may lose it.
/// </summary>
internal sealed partial class People(Random random)
{
    /// <summary>Words of invented people that must stand nowhere but in offers and referrals.</summary>
    public static readonly IReadOnlyList<string> Secrets = ["Quillfeather", "Thistlemoss", "7700900", "zebrafinch"];

    private static readonly string[] Answers =
    [
        "declined", "declined", "declined", "declined", "accepted", "accepted", "notAsked", "doNotContact",
    ];
    private static readonly string[] Outcomes =
    [
        "accepted", "accepted", "declined", "declined", "noAnswer", "noAnswer", "callLater", "unsafeToCall", "wrongNumber", "died",
        "doNotContact",
    ];
    private static readonly string[] Withdrawals = ["recordedInError", "duplicate", "moved", "died", "doNotContact", "needsMet"];

    private readonly Queue<(Guid Id, object Body, string Answer)> unconfirmed = new();

    /// <summary>Every id that was ever sent.</summary>
    public HashSet<Guid> Known { get; } = [];

    /// <summary>What was confirmed, with its answer.</summary>
    public Dictionary<Guid, string> Recorded { get; } = [];

    /// <summary>Whose acceptance was confirmed.</summary>
    public HashSet<Guid> Accepted { get; } = [];

    public async Task RecordAsync(HttpClient http, DateTimeOffset now)
    {
        var answer = Answers[random.Next(Answers.Length)];
        var id = NewId();
        var offer = (Id: id, Body: OfferOf(id, answer, now - TimeSpan.FromMinutes(random.Next(0, 600))), Answer: answer);
        if (unconfirmed.Count > 0 && random.Next(2) == 0) offer = unconfirmed.Dequeue();
        Known.Add(offer.Id);
        if (!await TryAsync(() => http.PutAsJsonAsync($"api/offers/{offer.Id}", offer.Body)))
        {
            unconfirmed.Enqueue(offer);
            return;
        }

        Confirmed(offer.Id, offer.Answer);
        // A phone on a bad signal sends again what has long arrived.
        if (random.Next(4) == 0) await TryAsync(() => http.PutAsJsonAsync($"api/offers/{offer.Id}", offer.Body));
    }

    public async Task CallBackAsync(HttpClient http, DateTimeOffset now)
    {
        foreach (var id in await DueAsync(http))
        {
            if (!await MayCallAsync(http, id)) continue;
            var outcome = Outcomes[random.Next(Outcomes.Length)];
            var attempt = new
            {
                attemptId = NewId(),
                outcome,
                safetyChecked = outcome is not ("unsafeToCall" or "died"),
                reason = outcome == "unsafeToCall" ? "bailChanged" : null,
                callAgainAt = outcome == "callLater" ? CallMoment(now) : (DateTimeOffset?)null,
            };
            var isConfirmed = await TryAsync(() => http.PostAsJsonAsync($"api/call-backs/{id}/attempts", attempt));
            Said(id, outcome, isConfirmed);
            if (random.Next(4) == 0) await TryAsync(() => http.PostAsJsonAsync($"api/call-backs/{id}/attempts", attempt));
        }
    }

    public async Task SuperviseAsync(HttpClient http, DateTimeOffset now)
    {
        if (Recorded.Count == 0) return;
        var id = Recorded.Keys.ElementAt(random.Next(Recorded.Count));
        switch (random.Next(14))
        {
            case >= 10:
                await SetRightAsync(http, id);
                break;
            case 7 or 8:
                await HearAsync(http, id, now);
                break;
            case 9:
                await TryAsync(() => http.PutAsJsonAsync(
                    $"api/call-backs/{id}/call-hours", new { days = new[] { "saturday", "wednesday" }, from = "10:00", to = "19:00" }));
                break;
            case 0:
                if (await TryAsync(() => http.PostAsJsonAsync($"api/offers/{id}/acceptance", new { }))) Accepted.Add(id);
                break;
            case 1:
                await WithdrawAsync(http, id);
                break;
            case 2:
                await TryAsync(() => http.PutAsJsonAsync(
                    $"api/call-backs/{id}/hold", new { reason = "childrensServices", reviewAt = now.AddHours(random.Next(1, 900)) }));
                break;
            case 3:
                decided.Add(id);
                await TryAsync(() => http.DeleteAsync(new Uri($"api/call-backs/{id}/hold", UriKind.Relative)));
                break;
            case 4:
                await TryAsync(
                    () => http.PutAsJsonAsync($"api/call-backs/{id}/assignee", new { person = "f0000000-0000-4000-8000-000000000007" }));
                break;
            case 5:
                await ChangeContactAsync(http, id);
                break;
            default:
                await TryAsync(() => http.PostAsJsonAsync($"api/call-backs/{id}/policy", new { }));
                break;
        }
    }

    // It rings by itself, and whoever answers records what it says, twice where nothing was confirmed.
    private async Task HearAsync(HttpClient http, Guid id, DateTimeOffset now)
    {
        var outcome = Outcomes[random.Next(Outcomes.Length)];
        var attempt = new
        {
            attemptId = NewId(),
            outcome,
            direction = "incoming",
            reason = outcome == "unsafeToCall" ? "suspectAtAddress" : null,
            callAgainAt = outcome == "callLater" ? CallMoment(now) : (DateTimeOffset?)null,
        };
        var isConfirmed = await TryAsync(() => http.PostAsJsonAsync($"api/call-backs/{id}/attempts", attempt))
            || await TryAsync(() => http.PostAsJsonAsync($"api/call-backs/{id}/attempts", attempt));
        Said(id, outcome, isConfirmed);
    }

    public async Task FinishAsync(HttpClient http)
    {
        while (unconfirmed.TryDequeue(out var offer))
        {
            using var answer = await http.PutAsJsonAsync($"api/offers/{offer.Id}", offer.Body);
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException(
                    $"{offer.Id} is refused although nothing is wrong: {await answer.Content.ReadAsStringAsync()}");
            Confirmed(offer.Id, offer.Answer);
        }
    }

    private static async Task<bool> TryAsync(Func<Task<HttpResponseMessage>> send)
    {
        try
        {
            using var answer = await send();
            return answer.IsSuccessStatusCode;
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    private static async Task<IReadOnlyList<Guid>> DueAsync(HttpClient http)
    {
        try
        {
            var page = await http.GetFromJsonAsync<JsonElement>("api/call-backs?state=due&limit=200");
            return [.. page.GetProperty("callBacks").EnumerateArray().Select(row => row.GetProperty("offerId").GetGuid())];
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            return [];
        }
    }

    // A Wednesday at eleven is in call-back hours, unless it is a bank holiday; then the request is refused, as in life.
    private static DateTimeOffset CallMoment(DateTimeOffset now)
    {
        var day = now.UtcDateTime.Date.AddDays(1);
        while (day.DayOfWeek != DayOfWeek.Wednesday) day = day.AddDays(1);
        return new DateTimeOffset(day.AddHours(11), TimeSpan.Zero);
    }

    private object OfferOf(Guid id, string answer, DateTimeOffset offeredAt) => new
    {
        answer,
        offeredAt,
        // Some devices are without signal for weeks.
        offeredAtConfirmed = true,
        team = random.Next(2) == 0 ? "online-child-abuse" : "cid-north",
        // Whoever doesn't accept may give no number; who asks for silence may give the one that is never to be called.
        contact = answer != "accepted" && random.Next(4) == 0 ? null : ContactOf(NumberFor(id)),
        risks = random.Next(6) switch { 0 => new[] { "selfHarm" }, 1 or 2 => ["suspectMayReturn"], _ => [] },
    };

    private static object ContactOf(string phone) =>
        new { name = "Robin Quillfeather", phone, codeWord = "zebrafinch", whoElseMayAnswer = "Aunt Thistlemoss" };

    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
