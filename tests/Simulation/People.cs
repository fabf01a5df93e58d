using System.Net.Http.Json;
using System.Text.Json;

namespace Simulation;

/// <summary>
/// Officers, callers and supervisors at their devices: they send a request, and what isn't confirmed they send again under the
/// same id. What was confirmed they remember, and nobody may lose it.
/// </summary>
/// <param name="random">What they do.</param>
/// <param name="pace">How many times faster than the practice note's their force's time goes by.</param>
/// <param name="besides">What they do besides.</param>
internal sealed partial class People(Random random, int pace, Random besides)
{
    /// <summary>Words of invented people that must stand nowhere but in offers and referrals.</summary>
    public static readonly IReadOnlyList<string> Secrets = ["Quillfeather", "Thistlemoss", "7700900", "zebrafinch"];

    private static readonly string[] Answers =
        ["declined", "declined", "declined", "declined", "accepted", "accepted", "notAsked", "notAsked", "doNotContact"];

    private static readonly string[] Outcomes =
    [
        "accepted", "accepted", "accepted", "declined", "declined", "noAnswer", "noAnswer", "callLater", "unsafeToCall", "wrongNumber",
        "died", "doNotContact", "doNotContact",
    ];
    private static readonly string[] Withdrawals = ["recordedInError", "duplicate", "moved", "died", "doNotContact", "needsMet"];

    private readonly Queue<Sent> unconfirmed = new();
    private long requests;

    /// <summary>Every id that was ever sent.</summary>
    public HashSet<Guid> Known { get; } = [];

    /// <summary>What was confirmed, with its answer.</summary>
    public Dictionary<Guid, string> Recorded { get; } = [];

    /// <summary>What a colleague recorded, and is to be theirs.</summary>
    public HashSet<Guid> Colleagues { get; } = [];

    /// <summary>What was confirmed of calls and contacts, with whose household it is.</summary>
    public Dictionary<Guid, Guid> Attempts { get; } = [];

    /// <summary>How many requests have been answered, or have failed.</summary>
    public long Requests => Volatile.Read(ref requests);

    /// <summary>What these people saw happen, by name.</summary>
    public HashSet<string> Sights { get; } = [];

    /// <summary>Whose acceptance was confirmed.</summary>
    public HashSet<Guid> Accepted { get; } = [];

    /// <summary>
    /// One of two officers records an offer, or one that was kept on the phone goes out as whoever's it is; whether it was confirmed.
    /// </summary>
    public async Task<bool> RecordAsync(HttpClient http, HttpClient colleague, DateTimeOffset now)
    {
        var offer = NewOffer(now);
        if (unconfirmed.Count > 0 && random.Next(2) == 0) offer = unconfirmed.Dequeue();
        Known.Add(offer.Id);
        if (!await TryAsync(() => SendAsync(offer, http, colleague)))
        {
            unconfirmed.Enqueue(offer);
            return false;
        }

        Confirmed(offer);
        // A phone on a bad signal sends again what has long arrived, and by then a colleague may be signed in on it.
        if (random.Next(4) > 0) return true;
        var isOther = random.Next(2) == 0;
        var again = isOther ? offer with { IsColleagues = !offer.IsColleagues } : offer;
        if (await TryAsync(() => SendAsync(again, http, colleague)) && isOther) Sights.Add(Kinds.TwoUsers);
        return true;
    }

    public async Task CallBackAsync(HttpClient http, HttpClient other, DateTimeOffset now)
    {
        await RingOneNumberAsync(http, other, now);
        foreach (var id in await ListedAsync(http, "due"))
        {
            if (!await MayCallAsync(http, other, id)) continue;
            var outcome = Outcomes[random.Next(Outcomes.Length)];
            var attempt = new
            {
                attemptId = NewId(),
                outcome,
                safetyChecked = outcome is not ("unsafeToCall" or "died"),
                reason = outcome == "unsafeToCall" ? "bailChanged" : null,
                callAgainAt = outcome == "callLater" ? CallMoment(now) : (DateTimeOffset?)null,
            };
            var isSilent = Silent().Contains(id);
            var answer = await AskAsync(() => http.PostAsJsonAsync($"api/call-backs/{id}/attempts", attempt));
            if (answer is { } known && isSilent && outcome is not ("doNotContact" or "died") && !IsLate(known, attempt.attemptId))
                ShownInSpite = $"{id} was phoned at a number that is never to be called: {outcome}";
            var slips = Slips(outcome);
            Said(id, attempt.attemptId, outcome, answer is not null && !slips);
            if (slips && answer is not null) await UndoAsync(http, id, attempt.attemptId);
            else if (random.Next(4) == 0) await TryAsync(() => http.PostAsJsonAsync($"api/call-backs/{id}/attempts", attempt));
        }
    }

