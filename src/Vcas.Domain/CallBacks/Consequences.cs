using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.CallBacks;

/// <summary>What follows from an outcome: of a call that was made, and of a contact that the household made by itself.</summary>
internal static class Consequences
{
    private const int OffersOfOneHousehold = 2;

    /// <summary>What follows from a call that somebody made.</summary>
    internal static (Household After, IReadOnlyList<HouseholdEvent> Events) AfterCall(
        this Household household, Attempt attempt, Moment moment)
    {
        switch (attempt.Outcome)
        {
            case CallOutcome.Accepted:
                var referred = household.Refer(AcceptedWhen.AtCallBack, moment.Now, moment);
                return (referred, [new OfferAccepted(AcceptedWhen.AtCallBack, moment.Now, referred.AwaitsRoute)]);
            case CallOutcome.Declined:
                return household.Refused(attempt.By, moment);
            case CallOutcome.DoNotContact:
                return household.Close(ClosingReason.DoNotContact, moment);
            case CallOutcome.Died:
                return household.Close(ClosingReason.Died, moment);
            case CallOutcome.CallLater:
                return (household.WaitsUntil(attempt.CallAgainAt!.Value) with { VisitPlanned = false }, []);
            case CallOutcome.NoAnswer or CallOutcome.MessageLeft when household.UnansweredCalls >= household.Policy.MaxAttempts:
                return household.Close(ClosingReason.NotReached, moment);
            case CallOutcome.NoAnswer or CallOutcome.MessageLeft:
                var nextDay = moment.Calendar.AddWorkingDays(moment.Now, household.Policy.DaysBetweenAttempts);
                return (household.WaitsUntil(household.CalendarIn(moment).NextCallMoment(nextDay)), []);
            case CallOutcome.UnsafeToCall:
                return household.HeldAfter(attempt.Reason!.Value, attempt, moment);
            case CallOutcome.WrongNumber:
                return household.HeldAfter(HoldReason.WrongNumber, attempt, moment);
            default:
                throw new ArgumentOutOfRangeException(nameof(attempt), attempt.Outcome, "An outcome that nothing follows from.");
        }
    }

    /// <summary>
    /// What follows when the household got in touch by itself, or its death was told of: what it says holds in every state, but no
    /// hold ends by it, because anyone who rings may do so from where the suspect is.
    /// </summary>
    internal static (Household After, IReadOnlyList<HouseholdEvent> Events) AfterContact(
        this Household household, Attempt attempt, Moment moment) =>
        (attempt.Outcome, household.Course) switch
        {
            (CallOutcome.Accepted, _) => Of(household.Accept(
                moment.Now, householdAsked: attempt.Direction == CallDirection.Incoming, contact: null, lawfulBasis: null, moment)),
            (CallOutcome.Declined, ContactCourse.Referred) => Of(household.Withdraw(WithdrawalReason.NoLongerWanted, moment)),
            (CallOutcome.DoNotContact, ContactCourse.Referred) => Of(household.Withdraw(WithdrawalReason.DoNotContact, moment)),
            (CallOutcome.Died, ContactCourse.Referred) => Of(household.Withdraw(WithdrawalReason.Died, moment)),
            // VCAS calls them, and somebody has to tell it.
            (CallOutcome.UnsafeToCall or CallOutcome.WrongNumber or CallOutcome.CallLater, ContactCourse.Referred) =>
                (household.WithSupervisorToldOf(attempt), []),
            // That their number may be called again is no answer to who says so once more.
            (CallOutcome.DoNotContact, ContactCourse.Closed { Closing.NeverTakenBackAt: not null }) =>
                household.Close(ClosingReason.DoNotContact, moment),
            // A household that asked for no calls keeps that, whatever else is recorded.
            (_, ContactCourse.Closed { Closing.Reason: ClosingReason.DoNotContact }) => (household, []),
            (CallOutcome.DoNotContact, _) => household.Close(ClosingReason.DoNotContact, moment),
            (CallOutcome.Died, ContactCourse.Closed { Closing.Reason: ClosingReason.Died }) => (household, []),
            (CallOutcome.Died, _) => household.Close(ClosingReason.Died, moment),
            (CallOutcome.Declined, ContactCourse.Closed
            {
                Closing.Reason: ClosingReason.DeclinedAtCallBack or ClosingReason.DeclinedInPerson,
            }) => (household, []),
            (CallOutcome.Declined, _) => household.Refused(attempt.By, moment),
            (CallOutcome.CallLater, _) => (household with { VisitPlanned = false }).PromisedACall(attempt.CallAgainAt!.Value, moment),
            (CallOutcome.UnsafeToCall, ContactCourse.Open) when household.KnownHold?.Reason != HoldReason.WrongNumber =>
                household.HeldAfter(attempt.Reason!.Value, attempt, moment),
            (CallOutcome.WrongNumber, ContactCourse.Open) when household.Details.HasNumber =>
                household.HeldAfter(HoldReason.WrongNumber, attempt, moment),
            // Nobody could speak with them, or nobody calls them anyway: it is recorded, and the plan stays.
            _ => (household, []),
        };

