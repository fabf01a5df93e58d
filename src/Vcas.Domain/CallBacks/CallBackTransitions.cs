using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Teams;

namespace Vcas.Domain.CallBacks;

/// <summary>What can happen to a call-back: due, attempted, reminded of, held, released, given to somebody else.</summary>
public static class CallBackTransitions
{
    /// <summary>The time of the call has come. Before it, or in any other state, nothing changes.</summary>
    public static Transition StartCallBack(this Household household, Moment moment) =>
        household.Course is ContactCourse.Waiting waiting && waiting.CallFrom <= moment.Now
            ? household.MadeDue(waiting, moment).After(new CallBackDue(waiting.CallFrom, household.NeedsSafeRoute))
            : household.Unchanged();

    /// <summary>
    /// Records one attempt, or a contact that the household made by itself, which is taken at any time. So is a death, whoever told
    /// of it. An outcome of ours that comes when no call is due any more is kept as a late one. The same attempt again changes nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">It is too early, held, unchecked, or lacks what its outcome needs.</exception>
    /// <param name="household">The household.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="moment">Now.</param>
    /// <param name="contact">The route that they gave, which replaces the one that is known before anything else follows.</param>
    /// <param name="consent">What they said yes or no to, where they were asked.</param>
    /// <param name="undo">Who may undo it, and how long; null where nobody may.</param>
    public static Transition RecordAttempt(
        this Household household,
        Attempt attempt,
        Moment moment,
        SafeContact? contact = null,
        Consent? consent = null,
        UndoTerms? undo = null)
    {
        if (household.Attempts.FirstOrDefault(known => known.AttemptId == attempt.AttemptId) is { } known)
        {
            Rules.Keep(new AttemptIdMustBeUsedOnce(attempt, known));
            return household.Unchanged();
        }

        Rules.Keep(
            new AttemptMustNotBeUndone(household, attempt.AttemptId),
            new OutcomeMustFitTheWay(attempt.Outcome, attempt.By, attempt.Direction));
        // Whoever declines for the second time is not asked again anyway.
        var answer = attempt.Outcome == CallOutcome.Declined && household.Refusals > 0 ? null : attempt.Outcome.AsAnswer();
        ConsentCheck.Keep(consent, answer, household.Details.HasNumber, moment);
        return household.WithContactGiven(contact, moment).Then(given => given.Recorded(attempt, moment)).WithConsent(consent)
            // A call whose wake-up was late stays due: its time had come.
            .UndoableBy(contact is null && consent is null ? undo : null, household.StartCallBack(moment).Household, attempt);
    }

    private static Transition Recorded(this Household household, Attempt attempt, Moment moment)
    {
        var isTheirs = attempt.Direction == CallDirection.Incoming;
        var isByPhone = attempt.By == AttemptWay.Phone;
        if (!isTheirs && isByPhone && household.IsLate(moment)) return household.RecordLate(attempt, moment);

        // Who visits can't be kept from it any more than they can be kept from ringing.
        var isTakenAtAnyTime = isTheirs || !isByPhone || attempt.Outcome == CallOutcome.Died;
        if (isTakenAtAnyTime)
            Rules.Keep(new HouseholdMustNotBeErased(household.Erasure), new OutcomeMustFitTheState(household, attempt.Outcome));
        else Rules.Keep(
            new OfferMustBeOpen(household.State),
            new CallMustNotBeHeld(household.KnownState),
            new CallBackMustBeDue(household, moment.Now),
            new NumberMustBeKnown(attempt.Outcome, household.Details.HasNumber),
            new VoicemailMustBeAllowed(attempt.Outcome, attempt.By, household.Details.Contact),
            new CallMustBeSafe(attempt.Outcome, attempt.SafetyChecked));
        // A letter to those whom nobody is to reach any more is none of this service's.
        if (!isByPhone && attempt.Outcome == CallOutcome.MessageLeft) Rules.Keep(new OfferMustBeOpen(household.State));
        Rules.Keep(
            new RouteMustBeKnown(attempt, household.Details.Contact),
            new HoldMustBeAPersons(attempt.Reason),
            new ReasonMustBeGiven(attempt.Outcome, attempt.Reason),
            new CallAgainTimeMustBeGiven(attempt.Outcome, attempt.CallAgainAt),
            new WrongNumberMustBeReplaced(attempt.Outcome == CallOutcome.CallLater ? household.KnownHold : null),
            new NextLookMustLieAhead(attempt.CallAgainAt, moment.Now, household.Policy.LongestHoldDays),
            new CallAgainTimeMustLieInCallHours(
                attempt.Outcome, attempt.CallAgainAt, moment.Calendar, household.CalendarIn(moment)));

        // A wake-up may have been lost. A caller who phones at the right time is not refused because of that.
        var started = household.StartCallBack(moment);
        var isOutside = household.IsOutsideSafeHours(attempt, moment);
        var isEarly = !isTheirs && !isByPhone && started.Household.FirstDueAt is null;
        var attempted = started.Household with
        {
            Attempts = [.. household.Attempts, attempt with { At = moment.Now, OutsideSafeHours = isOutside, Early = isEarly }],
        };
        var (after, consequences) = !isTakenAtAnyTime ? attempted.AfterCall(attempt, moment)
            : isTheirs || isByPhone ? attempted.AfterContact(attempt, moment) : attempted.AfterVisitOrLetter(attempt, moment);
        return (after with { Revision = household.Revision })
            .After([
                .. started.Events,
                new AttemptRecorded(attempt.AttemptId, attempt.Outcome, after.CallFrom, attempt.Direction, isOutside, attempt.By),
                .. consequences,
            ]);
    }

