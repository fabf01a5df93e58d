using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Simulation;

/// <summary>
/// Numbers that households share, and what is said of them. From the moment at which "never" is confirmed under one offer, nobody is shown
/// that number for another: they look, as a caller does, by a claim.
/// </summary>
internal sealed partial class People
{
    // Few enough that households of one world share them.
    private const int Numbers = 30;

    private static readonly string[] TakenBack = ["recordedInError", "wrongNumber", "householdAsked"];

    // The number of each household as far as it is known for certain: a request that was not confirmed may have been stored all the same.
    private readonly Dictionary<Guid, string> numbers = [];

    // Under which offers a number was confirmed as one that is never to be called.
    private readonly Dictionary<string, HashSet<Guid>> never = [];

    private readonly Dictionary<Guid, string> teams = [];

    // Whose closing somebody may undo.
    private readonly List<Guid> ended = [];

    private static readonly string[] WelfareOutcomes = ["spokenTo", "spokenTo", "noAnswer", "unsafeToContact", "seenByAnother"];

    private readonly List<Guid> endangered = [];
    private readonly List<Guid> seenTo = [];

    // Households for which a supervisor has decided, whatever was said elsewhere.
    private readonly HashSet<Guid> decided = [];

    /// <summary>That a number was shown to whom it must not be shown to; nothing, while all is well.</summary>
    public string? ShownInSpite { get; private set; }

    /// <summary>That several households had one number, by name.</summary>
    public IEnumerable<string> SharedNumbers()
    {
        foreach (var sharing in numbers.Where(pair => Recorded.ContainsKey(pair.Key)).GroupBy(pair => pair.Value, pair => teams[pair.Key]))
        {
            if (sharing.Distinct().Count() > 1) yield return Kinds.TwoTeams;
            if (sharing.GroupBy(team => team).Any(team => team.Count() > 1)) yield return Kinds.TwoHouseholds;
        }
    }

    // The same family is met again.
    private string NumberFor(Guid id) => numbers[id] =
        numbers.Count > 0 && random.Next(4) == 0
            ? numbers.Values.ElementAt(random.Next(numbers.Count))
            : $"07700 900{100 + random.Next(Numbers)}";

    /// <summary>
    /// Whose number, as far as it is known for certain, is never to be called for what was said under another offer, and nobody has decided
    /// otherwise: none of them may be called while they are open.
    /// </summary>
    public IEnumerable<Guid> Silent() => numbers
        .Where(pair => Recorded.ContainsKey(pair.Key) && !decided.Contains(pair.Key)
            && never.TryGetValue(pair.Value, out var offers) && offers.Any(offer => offer != pair.Key))
        .Select(pair => pair.Key);

    /// <summary>Who asked for themselves never to be called.</summary>
    public IEnumerable<Guid> SilentThemselves() => never.Values.SelectMany(offers => offers).Where(Recorded.ContainsKey);

    /// <summary>
    /// A household's number as it was confirmed, and its team; no number where it isn't known for certain, or there is none.
    /// </summary>
    public (string? Number, string Team) Told(Guid id) => (numbers.GetValueOrDefault(id), teams[id]);

    private void Confirmed(Sent offer)
    {
        Recorded[offer.Id] = offer.Answer;
        if (offer.IsColleagues) Colleagues.Add(offer.Id);
        if (offer.Answer == "accepted") Accepted.Add(offer.Id);
        if (offer.Answer == "doNotContact") Bar(offer.Id);
    }

    private void Said(Guid id, Guid attemptId, string outcome, bool isConfirmed)
    {
        // Who comes forward by itself may be called again, whether or not that was confirmed.
        if (outcome == "accepted") Free(id);
        if (!isConfirmed) return;
        Attempts[attemptId] = id;
        if (outcome == "accepted") Accepted.Add(id);
        // An offer that was recorded with this answer keeps no number that could be barred again.
        if (outcome == "doNotContact" && Recorded.GetValueOrDefault(id) != outcome) Bar(id);
        if (outcome is "declined" or "died") ended.Add(id);
    }

