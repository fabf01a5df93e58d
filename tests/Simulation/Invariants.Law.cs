using Vcas.Domain.Households;
using Vcas.Domain.Reporting;

namespace Simulation;

/// <summary>Nobody who is held for disclosure is erased, no review of that is forgotten, and what somebody said is kept.</summary>
internal sealed partial class Invariants
{
    private async Task NothingHeldIsErasedAsync(CancellationToken cancellation)
    {
        foreach (var id in people.HeldForDisclosure.ToList())
        {
            var offer = (await store.FindAsync(id, cancellation))?.Household;
            Must(offer is { Erasure: null, DisclosureHold: not null }, $"{id} was confirmed as held for disclosure, and isn't any more");
        }
    }

    private void WhatWasSaidIsKept(IReadOnlyDictionary<Guid, Household> offers)
    {
        foreach (var id in people.Consenting)
            Must(
                offers[id].Erasure is not null || offers[id].Details.Consents.Count > 0, $"{id}: what they said yes or no to is not kept");
        foreach (var offer in offers.Values.Where(offer => offer.DisclosureHold is not null))
            Must(
                offer.DisclosureHold!.ReviewAt > now - Overdue || offer.DisclosureHold.RemindAt is not null,
                $"{offer.Id}: a disclosure hold's review has passed, and nobody was told");
    }

    private static void NothingHeldWasErased(Household offer, IReadOnlyList<RecordedEvent> trail)
    {
        var isHeld = false;
        foreach (var entry in trail)
        {
            isHeld = entry.Event switch { DisclosureHoldPlaced => true, DisclosureHoldReleased => false, _ => isHeld };
            Must(!(isHeld && entry.Event is HouseholdErased), $"{offer.Id} was erased while it was held for disclosure: {Told(trail)}");
        }
    }
}