    /// <summary>
    /// Nobody has attempted the call: the caller is reminded and, once it is overdue, the supervisor told. Before its time nothing changes.
    /// </summary>
    public static Transition Remind(this Household household, Moment moment)
    {
        if (household.Course is not ContactCourse.Due due || due.NextReminderAt > moment.Now) return household.Unchanged();
        var overdue = due.OverdueAt <= moment.Now;
        var reminded = due with { Reminders = due.Reminders + 1, NextReminderAt = household.NextReminder(due.OverdueAt, moment) };
        Dispatch[] late = overdue ? [household.Notice("overdue", DispatchKind.CallBackOverdue)] : [];
        return (household with
        {
            Course = reminded,
            MissedAt = overdue && !household.CallBackAttempts.Any() ? household.MissedAt ?? moment.Now : household.MissedAt,
            // A newer notice replaces an older one that has not left yet.
            Outbox = [.. household.LastingOutbox(), .. household.CallNotices("reminder", DispatchKind.CallBackReminder), .. late],
        }).After(new CallBackReminded(reminded.Reminders, overdue));
    }

    /// <summary>
    /// Nobody phones until a person releases it; a hold in force is replaced, and a review thereby put off, except that for a wrong
    /// number, which only another number ends. The same hold again changes nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">No call is planned, the review is not in the future, or the number is wrong.</exception>
    public static Transition PlaceHold(this Household household, HoldReason reason, DateTimeOffset reviewAt, Moment moment)
    {
        if (household.KnownHold is { } hold && hold.Reason == reason && hold.ReviewAt == reviewAt) return household.Unchanged();
        Rules.Keep(
            new HoldMustBeAPersons(reason),
            new OfferMustBeOpen(household.State),
            new NextLookMustLieAhead(reviewAt, moment.Now, household.Policy.LongestHoldDays));
        if (reason == HoldReason.WrongNumber) Rules.Keep(new NumberMustBeKnown(CallOutcome.WrongNumber, household.Details.HasNumber));
        else Rules.Keep(new WrongNumberMustBeReplaced(household.KnownHold));
        return household.PutOnHold(reason, reviewAt, reason.NeedsTheSupervisor(), moment).After(new CallBackHeld(reason, reviewAt));
    }

    /// <summary>It is safe again: the household waits for its time, or is due when that has passed.</summary>
    /// <param name="household">The household.</param>
    /// <param name="moment">Now.</param>
    /// <param name="isSupervisor">Its supervisor does it: then it may be called in spite of what was said under another offer.</param>
    /// <exception cref="RuleBrokenException">It is not held, or its number is known to be wrong.</exception>
    public static Transition ReleaseHold(this Household household, Moment moment, bool isSupervisor = false)
    {
        if (household.Course is ContactCourse.HeldForSupervisor held)
        {
            if (!isSupervisor) Rules.Keep(new CallBackMustBeHeld(household.KnownState));
            Rules.Keep(new WrongNumberMustBeReplaced(held.Beneath));
            if (!isSupervisor) return (household with { Course = held with { Beneath = null } }).After(new HoldEnded());
            // The supervisor sees both holds and decides on both. If one were left, the same request again would end it.
            var ended = new HoldEnded(ForSupervisor: true);
            return (household.BackFromHold(moment) with { Overruled = [.. household.Overruled, held.Hold.CausedBy] })
                .After(held.Beneath is null ? [ended] : [ended, new HoldEnded()]);
        }

        Rules.Keep(new CallBackMustBeHeld(household.State), new WrongNumberMustBeReplaced(household.KnownHold));
        return household.BackFromHold(moment).After(new HoldEnded());
    }

    /// <summary>
    /// The review date has come and nobody has decided: the hold goes on, and the supervisor is told, again every some days until
    /// a person releases or extends it. Before the date nothing changes.
    /// </summary>
    public static Transition ReviewHold(this Household household, Moment moment)
    {
        if (household.Hold is null || household.Hold.WakeAt > moment.Now) return household.Unchanged();
        return household.Course switch
        {
            ContactCourse.Held held => household.ReviewedBySupervisor(held, moment),
            ContactCourse.HeldForSupervisor held => household.DecisionAskedForAgain(held, moment),
            _ => household.Unchanged(),
        };
    }

