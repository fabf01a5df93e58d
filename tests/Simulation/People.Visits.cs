using System.Net.Http.Json;

namespace Simulation;

/// <summary>Who is met at the door, or written to: those whom nobody can phone, and now and then any other.</summary>
internal sealed partial class People
{
    private static readonly string[] AtTheDoor =
    [
        "accepted", "accepted", "declined", "declined", "declined", "declined", "declined", "declined", "noAnswer", "callLater",
        "unsafeToCall", "died", "doNotContact",
    ];

    /// <summary>Somebody goes there, or writes; at the door they may give a number, twice where nothing was confirmed.</summary>
    public async Task VisitAsync(HttpClient http, DateTimeOffset now)
    {
        // Seldom beside the calls, or too few households would be left for what calls lead to.
        if (Recorded.Count == 0 || random.Next(4) > 0) return;
        var id = random.Next(3) > 0 ? OneOf(await ListedAsync(http, "due&road=visit")) ?? AnyRecorded() : AnyRecorded();
        if (random.Next(4) == 0)
        {
            id = OneOf(await ListedAsync(http, "held&needsSafeRoute=true")) ?? id;
            // A wrong number is used no more.
            numbers.Remove(id);
            await TryAsync(() => http.PutAsJsonAsync($"api/call-backs/{id}/visit", new { }));
            return;
        }

        var isLetter = random.Next(6) == 0;
        var outcome = isLetter ? "messageLeft" : AtTheDoor[random.Next(AtTheDoor.Length)];
        var (before, after) = (numbers.GetValueOrDefault(id), default(string));
        if (outcome is "accepted" or "callLater" && random.Next(3) > 0)
        {
            after = NumberFor(id);
            numbers.Remove(id);
        }

        var attempt = new
        {
            attemptId = NewId(),
            outcome,
            by = isLetter ? "letter" : "visit",
            safetyChecked = outcome is not ("unsafeToCall" or "died"),
            reason = outcome == "unsafeToCall" ? "suspectAtAddress" : null,
            callAgainAt = outcome == "callLater" ? CallMoment(now) : (DateTimeOffset?)null,
            contact = after is null ? null : ContactOf(after),
        };
        var answer = await AskAsync(() => http.PostAsJsonAsync($"api/call-backs/{id}/attempts", attempt))
            ?? await AskAsync(() => http.PostAsJsonAsync($"api/call-backs/{id}/attempts", attempt));
        var isConfirmed = answer is not null;
        if (outcome == "accepted") NumberMayBeGone(id, answer);
        if (isConfirmed && after is not null) numbers[id] = after;
        else if (after is not null && before is null) decided.Add(id);
        Said(id, attempt.attemptId, outcome, isConfirmed);
    }

    private Guid AnyRecorded() => Recorded.Keys.ElementAt(random.Next(Recorded.Count));
}