    private static Household WithSupervisorToldOf(this Household household, Attempt attempt) => household with
    {
        Outbox = [.. household.Outbox, new Dispatch($"said-{household.Revision}-{attempt.AttemptId:N}", DispatchKind.LateOutcome)],
    };

    internal static (Household After, IReadOnlyList<HouseholdEvent> Events) Of(Transition transition) =>
        (transition.Household, transition.Events);

    internal static (Household After, IReadOnlyList<HouseholdEvent> Events) Close(
        this Household household, ClosingReason reason, Moment moment) =>
        (
            household.EndedAs(new Closing(reason, moment.Now, household.Closing?.Withdrawal)),
            [new OfferClosed(reason, reason == ClosingReason.DoNotContact ? household.Id : null)]);

    // Two offers are enough. A household that could not be asked at the door has had only one.
    private static (Household After, IReadOnlyList<HouseholdEvent> Events) Refused(
        this Household household, AttemptWay by, Moment moment)
    {
        if (household.Refusals >= OffersOfOneHousehold) return household.Close(
            by == AttemptWay.Visit ? ClosingReason.DeclinedInPerson : ClosingReason.DeclinedAtCallBack, moment);
        var callFrom = household.CalendarIn(moment).DueAfter(moment.Now, household.Policy.SecondOfferDays);
        var (after, events) = household.PromisedACall(callFrom, moment);
        return (after, [.. events, new SecondOfferPlanned(callFrom)]);
    }

    private static (Household After, IReadOnlyList<HouseholdEvent> Events) HeldAfter(
        this Household household, HoldReason reason, Attempt attempt, Moment moment)
    {
        var reviewAt = attempt.CallAgainAt ?? moment.Calendar.NextCallMoment(moment.Now.AddDays(household.Policy.ReviewDays));
        // The caller named no day for a decision, so somebody else must.
        var tellsTheSupervisor = reason.NeedsTheSupervisor() || attempt.CallAgainAt is null;
        return (household.PutOnHold(reason, reviewAt, tellsTheSupervisor, moment), [new CallBackHeld(reason, reviewAt)]);
    }

    // The hold stands; the time that the household named holds once it is released. Whom nobody would call any more is called again.
    private static (Household After, IReadOnlyList<HouseholdEvent> Events) PromisedACall(
        this Household household, DateTimeOffset callFrom, Moment moment) => household.Course switch
        {
            ContactCourse.Held held => (household with { Course = held with { CallFrom = callFrom } }, []),
            ContactCourse.HeldForSupervisor held => (household with { Course = held with { CallFrom = callFrom } }, []),
            ContactCourse.Closed =>
                Reopened((household.WaitsUntil(callFrom) with { DueAt = household.DueAt ?? callFrom }).WithRouteTask(moment.Now, moment)),
            _ => (household.WaitsUntil(callFrom), []),
        };

    private static (Household After, IReadOnlyList<HouseholdEvent> Events) Reopened(Household household) =>
        (household, [new CallBackReopened(household.Planned().CallFrom, household.NeedsSafeRoute)]);
}
