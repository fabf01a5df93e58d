using Vcas.Domain.Households;
using Vcas.Domain.Referrals;
using Vcas.Domain.Teams;

namespace Vcas.Domain.Offers;

/// <summary>What people correct: details that were wrong or have changed, and an offer that was closed by mistake.</summary>
public static class CorrectionTransitions
{
    /// <summary>
    /// Puts right what an officer recorded; a new route has a command of its own. What it was is kept beside what it is. Where VCAS has
    /// the referral, it is amended. The same details again change nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">The offer has ended, or the new details can't be right.</exception>
    public static Transition Correct(this Household household, OfferDetails details, Moment moment)
    {
        var fields = CorrectedDetails.FieldsOf(household.Details, details);
        // What they said later goes with no answer at the door.
        if (fields.Contains(DetailField.Consent))
            ConsentCheck.Keep(
                details.LatestConsent, details.Consents.Count > 1 ? null : details.Answer, details.HasNumber, moment);
        if (household.Course is ContactCourse.Referred) return fields.Count == 0 ? household.Unchanged() : household.Amend(details, moment);
        Rules.Keep(new OfferMustBeOpen(household.State), new ContactMustNotBeAChild(details.Members, details.Contact));
        if (fields.Count == 0) return household.Unchanged();
        return household.Corrected(details, moment);
    }

    /// <summary>
    /// Puts right what was recorded of the offer itself, which the figures and the plan hang on: what was said, when, which team attended,
    /// the lawful basis. The first call moves with the offer's date, under the household's own policy. Who calls is another command. The
    /// same again changes nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">
    /// It has ended, was referred, or its first call was due; or what is sent can't be right.
    /// </exception>
    public static Transition CorrectRecord(
        this Household household, RecordCorrection correction, DateTimeOffset schemeStart, Moment moment)
    {
        var before = household.Details;
        var details = before with
        {
            Answer = correction.Answer ?? before.Answer,
            OfferedAt = correction.OfferedAt ?? before.OfferedAt,
            Team = correction.Team?.Name ?? before.Team,
            LawfulBasis = correction.LawfulBasis ?? before.LawfulBasis,
        };
        Rules.Keep(new HouseholdMustNotBeErased(household.Erasure));
        if (CorrectedDetails.FieldsOf(before, details).Count == 0) return household.Unchanged();
        Rules.Keep(new AnswerMustBeCorrectable(household, details.Answer), new OfferMustBeOpen(household.State));
        var isMoved = details.OfferedAt != before.OfferedAt;
        if (isMoved || details.Answer != before.Answer)
        {
            Rules.Keep(
                new OfferMustNotLieInTheFuture(details.OfferedAt, moment.Now),
                new OfferMustNotPrecedeTheScheme(details.OfferedAt, schemeStart),
                new DateMustBeCorrectedInTime(household, details.OfferedAt, moment.Now));
        }

        if (isMoved)
        {
            Rules.Keep(new LateOfferMustBeConfirmed(
                details.OfferedAt, household.RecordedAt, household.Policy.LateOfferDays, correction.IsDateConfirmed));
        }

        var corrected = household with
        {
            Details = details,
            Corrections = household.CorrectedTo(details, moment),
            Supervisor = details.Team == before.Team ? household.Supervisor : correction.Team!.Supervisor,
        };
        if (isMoved) corrected = corrected.PlannedAnew(before.OfferedAt, moment);
        return corrected.After(new RecordCorrected(details.Answer, details.OfferedAt, details.Team, corrected.DueAt));
    }

    /// <summary>
    /// An offer that was closed by mistake waits again: for its time, or for the next call-back hours where that has passed. A supervisor
    /// decides it.
    /// </summary>
    /// <exception cref="RuleBrokenException">It is not closed, is never to be called, was referred, or is erased.</exception>
    public static Transition Reopen(this Household household, ReopeningReason reason, Moment moment)
    {
        Rules.Keep(new HouseholdMustNotBeErased(household.Erasure), new ClosingMustBeUndoable(household));
        var callFrom = household.DueAt is { } dueAt && dueAt > moment.Now ? dueAt : moment.Calendar.NextCallMoment(moment.Now);
        var reopened = (household with { Course = new ContactCourse.Waiting(callFrom) }).WithRouteTask(moment.Now, moment);
        return reopened.After(new OfferReopened(reason, callFrom, reopened.NeedsSafeRoute));
    }

    private static Household PlannedAnew(this Household household, DateTimeOffset before, Moment moment)
    {
        var calendar = household.CalendarIn(moment);
        var dueAt = calendar.DueAfter(household.Details.OfferedAt, household.Policy.IntervalDays);
        return household with
        {
            DueAt = dueAt,
            // A number that was found to be wrong later has its own days.
            RouteTask = household.RouteTask is { } task && task.Since == before
                ? (task with { Since = household.Details.OfferedAt }).Reckoned(household.Policy, moment)
                : household.RouteTask,
            Course = household.Planned() with { CallFrom = calendar.FirstCallFrom(dueAt, moment.Now) },
        };
    }
}

/// <summary>What of an offer's record somebody corrects; what is null stays.</summary>
/// <param name="Answer">What was said at the door.</param>
/// <param name="OfferedAt">When it was offered, UTC.</param>
/// <param name="IsDateConfirmed">Whether somebody says that a date of long ago is right.</param>
/// <param name="Team">The team that attended.</param>
/// <param name="LawfulBasis">The ground for a disclosure.</param>
public sealed record RecordCorrection(
    OfferAnswer? Answer = null,
    DateTimeOffset? OfferedAt = null,
    bool IsDateConfirmed = false,
    Team? Team = null,
    LawfulBasis? LawfulBasis = null);
