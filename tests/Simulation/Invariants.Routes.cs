using Vcas.Domain.Households;
using Vcas.Domain.Reporting;

namespace Simulation;

/// <summary>A yes is sent as soon as a safe route is known; until then somebody is told of it, again and again.</summary>
internal sealed partial class Invariants
{
    private void NoYesIsForgotten(Household offer, IReadOnlyList<RecordedEvent> trail)
    {
        if (offer.Details.Contact?.OtherRoutes.Count > 0) sights.Add(Kinds.SeveralRoutes);
        if (offer.AwaitsRoute)
            Must(offer.RouteTask?.RemindAt > now - Overdue, $"{offer.Id} said yes and is forgotten: {Told(trail)}");
        var since = trail.SkipWhile(entry => entry.Event is not OfferAccepted { NeedsSafeRoute: true }).ToList();
        if (since.Count == 0) return;
        sights.Add(Kinds.YesWithoutRoute);
        var isFound = since.Any(entry => entry.Event is SafeRouteFound);
        var isSent = since.Any(entry => entry.Event is ReferralSent);
        var isOver = since.Any(entry => entry.Event is ReferralWithdrawn);
        Must(isFound || !isSent, $"{offer.Id} was sent, and nobody could reach it: {Told(trail)}");
        Must(isSent || !isFound || isOver, $"{offer.Id} can be reached and was not sent: {Told(trail)}");
        if (isFound && isSent) sights.Add(Kinds.YesWithRouteLater);
    }
}
