using System.Net.Http.Json;
using System.Text.Json;
using Vcas.Domain.Households;

namespace Simulation;

/// <summary>Whoever rings is found by the number that was confirmed for them, in whatever state they are.</summary>
internal sealed partial class Invariants
{
    private async Task EachIsFoundByItsNumberAsync(IReadOnlyDictionary<Guid, Household> offers, CancellationToken cancellation)
    {
        var told = offers.Values
            .Where(offer => people.Recorded.ContainsKey(offer.Id)
                && offer is { Erasure: null, Details.Answer: not OfferAnswer.DoNotContact })
            .Select(offer => (offer.Id, people.Told(offer.Id).Number))
            .Where(pair => pair.Number is not null)
            .ToLookup(pair => pair.Number!, pair => pair.Id);
        foreach (var number in told)
        {
            using var answer = await app.Http.PostAsJsonAsync(
                "api/offers/search", new { phone = number.Key, reason = "theyGotInTouch" }, cancellation);
            Must(answer.IsSuccessStatusCode, $"A search was answered {(int)answer.StatusCode}");
            var found = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
            var ids = found.GetProperty("households").EnumerateArray().Select(one => one.GetProperty("offerId").GetGuid()).ToHashSet();
            if (found.GetProperty("more").GetBoolean()) continue;
            foreach (var id in number) Must(ids.Contains(id), $"{id} ({offers[id].State}) is not found by its number");
            sights.Add(Kinds.FoundByNumber);
        }
    }
}
