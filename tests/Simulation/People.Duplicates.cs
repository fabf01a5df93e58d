using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Simulation;

/// <summary>
/// One household that was recorded twice, and two households that gave one phone: the one is merged, the other is never rung by two callers
/// at once.
/// </summary>
internal sealed partial class People
{
    // Few enough that households of one world share them.
    private const int Cases = 12;

    private string? CaseOf() => random.Next(3) == 0 ? null : $"OPX/{random.Next(Cases)}/24";

    // Whoever notices it presses once, and once more where the signal was bad.
    private async Task MergeAsync(HttpClient http)
    {
        var (duplicate, kept) = OneOf([.. PairsOfOneNumber(Recorded.Keys)])
            ?? (OneOf(Recorded.Keys)!.Value, OneOf(Recorded.Keys)!.Value);
        if (random.Next(2) == 0) (duplicate, kept) = (kept, duplicate);
        // What it had no number for it may have one for now, whether or not that is confirmed.
        if (numbers.GetValueOrDefault(duplicate) != numbers.GetValueOrDefault(kept)) numbers.Remove(kept);
        for (var time = random.Next(2); time < 2; time++)
        {
            var isConfirmed = await TryAsync(() => http.PostAsJsonAsync($"api/offers/{duplicate}/duplicate", new { of = kept }));
            if (isConfirmed && !ended.Contains(duplicate)) ended.Add(duplicate);
        }
    }

    // Two callers open two households of one phone at the same moment, each sure of what they do.
    private async Task RingOneNumberAsync(HttpClient http, HttpClient other)
    {
        if (OneOf([.. PairsOfOneNumber(await ListedAsync(http, "due"))]) is not { } pair) return;
        var (one, another) = pair;
        var claims = await Task.WhenAll(
            ClaimAsync(http, one, SilentFor(one), isChecked: true), ClaimAsync(other, another, SilentFor(another), isChecked: true));
        if (claims is [HttpStatusCode.OK, HttpStatusCode.OK]) ShownInSpite = $"{one} and {another}: two were told to call one number";
        if (claims.Contains(HttpStatusCode.OK) && claims.Contains(HttpStatusCode.Conflict)) Sights.Add(Kinds.OnePhone);
        await TryAsync(() => http.DeleteAsync(new Uri($"api/call-backs/{one}/claim", UriKind.Relative)));
        await TryAsync(() => other.DeleteAsync(new Uri($"api/call-backs/{another}/claim", UriKind.Relative)));
    }

    // Two callers are answered at the same time.
    private void SeeOthers(JsonElement answer)
    {
        lock (Sights)
        {
            if (answer.TryGetProperty("code", out var code) && code.GetInt32() == 3042) Sights.Add(Kinds.CalledToday);
            if (answer.TryGetProperty("case", out var others) && others.GetProperty("otherHouseholds").GetInt32() > 0)
                Sights.Add(Kinds.OneCase);
        }
    }

    private IEnumerable<(Guid, Guid)> PairsOfOneNumber(IReadOnlyCollection<Guid> ids) => ids
        .Where(id => numbers.ContainsKey(id))
        .GroupBy(id => numbers[id], StringComparer.Ordinal)
        .Select(sharing => sharing.ToList())
        .Where(sharing => sharing.Count > 1)
        .Select(sharing => (sharing[0], sharing[^1]));

    private (Guid, Guid)? OneOf(IReadOnlyList<(Guid, Guid)> pairs) => pairs.Count == 0 ? null : pairs[random.Next(pairs.Count)];
}
