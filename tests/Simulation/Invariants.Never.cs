using System.Net.Http.Json;
using System.Text.Json;
using Vcas.Domain.Households;
using Vcas.Domain.Reporting;

namespace Simulation;

/// <summary>After "never" nobody could have been shown the number or phoned, and nobody was reminded to.</summary>
internal sealed partial class Invariants
{
    /// <summary>
    /// Whoever opens a household whose number is never to be called, as its caller or as its supervisor, is shown none.
    /// </summary>
    public async Task AssertNobodyIsShownAsync(IReadOnlyList<HttpClient> readers, CancellationToken cancellation)
    {
        foreach (var id in people.Silent().Concat(people.SilentThemselves()).Distinct().ToList())
        {
            foreach (var reader in readers)
            {
                var offer = await reader.GetFromJsonAsync<JsonElement>($"api/offers/{id}?reason=callBack", cancellation);
                if (!offer.TryGetProperty("contact", out var contact) || !contact.TryGetProperty("phone", out _)) continue;
                throw new InvariantBrokenException(
                    $"{id} ({offer.GetProperty("state")}) is shown with a number that is never to be called; "
                    + Told(await store.TrailAsync(id, cancellation)));
            }
        }
    }

    // From the first look at which a number was known for one that is never to be called nothing makes anybody call it.
    private async Task NobodyIsSentToCallAsync(bool isCalm, CancellationToken cancellation)
    {
        var silent = people.Silent().ToHashSet();
        foreach (var id in seen.SilentSince.Keys.Where(id => !silent.Contains(id)).ToList()) seen.SilentSince.Remove(id);
        foreach (var id in silent)
        {
            if (await store.FindAsync(id, cancellation) is not { Household: var offer }) continue;
            if (!offer.IsOpen || !seen.SilentSince.TryGetValue(id, out var since)) since = seen.SilentSince[id] = offer.Revision;
            if (offer.Revision > since)
            {
                var trail = await store.TrailAsync(id, cancellation);
                var wrong = trail.Skip(since).FirstOrDefault(recorded => SendsSomebodyToCall(recorded.Event));
                Must(wrong is null, $"{id} is never to be called since revision {since}: {Told(trail)}");
            }

            if (!isCalm || !offer.IsOpen || offer.IsHeldForSupervisor) continue;
            // Who was recorded just now is held by its orchestration, which is at work on it.
            await app.WhenIdleAsync(cancellation);
            if ((await store.FindAsync(id, cancellation))!.Household is { IsOpen: false } or { IsHeldForSupervisor: true }) continue;
            throw new InvariantBrokenException(
                $"{id} ({offer.State}) is never to be called, and isn't held: {Told(await store.TrailAsync(id, cancellation))}");
        }
    }

    private static bool SendsSomebodyToCall(HouseholdEvent happened) => happened is CallBackDue or CallBackReminded
        || happened is AttemptRecorded
        {
            Direction: CallDirection.Outgoing,
            By: AttemptWay.Phone,
            Outcome: not (CallOutcome.DoNotContact or CallOutcome.Died),
        };

    private static string Told(IReadOnlyList<RecordedEvent> trail) =>
        string.Join("; ", trail.Select(recorded => $"{recorded.At:MM-dd HH:mm} {NameOf(recorded.Event)}"));
}
