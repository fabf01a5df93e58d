using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.CallBacks;

/// <summary>
/// Outcomes of calls that come when no call is due any more: a colleague was quicker, the claim or the sign-in had ended, the household was
/// closed, held or accepted meanwhile. The call was made all the same, so its outcome is kept as what it is, and
/// what follows is what is safe.
/// </summary>
public static class LateOutcomes
{
    /// <summary>
    /// Whether it is one. Before its first call was ever due nobody can have been calling a household: there an outcome is no late one.
    /// </summary>
    internal static bool IsLate(this Offer offer, Moment moment) =>
        offer.FirstDueAt is not null
        && offer.State != OfferState.Due
        && !(offer.State == OfferState.Waiting && offer.CallFrom <= moment.Now);

    /// <summary>Keeps it, with what follows.</summary>
    /// <exception cref="RuleBrokenException">It lacks what its outcome needs, or nothing is left of the household.</exception>
    internal static Transition RecordLate(this Offer offer, Attempt attempt, Moment moment)
    {
        Rules.Keep(
            new HouseholdMustNotBeErased(offer.Erasure),
            new HoldMustBeAPersons(attempt.Reason),
            new CallMustBeSafe(attempt.Outcome, attempt.SafetyChecked),
            new ReasonMustBeGiven(attempt.Outcome, attempt.Reason),
            new CallAgainTimeMustBeGiven(attempt.Outcome, attempt.CallAgainAt));
        var kept = offer with { Attempts = [.. offer.Attempts, attempt with { At = moment.Now, Late = true }] };
        var (after, consequences) = kept.AfterLate(attempt, moment);
        return (after with { Revision = offer.Revision })
            .After([new LateOutcomeRecorded(attempt.AttemptId, attempt.Outcome, offer.KnownState), .. consequences]);
    }

    private static (Offer After, IReadOnlyList<OfferEvent> Events) AfterLate(
        this Offer offer, Attempt attempt, Moment moment) => attempt.Outcome switch
        {
            CallOutcome.DoNotContact => offer.EndedFor(ClosingReason.DoNotContact, WithdrawalReason.DoNotContact, moment),
            CallOutcome.Died => offer.EndedFor(ClosingReason.Died, WithdrawalReason.Died, moment),
            CallOutcome.Accepted => offer.AcceptedLate(moment),
            CallOutcome.Declined when offer.IsOpen => offer.AfterCall(attempt, moment),
            // A later time is kept. An earlier one would undo what was arranged since: their own wish, or the weeks before a second offer.
            CallOutcome.CallLater when offer.State == OfferState.Waiting
                && attempt.CallAgainAt > offer.CallFrom
                && attempt.HasGoodTime(offer, moment) =>
                offer.AfterCall(attempt, moment),
            CallOutcome.UnsafeToCall or CallOutcome.WrongNumber when offer.State == OfferState.Waiting =>
                offer.AfterCall(attempt.HasGoodTime(offer, moment) ? attempt : attempt with { CallAgainAt = null }, moment),
            // Nobody was spoken to, or what was said changes nothing any more: it stands written, and what is planned stays. Above
            // all it undoes no acceptance.
            _ => (offer, []),
        };

    // What ends all contact holds in every state, and is never undone by what comes later. Why the police took it
    // back stays: figures go by it.
    private static (Offer After, IReadOnlyList<OfferEvent> Events) EndedFor(
        this Offer offer, ClosingReason reason, WithdrawalReason withdrawal, Moment moment)
    {
        if (offer.State == OfferState.Referred) return Of(offer.Withdraw(withdrawal, moment));
        if (offer.Closing is { } closing && (closing.Reason == reason || closing.Reason == ClosingReason.DoNotContact)) return (offer, []);
        return (
            offer.EndedAs(new Closing(reason, moment.Now, offer.Closing?.Withdrawal)),
            [new OfferClosed(reason, reason == ClosingReason.DoNotContact ? offer.Id : null)]);
    }

    private static (Offer After, IReadOnlyList<OfferEvent> Events) AcceptedLate(this Offer offer, Moment moment)
    {
        if (offer.State == OfferState.Referred) return (offer, []);
        var isReachable = offer.Details.Contact is not null && offer.KnownHold?.Reason != HoldReason.WrongNumber;
        var isOver = offer.Referral is not null
            || offer.Closing?.Reason is ClosingReason.Withdrawn or ClosingReason.Died or ClosingReason.DoNotContact;
        return isReachable && !isOver
            ? Of(offer.Accept(moment.Now, householdAsked: false, contact: null, lawfulBasis: null, moment))
            // Somebody said yes, and nothing can follow automatically: a person must decide.
            : (offer with { Outbox = [.. offer.Outbox, new Dispatch($"late-{offer.Revision}", DispatchKind.LateOutcome)] }, []);
    }

    private static bool HasGoodTime(this Attempt attempt, Offer offer, Moment moment) =>
        attempt.CallAgainAt is { } at
        && new NextLookMustLieAhead(at, moment.Now, offer.Policy.LongestHoldDays).IsKept
        && (attempt.Outcome != CallOutcome.CallLater || moment.Calendar.IsCallMoment(at));

    private static (Offer After, IReadOnlyList<OfferEvent> Events) Of(Transition transition) => (transition.Offer, transition.Events);
}
