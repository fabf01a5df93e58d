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

    // Households for which a supervisor has decided, whatever was said elsewhere.
    private readonly HashSet<Guid> decided = [];

    /// <summary>A number that somebody was shown although it was never to be called; none, while all is well.</summary>
    public string? ShownInSpite { get; private set; }

    private string NumberFor(Guid id) => numbers[id] = $"07700 900{100 + random.Next(Numbers)}";

    private void Confirmed(Guid id, string answer)
    {
        Recorded[id] = answer;
        if (answer == "accepted") Accepted.Add(id);
        if (answer == "doNotContact") Bar(id);
    }

    private void Said(Guid id, string outcome, bool isConfirmed)
    {
        if (isConfirmed && outcome == "accepted") Accepted.Add(id);
        if (isConfirmed && outcome == "doNotContact") Bar(id);
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

    // Who calls claims the call first, and is then shown the number.
    private async Task<bool> MayCallAsync(HttpClient http, Guid id)
    {
        if (random.Next(2) == 0) return true;
        try
        {
            var silent = never.Where(pair => pair.Value.Any(other => other != id)).Select(pair => pair.Key).ToList();
            using var answer = await http.PutAsJsonAsync($"api/call-backs/{id}/claim", new { });
            if (!answer.IsSuccessStatusCode) return false;
            var offer = await answer.Content.ReadFromJsonAsync<JsonElement>();
            if (decided.Contains(id) || !offer.TryGetProperty("contact", out var contact) || !contact.TryGetProperty(
                "phone", out var phone))
                return true;
            var shown = $"0{phone.GetString()![3..7]} {phone.GetString()![7..]}";
            if (silent.Contains(shown)) ShownInSpite = $"{id} was called at a number that is never to be called";
            return true;
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    private async Task WithdrawAsync(HttpClient http, Guid id)
    {
        var reason = Withdrawals[random.Next(Withdrawals.Length)];
        if (reason == "recordedInError") Free(id);
        if (await TryAsync(() => http.PostAsJsonAsync($"api/offers/{id}/withdrawal", new { reason })) && reason == "doNotContact") Bar(id);
    }

    private async Task ChangeContactAsync(HttpClient http, Guid id)
    {
        var (before, after) = (numbers.GetValueOrDefault(id), NumberFor(id));
        numbers.Remove(id);
        if (await TryAsync(() => http.PutAsJsonAsync($"api/offers/{id}/contact", ContactOf(after)))) numbers[id] = after;
        else if (before is null) decided.Add(id);
    }

    private async Task SetRightAsync(HttpClient http, Guid id)
    {
        switch (random.Next(5))
        {
            case 0:
                await TryAsync(() => http.PutAsJsonAsync(
                    $"api/offers/{id}/details", new { crimeReference = $"CRI-{random.Next(100)}", risks = new[] { "other", "violence" } }));
                break;
            case 1:
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
                await TryAsync(() => http.PostAsJsonAsync($"api/offers/{id}/danger/action", new { action = "welfareCheck" }));
                break;
        }
    }
}
