using Vcas.Domain.Households;

namespace Vcas.Domain.CallBacks;

/// <summary>What can happen where a household is to be met, not phoned.</summary>
public static class VisitTransitions
{
    /// <summary>
    /// The household is visited, or written to, although a number is known. Of one whose number is wrong that ends the hold: the number is
    /// kept among the corrections alone, and the visit is due when the call was, or in the next call hours. Again changes nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">No call is planned.</exception>
    public static Transition PlanVisit(this Household household, Moment moment)
    {
        Rules.Keep(new OfferMustBeOpen(household.State));
        var isWrong = household.Course is ContactCourse.Held { Hold.Reason: HoldReason.WrongNumber };
        if (household.VisitPlanned && !isWrong) return household.Unchanged();
        if (!isWrong)
        {
            var planned = household with { VisitPlanned = true };
            return (household.Course is ContactCourse.Due ? planned.WithCallNotices("due", DispatchKind.CallBackDue) : planned)
                .After(new VisitPlannedFor(household.Planned().CallFrom));
        }

        var contact = household.Details.Contact is { OtherRoutes.Count: > 0 } known ? known.WithoutNumber() : null;
        var details = household.Details with { Contact = contact };
        var visited = (household with
        {
            Details = details,
            Corrections = household.CorrectedTo(details, moment),
            VisitPlanned = true,
        }).BackFromHold(moment).WithRouteTask(moment.Now, moment);
        HouseholdEvent[] found = visited.RouteTask is null && details.FirstSafeRoute is { } kind ? [new SafeRouteFound(kind)] : [];
        return visited.After([new HoldEnded(), new VisitPlannedFor(visited.CallFrom!.Value), .. found]);
    }

    /// <summary>What follows from an attempt to reach a household in person, by letter, by e-mail or through a professional.</summary>
    internal static (Household After, IReadOnlyList<HouseholdEvent> Events) AfterVisitOrLetter(
        this Household household, Attempt attempt, Moment moment) => (attempt.Outcome, household.Course) switch
        {
            (CallOutcome.NoAnswer, ContactCourse.Due) when household.Road == ContactRoad.Visit =>
                household.UnansweredVisits >= household.Policy.MaxVisits
                    ? household.Close(ClosingReason.NotReached, moment)
                    : household.TriedAgainAfter(moment.Calendar.AddWorkingDays(moment.Now, household.Policy.DaysBetweenVisits), moment),
            // What was written is waited for, the last time too; only who writes still more often than that is told that it is enough.
            (CallOutcome.MessageLeft, ContactCourse.Due) when household.Road == ContactRoad.Visit =>
                household.UnansweredVisits > household.Policy.MaxVisits
                    ? household.Close(ClosingReason.NotReached, moment)
                    : household.TriedAgainAfter(moment.Now.AddDays(household.Policy.LetterDays), moment),
            (CallOutcome.Accepted, ContactCourse.Due) => household.AfterCall(attempt, moment),
            // Whom nobody calls any more said so before; it is kept what they said at their door.
            (CallOutcome.Declined, ContactCourse.Closed) => (household, []),
            _ => household.AfterContact(attempt, moment),
        };

    private static (Household After, IReadOnlyList<HouseholdEvent> Events) TriedAgainAfter(
        this Household household, DateTimeOffset at, Moment moment) =>
        (household.WaitsUntil(household.CalendarIn(moment).NextCallMoment(at)), []);
}
