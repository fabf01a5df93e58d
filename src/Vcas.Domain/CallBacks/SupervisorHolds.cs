using Vcas.Domain.Offers;

namespace Vcas.Domain.CallBacks;

/// <summary>
/// Holds that the supervisor alone knows of and ends: for what was said under another offer, perhaps another team's. To everybody
/// else the household is as it would be without: waiting, or held for the reason that they know. Otherwise anyone who records a number
/// would learn what somebody else has said about it.
/// </summary>
public static class SupervisorHolds
{
    /// <summary>Whether only the household's supervisor knows of a hold for this reason, and ends it.</summary>
    public static bool IsForSupervisor(this HoldReason reason) => reason is HoldReason.NeverToBeCalled or HoldReason.LikelyDuplicate;

    /// <summary>
    /// Holds a household of which a call may still be made, for its supervisor's decision, who is told at once. Where the supervisor
    /// has decided before that this offer doesn't stand in the way, and where one decision is awaited already, nothing changes; but for
    /// a number that is never to be called, which weighs more than that support was accepted elsewhere: until they decide nobody is
    /// shown it.
    /// </summary>
    /// <param name="offer">The household that might be called.</param>
    /// <param name="reason">Why not.</param>
    /// <param name="causedBy">The other offer.</param>
    /// <param name="by">The role in which somebody said it there.</param>
    /// <param name="moment">Now.</param>
    public static Transition HoldForSupervisor(this Offer offer, HoldReason reason, Guid causedBy, string by, Moment moment)
    {
        if (!offer.IsOpen || causedBy == offer.Id || offer.Overruled.Contains(causedBy) || !offer.IsHeldLessThanFor(reason))
            return offer.Unchanged();

        var reviewAt = moment.Calendar.NextCallMoment(moment.Now.AddDays(offer.Policy.ReviewDays));
        var held = offer.PutOnHold(reason, reviewAt, tellsTheSupervisor: false, moment);
        return (held with { Hold = held.Hold! with { CausedBy = causedBy, Beneath = offer.KnownHold } })
            .WithNotice("decision", DispatchKind.DecisionNeeded)
            .After(new CallBackHeld(reason, reviewAt, causedBy, by));
    }

    /// <summary>Whether no supervisor's hold is in force, or one for a lesser reason than this.</summary>
    public static bool IsHeldLessThanFor(this Offer offer, HoldReason reason) =>
        !offer.IsHeldForSupervisor || (reason == HoldReason.NeverToBeCalled && offer.Hold!.Reason != HoldReason.NeverToBeCalled);

    /// <summary>The reason has gone: the mark was taken back, or its offer was recorded in error.</summary>
    public static Transition EndHoldFor(this Offer offer, Guid causedBy, Moment moment) =>
        offer.IsHeldForSupervisor && offer.Hold!.CausedBy == causedBy
            ? offer.WithoutSupervisorsHold(moment).After(new HoldEnded(ForSupervisor: true))
            : offer.Unchanged();

    /// <summary>The offer as those know it who are not its supervisor.</summary>
    public static Offer AsOthersKnowIt(this Offer offer, DateTimeOffset now)
    {
        if (!offer.IsHeldForSupervisor) return offer;
        var hold = offer.Hold!;
        return offer with
        {
            State = hold.Beneath is null ? OfferState.Waiting : OfferState.Held,
            Hold = hold.Beneath,
            CallFrom = KnownCallFrom(offer.CallFrom, hold.ReviewAt, now),
            UntoldSince = null,
            Overruled = [],
        };
    }

    /// <summary>From when others may expect the call: as planned or, once that has passed, when it is looked at again.</summary>
    public static DateTimeOffset? KnownCallFrom(DateTimeOffset? callFrom, DateTimeOffset? reviewAt, DateTimeOffset now) =>
        callFrom >= now ? callFrom : reviewAt;

    /// <summary>The offer as it is without the supervisor's hold.</summary>
    internal static Offer WithoutSupervisorsHold(this Offer offer, Moment moment) =>
        (offer.Hold?.Beneath is { } beneath ? offer with { Hold = beneath } : offer.BackFromHold(moment)) with
        {
            Outbox = offer.WhatLasts(),
        };

    // No decision is needed any more.
    private static IReadOnlyList<Dispatch> WhatLasts(this Offer offer) => [.. offer.Outbox.Where(dispatch => dispatch.IsLasting)];
}
