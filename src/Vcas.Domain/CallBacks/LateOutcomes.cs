using Vcas.Domain.Households;
using Vcas.Domain.Offers;

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
    internal static bool IsLate(this Household household, Moment moment) =>
        household.FirstDueAt is not null
        && household.Course is not ContactCourse.Due
        && !(household.Course is ContactCourse.Waiting waiting && waiting.CallFrom <= moment.Now);

    /// <summary>Keeps it, with what follows.</summary>
    /// <exception cref="RuleBrokenException">It lacks what its outcome needs, or nothing is left of the household.</exception>
    internal static Transition RecordLate(this Household household, Attempt attempt, Moment moment)
    {
        Rules.Keep(
            new HouseholdMustNotBeErased(household.Erasure),
            new HoldMustBeAPersons(attempt.Reason),
            new CallMustBeSafe(attempt.Outcome, attempt.SafetyChecked),
            new ReasonMustBeGiven(attempt.Outcome, attempt.Reason),
            new CallAgainTimeMustBeGiven(attempt.Outcome, attempt.CallAgainAt));
        var kept = household with { Attempts = [.. household.Attempts, attempt with { At = moment.Now, Late = true }] };
        var (after, consequences) = kept.AfterLate(attempt, moment);
        return (after with { Revision = household.Revision })
            .After([new LateOutcomeRecorded(attempt.AttemptId, attempt.Outcome, household.KnownState), .. consequences]);
    }

    private static (Household After, IReadOnlyList<HouseholdEvent> Events) AfterLate(
        this Household household, Attempt attempt, Moment moment) => attempt.Outcome switch
        {
            CallOutcome.DoNotContact => household.EndedFor(ClosingReason.DoNotContact, WithdrawalReason.DoNotContact, moment),
            CallOutcome.Died => household.EndedFor(ClosingReason.Died, WithdrawalReason.Died, moment),
            CallOutcome.Accepted => household.AcceptedLate(moment),
            CallOutcome.Declined when household.IsOpen => household.AfterCall(attempt, moment),
            // A later time is kept. An earlier one would undo what was arranged since: their own wish, or the weeks before a second offer.
            CallOutcome.CallLater when household.Course is ContactCourse.Waiting waiting
                && attempt.CallAgainAt > waiting.CallFrom
                && attempt.HasGoodTime(household, moment) =>
                household.AfterCall(attempt, moment),
            CallOutcome.UnsafeToCall or CallOutcome.WrongNumber when household.Course is ContactCourse.Waiting =>
                household.AfterCall(attempt.HasGoodTime(household, moment) ? attempt : attempt with { CallAgainAt = null }, moment),
            // Nobody was spoken to, or what was said changes nothing any more: it stands written, and what is planned stays. Above
            // all it undoes no acceptance.
            _ => (household, []),
        };

    // What ends all contact holds in every state, and is never undone by what comes later. Why the police took it
    // back stays: figures go by it.
    private static (Household After, IReadOnlyList<HouseholdEvent> Events) EndedFor(
        this Household household, ClosingReason reason, WithdrawalReason withdrawal, Moment moment)
    {
        if (household.Course is ContactCourse.Referred) return Consequences.Of(household.Withdraw(withdrawal, moment));
        if (household.Closing is { NeverTakenBackAt: null } closing
            && (closing.Reason == reason || closing.Reason == ClosingReason.DoNotContact))
            return (household, []);
        return household.Close(reason, moment);
    }

    private static (Household After, IReadOnlyList<HouseholdEvent> Events) AcceptedLate(this Household household, Moment moment)
    {
        if (household.Course is ContactCourse.Referred) return (household, []);
        var isInDoubt = household.KnownHold?.Reason == HoldReason.WrongNumber;
        var isOver = household.Referral is not null
            || household.Closing?.Reason is ClosingReason.Withdrawn or ClosingReason.Died or ClosingReason.DoNotContact;
        return !isInDoubt && !isOver
            ? Consequences.Of(household.Accept(moment.Now, householdAsked: false, contact: null, lawfulBasis: null, moment))
            // Somebody said yes, and nothing can follow automatically: a person must decide.
            : (household with { Outbox = [.. household.Outbox, household.Notice("late", DispatchKind.LateOutcome)] }, []);
    }

    private static bool HasGoodTime(this Attempt attempt, Household household, Moment moment) =>
        attempt.CallAgainAt is { } at
        && new NextLookMustLieAhead(at, moment.Now, household.Policy.LongestHoldDays).IsKept
        && (attempt.Outcome != CallOutcome.CallLater || moment.Calendar.IsCallMoment(at));
}
