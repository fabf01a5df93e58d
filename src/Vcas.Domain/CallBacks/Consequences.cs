using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.CallBacks;

/// <summary>What follows from an outcome: of a call that was made, and of a contact that the household made by itself.</summary>
internal static class Consequences
{
    private const int OffersOfOneHousehold = 2;

    /// <summary>What follows from a call that somebody made.</summary>
    internal static (Offer After, IReadOnlyList<OfferEvent> Events) AfterCall(this Offer offer, Attempt attempt, Moment moment)
    {
        switch (attempt.Outcome)
        {
            case CallOutcome.Accepted:
                return (offer.Refer(AcceptedWhen.AtCallBack, moment.Now, moment), [new OfferAccepted(AcceptedWhen.AtCallBack, moment.Now)]);
            case CallOutcome.Declined:
                return offer.Refused(moment);
            case CallOutcome.DoNotContact:
                return offer.Close(ClosingReason.DoNotContact, moment);
            case CallOutcome.Died:
                return offer.Close(ClosingReason.Died, moment);
            case CallOutcome.CallLater:
                return (offer.CalledAgainFrom(attempt.CallAgainAt!.Value), []);
            case CallOutcome.NoAnswer when offer.UnansweredCalls >= offer.Policy.MaxAttempts:
                return offer.Close(ClosingReason.NotReached, moment);
            case CallOutcome.NoAnswer:
                return (offer.CalledAgainFrom(offer
                    .CalendarIn(moment).NextCallMoment(moment.Calendar.AddWorkingDays(moment.Now, offer.Policy.DaysBetweenAttempts))), []);
            case CallOutcome.UnsafeToCall:
                return offer.HeldAfter(attempt.Reason!.Value, attempt, moment);
            case CallOutcome.WrongNumber:
                return offer.HeldAfter(HoldReason.WrongNumber, attempt, moment);
            default:
                throw new ArgumentOutOfRangeException(nameof(attempt), attempt.Outcome, "An outcome that nothing follows from.");
        }
    }

    /// <summary>
    /// What follows when the household got in touch by itself, or its death was told of: what it says holds in every state, but no
    /// hold ends by it, because anyone who rings may do so from where the suspect is.
    /// </summary>
    internal static (Offer After, IReadOnlyList<OfferEvent> Events) AfterContact(this Offer offer, Attempt attempt, Moment moment) =>
        (attempt.Outcome, offer.State) switch
        {
            (CallOutcome.Accepted, _) => Of(offer.Accept(moment.Now, householdAsked: true, contact: null, lawfulBasis: null, moment)),
            (CallOutcome.Declined, OfferState.Referred) => Of(offer.Withdraw(WithdrawalReason.NoLongerWanted, moment)),
            (CallOutcome.DoNotContact, OfferState.Referred) => Of(offer.Withdraw(WithdrawalReason.DoNotContact, moment)),
            (CallOutcome.Died, OfferState.Referred) => Of(offer.Withdraw(WithdrawalReason.Died, moment)),
            // VCAS calls them, and somebody has to tell it.
            (CallOutcome.UnsafeToCall or CallOutcome.WrongNumber or CallOutcome.CallLater, OfferState.Referred) =>
                (offer.WithSupervisorToldOf(attempt), []),
            // A household that asked for no calls keeps that, whatever else is recorded.
            (_, OfferState.Closed) when offer.Closing!.Reason == ClosingReason.DoNotContact => (offer, []),
            (CallOutcome.DoNotContact, _) => offer.Close(ClosingReason.DoNotContact, moment),
            (CallOutcome.Died, OfferState.Closed) when offer.Closing!.Reason == ClosingReason.Died => (offer, []),
            (CallOutcome.Died, _) => offer.Close(ClosingReason.Died, moment),
            (CallOutcome.Declined, OfferState.Closed) when offer.Closing!.Reason == ClosingReason.DeclinedAtCallBack => (offer, []),
            (CallOutcome.Declined, _) => offer.Refused(moment),
            (CallOutcome.CallLater, _) => offer.PromisedACall(attempt.CallAgainAt!.Value),
            (CallOutcome.UnsafeToCall, not OfferState.Closed) when offer.KnownHold?.Reason != HoldReason.WrongNumber =>
                offer.HeldAfter(attempt.Reason!.Value, attempt, moment),
            (CallOutcome.WrongNumber, not OfferState.Closed) => offer.HeldAfter(HoldReason.WrongNumber, attempt, moment),
            // Nobody could speak with them, or nobody calls them anyway: it is recorded, and the plan stays.
            _ => (offer, []),
        };

    private static Offer WithSupervisorToldOf(this Offer offer, Attempt attempt) => offer with
    {
        Outbox = [.. offer.Outbox, new Dispatch($"said-{offer.Revision}-{attempt.AttemptId:N}", DispatchKind.LateOutcome)],
    };

    private static (Offer After, IReadOnlyList<OfferEvent> Events) Of(Transition transition) => (transition.Offer, transition.Events);

    private static (Offer After, IReadOnlyList<OfferEvent> Events) Close(this Offer offer, ClosingReason reason, Moment moment) =>
        (
            offer.EndedAs(new Closing(reason, moment.Now, offer.Closing?.Withdrawal)),
            [new OfferClosed(reason, reason == ClosingReason.DoNotContact ? offer.Id : null)]);

    // Two offers are enough. A household that could not be asked at the door has had only one.
    private static (Offer After, IReadOnlyList<OfferEvent> Events) Refused(this Offer offer, Moment moment)
    {
        if (offer.Refusals >= OffersOfOneHousehold) return offer.Close(ClosingReason.DeclinedAtCallBack, moment);
        var callFrom = offer.CalendarIn(moment).DueAfter(moment.Now, offer.Policy.SecondOfferDays);
        var (after, events) = offer.PromisedACall(callFrom);
        return (after, [.. events, new SecondOfferPlanned(callFrom)]);
    }

    private static (Offer After, IReadOnlyList<OfferEvent> Events) HeldAfter(
        this Offer offer, HoldReason reason, Attempt attempt, Moment moment)
    {
        var reviewAt = attempt.CallAgainAt ?? moment.Calendar.NextCallMoment(moment.Now.AddDays(offer.Policy.ReviewDays));
        // The caller named no day for a decision, so somebody else must.
        var tellsTheSupervisor = reason.NeedsTheSupervisor() || attempt.CallAgainAt is null;
        return (offer.PutOnKnownHold(reason, reviewAt, tellsTheSupervisor, moment), [new CallBackHeld(reason, reviewAt)]);
    }

    // The hold stands; the time that the household named holds once it is released. Whom nobody would call any more is called again.
    private static (Offer After, IReadOnlyList<OfferEvent> Events) PromisedACall(
        this Offer offer, DateTimeOffset callFrom) => offer.State switch
        {
            OfferState.Held => (offer with { CallFrom = callFrom }, []),
            OfferState.Closed =>
                (offer.CalledAgainFrom(callFrom) with { Closing = null, DueAt = offer.DueAt ?? callFrom },
                    [new CallBackReopened(callFrom)]),
            _ => (offer.CalledAgainFrom(callFrom), []),
        };

    /// <summary>The offer, waiting for this time of its next call.</summary>
    internal static Offer CalledAgainFrom(this Offer offer, DateTimeOffset callFrom) => offer with
    {
        State = OfferState.Waiting,
        CallFrom = callFrom,
        NextReminderAt = null,
        OverdueAt = null,
        UntoldSince = null,
        Outbox = [.. offer.Outbox.Where(dispatch => dispatch.IsLasting)],
    };
}
