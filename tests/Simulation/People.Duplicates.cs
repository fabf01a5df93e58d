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
    private const int Cases = 5;

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

    // Two callers open two households of one phone at the same moment, each sure of what they do. Then one of them has called, and the
    // other opens theirs again.
    private async Task RingOneNumberAsync(HttpClient http, HttpClient other, DateTimeOffset now)
    {
        var due = await ListedAsync(http, "due");
        if (random.Next(2) == 0 && OneOf([.. due.Where(numbers.ContainsKey)]) is { } first)
            due = [.. due, await RecordLateAsync(http, first, now)];
        if (OneOf([.. PairsOfOneNumber(due)]) is not { } pair) return;
        var (one, another) = pair;
        var claims = await Task.WhenAll(
            ClaimAsync(http, one, SilentFor(one), isChecked: true), ClaimAsync(other, another, SilentFor(another), isChecked: true));
        if (claims is [HttpStatusCode.OK, HttpStatusCode.OK]) ShownInSpite = $"{one} and {another}: two were told to call one number";
        if (claims[0] == HttpStatusCode.OK)
        {
            var attempt = new { attemptId = NewId(), outcome = "noAnswer", safetyChecked = true };
            var isConfirmed = await TryAsync(() => http.PostAsJsonAsync($"api/call-backs/{one}/attempts", attempt));
            Said(one, attempt.attemptId, attempt.outcome, isConfirmed);
            await ClaimAsync(other, another, SilentFor(another));
        }

        await TryAsync(() => http.DeleteAsync(new Uri($"api/call-backs/{one}/claim", UriKind.Relative)));
        await TryAsync(() => other.DeleteAsync(new Uri($"api/call-backs/{another}/claim", UriKind.Relative)));
    }

    // Of the same family, and recorded only when its three weeks are long over.
    private async Task<Guid> RecordLateAsync(HttpClient http, Guid like, DateTimeOffset now)
    {
        var id = NewId();
        numbers[id] = numbers[like];
        teams[id] = teams[like];
        var offer = new Sent(
            id,
            new
            {
                answer = "declined",
                offeredAt = now.AddDays(-30),
                offeredAtConfirmed = true,
                crimeReference = CaseOf(),
                team = teams[id],
                contact = ContactOf(numbers[id]),
            },
            "declined",
            IsColleagues: false);
        Known.Add(id);
        if (await TryAsync(() => SendAsync(offer, http, http))) Confirmed(offer);
        else unconfirmed.Enqueue(offer);
        return id;
    }

    // Two callers are answered at the same time.
    private void SeeOthers(JsonElement answer)
    {
        lock (Sights)
        {
            var code = answer.TryGetProperty("code", out var refused) ? refused.GetInt32() : 0;
            if (code == 3041) Sights.Add(Kinds.OnePhone);
            if (code == 3042) Sights.Add(Kinds.CalledToday);
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