    private void Bar(Guid id)
    {
        if (!numbers.TryGetValue(id, out var number)) return;
        if (!never.TryGetValue(number, out var offers)) never[number] = offers = [];
        offers.Add(id);
    }

    // Whether or not it was confirmed: what may have been taken back says nothing any more.
    private void Free(Guid id)
    {
        foreach (var offers in never.Values) offers.Remove(id);
    }

    private List<string> SilentFor(Guid id) =>
        [.. never.Where(pair => pair.Value.Any(offer => offer != id)).Select(pair => pair.Key)];

    // Who calls claims the call first, and is then shown the number; of two who want to call at the same moment one may.
    private async Task<bool> MayCallAsync(HttpClient http, HttpClient other, Guid id)
    {
        if (random.Next(2) == 0) return true;
        var silent = SilentFor(id);
        if (random.Next(2) == 0) return await ClaimAsync(http, id, silent) == HttpStatusCode.OK;
        var claims = await Task.WhenAll(ClaimAsync(http, id, silent), ClaimAsync(other, id, silent));
        if (claims is [HttpStatusCode.OK, HttpStatusCode.OK]) ShownInSpite = $"{id}: two were told to call";
        if (claims.Contains(HttpStatusCode.OK) && claims.Contains(HttpStatusCode.Conflict)) Sights.Add(Kinds.TwoCallers);
        return claims[0] == HttpStatusCode.OK;
    }

