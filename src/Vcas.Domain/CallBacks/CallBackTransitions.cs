using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;
using Vcas.Domain.Teams;

namespace Vcas.Domain.CallBacks;

/// <summary>What can happen to a call-back: due, attempted, reminded of, held, released, given to somebody else.</summary>
public static class CallBackTransitions
{
    /// <summary>The time of the call has come. Before it, or in any other state, nothing changes.</summary>
    public static Transition StartCallBack(this Offer offer, Moment moment) =>
        offer.State == OfferState.Waiting && offer.CallFrom <= moment.Now
            ? offer.MadeDue(moment).After(new CallBackDue(offer.CallFrom!.Value))
            : offer.Unchanged();

    /// <summary>
    /// Records one attempt, or a contact that the household made by itself, which is taken at any time. So is a death, whoever told
    /// of it. An outcome of ours that comes when no call is due any more is kept as a late one. The same attempt again changes nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">It is too early, held, unchecked, or lacks what its outcome needs.</exception>
    public static Transition RecordAttempt(this Offer offer, Attempt attempt, Moment moment)
    {
        if (offer.Attempts.FirstOrDefault(known => known.AttemptId == attempt.AttemptId) is { } known)
        {
            Rules.Keep(new AttemptIdMustBeUsedOnce(attempt, known));
            return offer.Unchanged();
        }

        var isTheirs = attempt.Direction == CallDirection.Incoming;
        if (!isTheirs && offer.IsLate(moment)) return offer.RecordLate(attempt, moment);

        var isTakenAtAnyTime = isTheirs || attempt.Outcome == CallOutcome.Died;
        if (isTakenAtAnyTime) Rules.Keep(new HouseholdMustNotBeErased(offer.Erasure), new OutcomeMustFitTheState(offer, attempt.Outcome));
        else Rules.Keep(
            new OfferMustBeOpen(offer.State),
            new CallMustNotBeHeld(offer.KnownState),
            new CallBackMustBeDue(offer, moment.Now),
            new NumberMustBeKnown(attempt.Outcome, offer.Details.Contact),
            new CallMustBeSafe(attempt.Outcome, attempt.SafetyChecked));
        Rules.Keep(
            // What goes to VCAS says where to phone.
            new SafeRouteMustBeGiven(
                attempt.Outcome == CallOutcome.Accepted ? OfferAnswer.Accepted : OfferAnswer.Declined, offer.Details.Contact),
            new HoldMustBeAPersons(attempt.Reason),
            new ReasonMustBeGiven(attempt.Outcome, attempt.Reason),
            new CallAgainTimeMustBeGiven(attempt.Outcome, attempt.CallAgainAt),
            new WrongNumberMustBeReplaced(attempt.Outcome == CallOutcome.CallLater ? offer.KnownHold : null),
            new NextLookMustLieAhead(attempt.CallAgainAt, moment.Now, offer.Policy.LongestHoldDays),
            new CallAgainTimeMustLieInCallHours(attempt.Outcome, attempt.CallAgainAt, moment.Calendar, offer.CalendarIn(moment)));

        // A wake-up may have been lost. A caller who phones at the right time is not refused because of that.
        var started = offer.StartCallBack(moment);
        var isOutside = offer.IsOutsideSafeHours(attempt, moment);
        var attempted = started.Offer with
        {
            Attempts = [.. offer.Attempts, attempt with { At = moment.Now, OutsideSafeHours = isOutside }],
        };
        var (after, consequences) = isTakenAtAnyTime ? attempted.AfterContact(attempt, moment) : attempted.AfterCall(attempt, moment);
        return (after with { Revision = offer.Revision })
            .After([
                .. started.Events,
                new AttemptRecorded(attempt.AttemptId, attempt.Outcome, after.CallFrom, attempt.Direction, isOutside),
                .. consequences,
            ]);
    }

    /// <summary>
    /// Nobody has attempted the call: the caller is reminded and, once it is overdue, the supervisor told. Before its time nothing changes.
    /// </summary>
    public static Transition Remind(this Offer offer, Moment moment)
    {
        if (offer.State != OfferState.Due || offer.NextReminderAt > moment.Now) return offer.Unchanged();
        var overdue = offer.OverdueAt <= moment.Now;
        var number = offer.Reminders + 1;
        var notices = overdue
            ? new[]
            {
                new Dispatch($"reminder-{offer.Revision}", offer.WhoIsTold(DispatchKind.CallBackReminder)),
                new Dispatch($"overdue-{offer.Revision}", DispatchKind.CallBackOverdue),
            }
            : [new Dispatch($"reminder-{offer.Revision}", offer.WhoIsTold(DispatchKind.CallBackReminder))];
        return (offer with
        {
            Reminders = number,
            NextReminderAt = offer.NextReminder(offer.OverdueAt, moment),
            MissedAt = overdue && !offer.WasDialled ? offer.MissedAt ?? moment.Now : offer.MissedAt,
            // A newer notice replaces an older one that has not left yet.
            Outbox = [.. offer.Outbox.Where(dispatch => dispatch.IsLasting), .. notices],
        }).After(new CallBackReminded(number, overdue));
    }