    public async Task SuperviseAsync(HttpClient http, DateTimeOffset now)
    {
        if (Recorded.Count == 0) return;
        var id = Recorded.Keys.ElementAt(random.Next(Recorded.Count));
        if (random.Next(12) == 0) await EndangerAsync(http, id);
        if (seenTo.Count > 0 && random.Next(3) == 0) await AskHowTheyAreAsync(http, OneOf(seenTo) ?? id);
        if (Accepted.Count > 0 && random.Next(4) == 0) await BringOnAsync(http, OneOf([.. Accepted]) ?? id);
        await DiscloseAsync(http, id, now);
        if (random.Next(8) == 0) await MergeAsync(http);
        if (random.Next(2) == 0 && OneOf(await AwaitingRouteAsync(http)) is { } waiting) await ChangeContactAsync(http, waiting);
        if (random.Next(3) == 0) await MindTheDeskAsync(http, now);
        switch (random.Next(14))
        {
            case >= 10:
                await SetRightAsync(http, id);
                await CorrectDateAsync(http, OneOf(await ListedAsync(http, "waiting")) ?? id, now);
                break;
            case 7 or 8:
                await HearAsync(http, id, now);
                break;
            case 9:
                await TryAsync(() => http.PutAsJsonAsync(
                    $"api/call-backs/{id}/call-hours", new { days = new[] { "saturday", "wednesday" }, from = "10:00", to = "19:00" }));
                break;
            case 0:
                Free(id);
                var accepted = await AskAsync(() => http.PostAsJsonAsync($"api/offers/{id}/acceptance", new { }));
                if (accepted is not null) Accepted.Add(id);
                NumberMayBeGone(id, accepted);
                break;
            case 1:
                await WithdrawAsync(http, id);
                break;
            case 2:
                await TryAsync(() => http.PutAsJsonAsync(
                    $"api/call-backs/{id}/hold", new { reason = "childrensServices", reviewAt = now.AddHours(random.Next(1, 900)) }));
                break;
            case 3:
                id = OneOf(await ListedAsync(http, "held")) ?? id;
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
        var answer = await AskAsync(() => http.PostAsJsonAsync($"api/call-backs/{id}/attempts", attempt))
            ?? await AskAsync(() => http.PostAsJsonAsync($"api/call-backs/{id}/attempts", attempt));
        var isConfirmed = answer is not null;
        if (isConfirmed) Sights.Add(Kinds.Incoming);
        if (outcome == "accepted") NumberMayBeGone(id, answer);
        Said(id, attempt.attemptId, outcome, isConfirmed);
    }

    public async Task FinishAsync(HttpClient http, HttpClient colleague)
    {
        while (unconfirmed.TryDequeue(out var offer))
        {
            using var answer = await SendAsync(offer, http, colleague);
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException(
                    $"{offer.Id} is refused although nothing is wrong: {await answer.Content.ReadAsStringAsync()}");
            Confirmed(offer);
        }
    }

    private static Task<HttpResponseMessage> SendAsync(Sent offer, HttpClient http, HttpClient colleague) =>
        (offer.IsColleagues ? colleague : http).PutAsJsonAsync($"api/offers/{offer.Id}", offer.Body);

    private async Task<bool> TryAsync(Func<Task<HttpResponseMessage>> send) => await AskAsync(send) is not null;

    // The answer where it is a confirmation; nothing where it isn't, or where none came.
    private async Task<JsonElement?> AskAsync(Func<Task<HttpResponseMessage>> send)
    {
        try
        {
            using var answer = await send();
            if (!answer.IsSuccessStatusCode) return null;
            var body = await answer.Content.ReadAsByteArrayAsync();
            return body.Length == 0 ? default(JsonElement) : JsonElement.Parse(body);
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            return null;
        }
        finally
        {
            Interlocked.Increment(ref requests);
        }
    }

    private static bool IsLate(JsonElement offer, Guid attemptId) => offer.GetProperty("attempts").EnumerateArray()
        .Any(attempt => attempt.GetProperty("attemptId").GetGuid() == attemptId
            && attempt.TryGetProperty("late", out var late) && late.GetBoolean());

    private static async Task<IReadOnlyList<Guid>> ListedAsync(HttpClient http, string state)
    {
        try
        {
            var page = await http.GetFromJsonAsync<JsonElement>($"api/call-backs?state={state}&limit=200");
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

    // Some devices are without signal for weeks.
    private TimeSpan Age() =>
        random.Next(3) == 0 ? TimeSpan.FromDays(random.Next(8, 21) / pace) : TimeSpan.FromMinutes(random.Next(0, 600));

    private Guid? OneOf(IReadOnlyCollection<Guid> ids) => ids.Count == 0 ? null : ids.ElementAt(random.Next(ids.Count));

    private Sent NewOffer(DateTimeOffset now)
    {
        var (id, answer) = (NewId(), Answers[random.Next(Answers.Length)]);
        return new Sent(id, OfferOf(id, answer, now - Age()), answer, IsColleagues: random.Next(2) == 0);
    }

    private object OfferOf(Guid id, string answer, DateTimeOffset offeredAt) => new
    {
        answer,
        offeredAt,
        offeredAtConfirmed = true,
        crimeReference = CaseOf(),
        team = teams[id] = random.Next(2) == 0 ? "online-child-abuse" : "cid-north",
        // Anyone may have no number to give, who says yes too; who asks for silence may give the one that is never to be called.
        contact = random.Next(4) == 0 ? null : ContactOf(NumberFor(id)),
        risks = RisksOf(id),
        consent = ConsentOf(id, answer, offeredAt),
    };

    private string[] RisksOf(Guid id)
    {
        var drawn = random.Next(6);
        if (drawn == 0) endangered.Add(id);
        return drawn switch { 0 => ["selfHarm"], 1 or 2 => ["suspectMayReturn"], _ => [] };
    }

    private object ContactOf(string phone) => random.Next(4) > 0
        ? new { name = "Robin Quillfeather", phone, codeWord = "zebrafinch", whoElseMayAnswer = "Aunt Thistlemoss" }
        : new
        {
            name = "Robin Quillfeather",
            routes = new object[]
            {
                new { kind = "professional", professional = "Dr Thistlemoss", reachedBy = "the surgery" },
                new { kind = "phone", phone, confirmedInPerson = true },
                new { kind = "email", email = "Quillfeather@example.org", confirmedInPerson = random.Next(2) == 0 },
            },
        };

    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    /// <summary>An offer on a phone, with whose it is.</summary>
    private sealed record Sent(Guid Id, object Body, string Answer, bool IsColleagues);
}