    /// <summary>Somebody else calls. The same again changes nothing.</summary>
    /// <exception cref="RuleBrokenException">No call is planned, or that team calls nobody back.</exception>
    public static Transition Reassign(this Household household, Assignee assignee, TeamDirectory directory)
    {
        if (household.Assignee == assignee) return household.Unchanged();
        Rules.Keep(new OfferMustBeOpen(household.State), new CallBackTeamMustBeKnown(assignee.Team, directory));
        var reassigned = household with { Assignee = assignee };
        return (household.Course is ContactCourse.Due
                ? reassigned.WithCallNotices("due", DispatchKind.CallBackDue)
                : reassigned)
            .After(new CallBackReassigned(assignee.Team, assignee.Person));
    }

    /// <summary>
    /// Where the team that was to call has gone from the settings, anyone who calls for the household's own team takes over. A list that
    /// nobody reads must hold no call.
    /// </summary>
    public static Transition PassOn(this Household household, TeamDirectory directory) =>
        household.IsOpen
        && !directory.IsCallBackTeam(household.Assignee.Team)
        && directory.SuccessorFor(household.Details.Team) is { } successor
            ? household.Reassign(successor, directory)
            : household.Unchanged();

    /// <summary>The household, whose caller is reminded no later than from now on.</summary>
    internal static Household WithReminderPutRight(this Household household, Moment moment)
    {
        if (household.Course is not ContactCourse.Due due
            || due.NextReminderAt.PutRight(household.Policy.ReminderDays, moment) == due.NextReminderAt) return household;
        return household with { Course = due with { NextReminderAt = household.NextReminder(due.OverdueAt, moment) } };
    }

    private static Household MadeDue(this Household household, ContactCourse.Waiting waiting, Moment moment)
    {
        var overdueAt = moment.Calendar.AddWorkingDays(waiting.CallFrom, household.Policy.OverdueDays);
        return (household with
        {
            Course = new ContactCourse.Due(waiting.CallFrom, overdueAt, household.NextReminder(overdueAt, moment), Reminders: 0),
            FirstDueAt = household.FirstDueAt ?? waiting.CallFrom,
            WasDueWithoutRoute = household.WasDueWithoutRoute || (household.FirstDueAt is null && household.NeedsSafeRoute),
        }).WithCallNotices("due", DispatchKind.CallBackDue);
    }

    private static Transition ReviewedBySupervisor(this Household household, ContactCourse.Held held, Moment moment)
    {
        var remindAt = moment.Calendar.AddWorkingDays(moment.Now, household.Policy.ReminderDays);
        return (household with { Course = held with { Hold = held.Hold with { RemindAt = remindAt } } })
            .WithNotice("review", DispatchKind.HoldReview)
            .After(new HoldReviewDue(held.Hold.Reason, held.Hold.ReviewAt, remindAt));
    }

    // To others the household waits until its review, so that day must be in the future.
    private static Transition DecisionAskedForAgain(this Household household, ContactCourse.HeldForSupervisor held, Moment moment)
    {
        var reviewAt = moment.Calendar.NextCallMoment(moment.Now.AddDays(household.Policy.ReviewDays));
        return (household with { Course = held with { Hold = held.Hold with { ReviewAt = reviewAt } } })
            .WithNotice("review", DispatchKind.DecisionNeeded)
            .After(new HoldReviewDue(held.Hold.Reason, held.Hold.ReviewAt, reviewAt, held.Hold.CausedBy));
    }

    /// <summary>The household with what tells of its call, in the place of what told of it before.</summary>
    internal static Household WithCallNotices(this Household household, string name, DispatchKind kind) =>
        household with { Outbox = [.. household.LastingOutbox(), .. household.CallNotices(name, kind)] };

    // Without a number nobody can call, so somebody has to go there; without any safe route the supervisor must have one found.
    private static IEnumerable<Dispatch> CallNotices(this Household household, string name, DispatchKind kind)
    {
        yield return household.Notice(name, household.Road == ContactRoad.Phone ? kind : DispatchKind.VisitDue);
        if (!household.Details.HasSafeRoute) yield return household.Notice($"{name}-route", DispatchKind.SafeRouteNeeded);
    }

    // A route that was given at a visit or in a call. What the police closed, and what nobody is ever to call, takes none.
    private static Transition WithContactGiven(this Household household, SafeContact? contact, Moment moment)
    {
        if (contact is null) return household.Unchanged();
        if (household.Course is not ContactCourse.Closed) return household.ChangeContact(contact, moment);
        Rules.Keep(
            new HouseholdMustNotBeErased(household.Erasure),
            new OutcomeMustFitTheState(household, CallOutcome.CallLater),
            new ContactMustNotBeAChild(household.Details.Members, contact));
        if (contact == household.Details.Contact) return household.Unchanged();
        var details = household.Details with { Contact = contact };
        return (household with { Details = details, Corrections = household.CorrectedTo(details, moment) }).After(new ContactChanged());
    }

    // The moment at which a call becomes overdue is never slept through, however far apart the reminders are.
    private static DateTimeOffset NextReminder(this Household household, DateTimeOffset overdueAt, Moment moment)
    {
        var reminder = moment.Calendar.AddWorkingDays(moment.Now, household.Policy.ReminderDays);
        return overdueAt > moment.Now && overdueAt < reminder ? overdueAt : reminder;
    }
}