    /// <summary>
    /// Nobody phones until a person releases it; a hold in force is replaced, and a review thereby put off, except that for a wrong
    /// number, which only another number ends. The same hold again changes nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">No call is planned, the review is not in the future, or the number is wrong.</exception>
    public static Transition PlaceHold(this Offer offer, HoldReason reason, DateTimeOffset reviewAt, Moment moment)
    {
        if (offer.KnownHold is { } hold && hold.Reason == reason && hold.ReviewAt == reviewAt) return offer.Unchanged();
        Rules.Keep(
            new HoldMustBeAPersons(reason),
            new OfferMustBeOpen(offer.State),
            new NextLookMustLieAhead(reviewAt, moment.Now, offer.Policy.LongestHoldDays));
        if (reason != HoldReason.WrongNumber) Rules.Keep(new WrongNumberMustBeReplaced(offer.KnownHold));
        return offer.PutOnKnownHold(reason, reviewAt, reason.NeedsTheSupervisor(), moment).After(new CallBackHeld(reason, reviewAt));
    }

    /// <summary>It is safe again: the household waits for its time, or is due when that has passed.</summary>
    /// <param name="offer">The offer.</param>
    /// <param name="moment">Now.</param>
    /// <param name="isSupervisor">Its supervisor does it: then it may be called in spite of what was said under another offer.</param>
    /// <exception cref="RuleBrokenException">It is not held, or its number is known to be wrong.</exception>
    public static Transition ReleaseHold(this Offer offer, Moment moment, bool isSupervisor = false)
    {
        if (offer is { IsHeldForSupervisor: true, Hold: { } hold })
        {
            if (!isSupervisor) Rules.Keep(new CallBackMustBeHeld(offer.KnownState));
            Rules.Keep(new WrongNumberMustBeReplaced(offer.KnownHold));
            if (isSupervisor)
            {
                // The supervisor sees both holds and decides on both. If one were left, the same request again would end it.
                var ended = new HoldEnded(ForSupervisor: true);
                return (offer.BackFromHold(moment) with { Overruled = [.. offer.Overruled, hold.CausedBy!.Value] })
                    .After(hold.Beneath is null ? [ended] : [ended, new HoldEnded()]);
            }

            return (offer with { Hold = hold with { Beneath = null } }).After(new HoldEnded());
        }

        Rules.Keep(new CallBackMustBeHeld(offer.State), new WrongNumberMustBeReplaced(offer.Hold));
        return offer.BackFromHold(moment).After(new HoldEnded());
    }

    /// <summary>
    /// The review date has come and nobody has decided: the hold goes on, and the supervisor is told, again every some days until
    /// a person releases or extends it. Before the date nothing changes.
    /// </summary>
    public static Transition ReviewHold(this Offer offer, Moment moment)
    {
        if (offer.Hold is not { } hold || hold.WakeAt > moment.Now) return offer.Unchanged();
        if (hold.Reason.IsForSupervisor())
        {
            // To others the household waits until its review, so that day must be in the future.
            var reviewAt = moment.Calendar.NextCallMoment(moment.Now.AddDays(offer.Policy.ReviewDays));
            return (offer with { Hold = hold with { ReviewAt = reviewAt } })
                .WithNotice("review", DispatchKind.DecisionNeeded)
                .After(new HoldReviewDue(hold.Reason, hold.ReviewAt, reviewAt, hold.CausedBy));
        }

        var remindAt = moment.Calendar.AddWorkingDays(moment.Now, offer.Policy.ReminderDays);
        return (offer with { Hold = hold with { RemindAt = remindAt } })
            .WithNotice("review", DispatchKind.HoldReview).After(new HoldReviewDue(hold.Reason, hold.ReviewAt, remindAt));
    }

    /// <summary>Somebody else calls. The same again changes nothing.</summary>
    /// <exception cref="RuleBrokenException">No call is planned, or that team calls nobody back.</exception>
    public static Transition Reassign(this Offer offer, Assignee assignee, TeamDirectory directory)
    {
        if (offer.Assignee == assignee) return offer.Unchanged();
        Rules.Keep(new OfferMustBeOpen(offer.State), new CallBackTeamMustBeKnown(assignee.Team, directory));
        var reassigned = offer with { Assignee = assignee };
        return (offer.State == OfferState.Due ? reassigned.WithNotice("due", offer.WhoIsTold(DispatchKind.CallBackDue)) : reassigned)
            .After(new CallBackReassigned(assignee.Team, assignee.Person));
    }