    private async Task<HttpStatusCode?> ClaimAsync(HttpClient http, Guid id, List<string> silent, bool isChecked = false)
    {
        try
        {
            using var answer = await http.PutAsJsonAsync($"api/call-backs/{id}/claim", new { sameNumberChecked = isChecked });
            if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.Conflict) return answer.StatusCode;
            var offer = await answer.Content.ReadFromJsonAsync<JsonElement>();
            SeeOthers(offer);
            if (!answer.IsSuccessStatusCode) return answer.StatusCode;
            if (decided.Contains(id)) return answer.StatusCode;
            if (!offer.TryGetProperty("contact", out var contact) || !contact.TryGetProperty("phone", out var phone))
                return answer.StatusCode;
            var shown = $"0{phone.GetString()![3..7]} {phone.GetString()![7..]}";
            if (silent.Contains(shown)) ShownInSpite = $"{id} was called at a number that is never to be called";
            return answer.StatusCode;
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    private async Task WithdrawAsync(HttpClient http, Guid id)
    {
        var reason = Withdrawals[random.Next(Withdrawals.Length)];
        if (reason == "recordedInError") Free(id);
        if (!await TryAsync(() => http.PostAsJsonAsync($"api/offers/{id}/withdrawal", new { reason }))) return;
        if (reason == "doNotContact") Bar(id);
        else ended.Add(id);
    }

    // Who says yes while their number is known to be wrong keeps the yes and loses the number.
    private void NumberMayBeGone(Guid id, JsonElement? answer)
    {
        if (answer is { } offer && offer.TryGetProperty("contact", out var contact) && contact.GetProperty("routes").EnumerateArray()
            .Any(route => route.GetProperty("kind").GetString() == "phone" && route.GetProperty("confirmedInPerson").GetBoolean()))
            return;
        numbers.Remove(id);
    }

    // Whose yes waits until somebody knows how to reach them.
    private static async Task<IReadOnlyList<Guid>> AwaitingRouteAsync(HttpClient http)
    {
        try
        {
            var page = await http.GetFromJsonAsync<JsonElement>("api/referrals?state=awaitingRoute");
            return [.. page.GetProperty("referrals").EnumerateArray().Select(row => row.GetProperty("referralId").GetGuid())];
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            return [];
        }
    }

    private async Task ChangeContactAsync(HttpClient http, Guid id)
    {
        var (before, after) = (numbers.GetValueOrDefault(id), NumberFor(id));
        numbers.Remove(id);
        if (await TryAsync(() => http.PutAsJsonAsync($"api/offers/{id}/contact", ContactOf(after)))) numbers[id] = after;
        else if (before is null) decided.Add(id);
    }

    // Somebody hears of it when nobody calls any more, or while somebody still does; sent twice, as from a bad signal.
    private async Task EndangerAsync(HttpClient http, Guid id)
    {
        id = OneOf(ended) ?? id;
        var danger = new { risks = new[] { "violence" }, childMayBeDirectVictim = random.Next(4) == 0 };
        if (await TryAsync(() => http.PostAsJsonAsync($"api/offers/{id}/danger", danger))) endangered.Add(id);
        await TryAsync(() => http.PostAsJsonAsync($"api/offers/{id}/danger", danger));
        if (random.Next(2) == 0) await TryAsync(() => http.PostAsJsonAsync($"api/offers/{id}/danger/acknowledgement", new { }));
        if (random.Next(3) == 0) await SeeToAsync(http, id);
    }

    // The day of the offer was mistyped: on the way its call moves.
    private Task<bool> CorrectDateAsync(HttpClient http, Guid id, DateTimeOffset now) => TryAsync(() => http.PutAsJsonAsync(
        $"api/offers/{id}/details", new
        {
            offeredAt = now - TimeSpan.FromDays(random.Next(4, 19) / (double)pace),
            offeredAtConfirmed = true,
            lawfulBasis = "publicTask",
        }));

    private async Task SetRightAsync(HttpClient http, Guid id)
    {
        switch (random.Next(5))
        {
            case 0:
                await TryAsync(() => http.PutAsJsonAsync(
                    $"api/offers/{id}/details", new { crimeReference = $"CRI-{random.Next(100)}", risks = new[] { "other", "violence" } }));
                break;
            case 1:
                id = OneOf(ended) ?? id;
                Free(id);
                await TryAsync(() => http.PostAsJsonAsync($"api/offers/{id}/reopening", new { reason = "closedInError" }));
                break;
            case 2 when never.Values.SelectMany(offers => offers).FirstOrDefault() is var silent && silent != default:
                Free(silent);
                await TryAsync(() => http.PostAsJsonAsync(
                    $"api/offers/{silent}/never/withdrawal", new { reason = TakenBack[random.Next(TakenBack.Length)] }));
                break;
            case 3:
                await TryAsync(() => http.PostAsJsonAsync($"api/offers/{id}/danger/acknowledgement", new { }));
                break;
            default:
                await SeeToAsync(http, OneOf(endangered) ?? id);
                break;
        }
    }

    private async Task SeeToAsync(HttpClient http, Guid id)
    {
        var action = random.Next(8) == 0 ? (object)new { action = "none", reason = "noLongerTrue" } : new { action = "welfareCheck" };
        if (await TryAsync(() => http.PostAsJsonAsync($"api/offers/{id}/danger/action", action))) seenTo.Add(id);
    }

    // How they are, some days later or too early; sent twice, as from a bad signal.
    private async Task AskHowTheyAreAsync(HttpClient http, Guid id)
    {
        var outcome = WelfareOutcomes[random.Next(WelfareOutcomes.Length)];
        var made = new { attemptId = Guid.NewGuid(), outcome, by = "phone", safetyChecked = true };
        await TryAsync(() => http.PostAsJsonAsync($"api/offers/{id}/danger/welfare-contact", made));
        await TryAsync(() => http.PostAsJsonAsync($"api/offers/{id}/danger/welfare-contact", made));
    }

    // The queue stands still, or VCAS says that it has nothing: a message is sent again, and a file goes by hand.
    private async Task BringOnAsync(HttpClient http, Guid id)
    {
        await TryAsync(() => http.PostAsync(new Uri($"api/referrals/{id}/sending", UriKind.Relative), null));
        if (random.Next(2) != 0) return;
        try
        {
            using var file = await http.PostAsync(new Uri("api/referrals/sealed-file", UriKind.Relative), null);
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The app was cut down meanwhile: whoever wanted the file asks again.
        }
    }
}