    /// <summary>
    /// Where the team that was to call has gone from the settings, anyone who calls for the offer's own team takes over. A list that
    /// nobody reads must hold no call.
    /// </summary>
    public static Transition PassOn(this Offer offer, TeamDirectory directory) =>
        offer.IsOpen && !directory.IsCallBackTeam(offer.Assignee.Team) && directory.SuccessorFor(offer.Details.Team) is { } successor
            ? offer.Reassign(successor, directory)
            : offer.Unchanged();

    /// <summary>The offer, back from a hold: waiting for its time or, when that has passed, for the next call-back hours.</summary>
    internal static Offer BackFromHold(this Offer offer, Moment moment)
    {
        var callFrom = offer.CallFrom is { } planned && planned > moment.Now
            ? planned
            : offer.CalendarIn(moment).NextCallMoment(moment.Now);
        return offer with
        {
            State = OfferState.Waiting,
            Hold = null,
            CallFrom = callFrom,
            UntoldSince = null,
            // Nobody needs to be told of the hold any more.
            Outbox = [.. offer.Outbox.Where(dispatch => dispatch.IsLasting)],
        };
    }

    private static Offer MadeDue(this Offer offer, Moment moment)
    {
        var overdueAt = moment.Calendar.AddWorkingDays(offer.CallFrom!.Value, offer.Policy.OverdueDays);
        return (offer with
        {
            State = OfferState.Due,
            FirstDueAt = offer.FirstDueAt ?? offer.CallFrom,
            Reminders = 0,
            NextReminderAt = offer.NextReminder(overdueAt, moment),
            OverdueAt = overdueAt,
        }).WithNotice("due", offer.WhoIsTold(DispatchKind.CallBackDue));
    }

    // Without a number nobody can call, so the supervisor must have one found.
    private static DispatchKind WhoIsTold(this Offer offer, DispatchKind kind) =>
        offer.Details.Contact is null ? DispatchKind.SafeRouteNeeded : kind;

    // The moment at which a call becomes overdue is never slept through, however far apart the reminders are.
    private static DateTimeOffset NextReminder(this Offer offer, DateTimeOffset? overdueAt, Moment moment)
    {
        var reminder = moment.Calendar.AddWorkingDays(moment.Now, offer.Policy.ReminderDays);
        return overdueAt is { } overdue && overdue > moment.Now && overdue < reminder ? overdue : reminder;
    }

    /// <summary>The offer, held; the supervisor is told at once where only they can bring it on.</summary>
    internal static Offer PutOnHold(this Offer offer, HoldReason reason, DateTimeOffset reviewAt, bool tellsTheSupervisor, Moment moment)
    {
        var held = offer with
        {
            State = OfferState.Held,
            Hold = new Hold(reason, moment.Now, reviewAt),
            WasHeld = true,
            Death = reason.Death() is { } of && offer.Death?.Of != of ? new KnownDeath(of, moment.Now) : offer.Death,
            NextReminderAt = null,
            OverdueAt = null,
            UntoldSince = null,
            Outbox = [.. offer.Outbox.Where(dispatch => dispatch.IsLasting)],
        };
        return tellsTheSupervisor ? held.WithNotice("review", DispatchKind.HoldReview) : held;
    }

    /// <summary>
    /// The offer, held for a reason that everybody may know: beneath what the supervisor decides on, where that is so, because that is
    /// ended by nobody else.
    /// </summary>
    internal static Offer PutOnKnownHold(
        this Offer offer, HoldReason reason, DateTimeOffset reviewAt, bool tellsTheSupervisor, Moment moment)
    {
        var held = offer.PutOnHold(reason, reviewAt, tellsTheSupervisor, moment);
        if (!offer.IsHeldForSupervisor) return held;
        return held with
        {
            Hold = offer.Hold! with { Beneath = held.Hold },
            // The supervisor has not been told yet what to decide on.
            UntoldSince = offer.UntoldSince,
            Outbox = [.. held.Outbox, .. offer.Outbox.Where(dispatch => dispatch.Kind == DispatchKind.DecisionNeeded)],
        };
    }

    internal static Offer WithNotice(this Offer offer, string name, DispatchKind kind) => offer with
    {
        Outbox = [.. offer.Outbox.Where(dispatch => dispatch.IsLasting), new Dispatch($"{name}-{offer.Revision}", kind)],
    };
}
