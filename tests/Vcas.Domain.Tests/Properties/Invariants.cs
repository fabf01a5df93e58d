using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Reporting;

namespace Vcas.Domain.Tests.Properties;

/// <summary>What must hold of every household at every instant, whatever was done to it.</summary>
internal static class Invariants
{
    public static void Check(Household? before, Household household, IReadOnlyList<RecordedEvent> trail, DateTimeOffset now)
    {
        Fields(household, now, trail.Count(entry => entry.Event is OfferReopened));
        Calls(household, trail);
        Messages(before, household);
        Plans(household);
        Routes(household);
        NothingSaidIsLost(before, household, trail);
        Disclosure(before, household, trail);
        // By a clock that is right nothing is reckoned that would have to be put right.
        Holds(ReferenceEquals(household.PutRight(Given.Moment(now)).Household, household), household, "a date is later than it can be");
        Assert.Equal(trail.Count, household.Revision);
        Assert.Equal(Recount.Of(household.Id, trail), HouseholdRecord.Of(household));
    }

    // Whoever is held for disclosure is erased by nobody, and nothing that is said is lost but by an erasure or a correction.
    private static void Disclosure(Household? before, Household household, IReadOnlyList<RecordedEvent> trail)
    {
        Holds(before?.DisclosureHold is null || household.Erasure is null, household, "erased, although it was held for disclosure");
        Holds(household.DisclosureHold is null || household.WasDisclosureHeld, household, "held for disclosure, and nobody remembers");
        Holds(
            household.DisclosureHold is null == (trail.LastOrDefault(entry => entry.Event is DisclosureHoldPlaced or DisclosureHoldReleased)
                ?.Event is not DisclosureHoldPlaced), household, "the trail says otherwise of the disclosure hold");
        Holds(
            household.Erasure is not null || household.Details.Consents.Count >= (before?.Details.Consents.Count ?? 0), household,
            "what somebody said is gone");
    }

    private static void Fields(Household household, DateTimeOffset now, int reopenings)
    {
        var isDue = household.State == HouseholdState.Due;
        Holds(!isDue || (household.CallFrom <= now && household.FirstDueAt is not null), household, "due before its time");
        Holds(isDue == household.NextReminderAt is not null, household, "reminded exactly while due");
        Holds(isDue == household.OverdueAt is not null, household, "overdue exactly while due");
        Holds(household.IsOpen == household.CallFrom is not null, household, "has a time to call exactly while open");
        var own = household.CallHours is { } hours ? Given.Calendar.With(hours) : Given.Calendar;
        // A time that has come was planned by the hours of then.
        Holds(
            !household.IsOpen || household.CallFrom <= now || Given.Calendar.IsCallMoment(household.CallFrom!.Value) || own
                .IsCallMoment(household.CallFrom.Value),
            household,
            "called outside call-back hours");
        Holds((household.State == HouseholdState.Held) == household.Hold is not null, household, "held exactly while there is a hold");
        Holds(household.Hold is null || household.WasHeld, household, "held, and nobody remembers");
        Holds(household.KnownHold?.Reason.IsForSupervisor() != true, household, "a supervisor's hold beneath another");
        Holds(household.IsHeldForSupervisor == household.SupervisorHold is not null, household,
            "held for another offer, and nobody knows which");
        Holds(household.AsOthersKnowIt(now).KnownState == household.KnownState, household,
            "others know another state than they are answered by");
        Holds((household.State == HouseholdState.Closed) == household.Closing is not null, household, "closed exactly with a reason");
        Holds(
            household.State != HouseholdState.Referred || (household.Acceptance is not null && household.Referral is not null),
            household,
            "referred without acceptance or referral");
        Holds(household.Acceptance is not null == household.Referral is not null, household, "accepted exactly with a referral");
        Holds(!household.IsOpen || household.Referral is null, household, "open, and yet referred");
        Holds(!household.IsOpen || household.DueAt is not null, household, "open without a due date");
        Holds(household.Attempts.Select(attempt => attempt.AttemptId).Distinct().Count() == household.Attempts.Count, household,
            "one attempt twice");
        Holds(household.UnansweredCalls <= household.Policy.MaxAttempts + reopenings, household, "more attempts than the policy allows");
        Holds(
            household.Closing?.Reason is not (ClosingReason.DeclinedAtCallBack or ClosingReason.DeclinedInPerson)
                || household.Refusals >= 2, household, "closed as asked twice, and was not");
        Holds(
            household.State != HouseholdState.Referred || household.Erasure is not null
                || household.AwaitsRoute != household.Details.HasSafeRoute,
            household,
            "referred without a safe route, or waiting for one that is known");
        Holds(
            !household.AwaitsRoute || (household.RouteTask?.RemindAt is not null && !household.Outbox.Any(dispatch => dispatch.IsMessage)),
            household,
            "a yes that waits for a route is told to VCAS, or to nobody");
        Holds(
            household.Erasure is null
                || (household.Details.Contact is null
                    && !household.IsOpen && Plan.For(household).Stage is Stage.Settled or Stage.AwaitingSend),
            household,
            "erased, and still somebody's work");
    }

    // Read from the trail alone: no call becomes due before its time, nor after an end.
    private static void Calls(Household household, IReadOnlyList<RecordedEvent> trail)
    {
        var (planned, firstDueAt) = (default(DateTimeOffset?), default(DateTimeOffset?));
        var isOver = false;
        var beforeAttempt = (planned, firstDueAt, isOver);
        foreach (var (at, happened) in trail)
        {
            if (happened is AttemptRecorded or LateOutcomeRecorded) beforeAttempt = (planned, firstDueAt, isOver);
            switch (happened)
            {
                case AttemptUndone:
                    (planned, firstDueAt, isOver) = beforeAttempt;
                    break;
                case OfferRecorded recorded:
                    firstDueAt = planned = recorded.DueAt;
                    break;
                case PolicyApplied applied:
                    firstDueAt = planned = applied.DueAt;
                    break;
                // Its date was wrong, and the first call moves with it.
                case RecordCorrected { DueAt: { } moved } when moved != planned:
                    firstDueAt = planned = moved;
                    break;
                case CallBackDue due:
                    Holds(!isOver && at >= due.DueAt && at >= firstDueAt, household, "a call became due before its time, or after an end");
                    break;
                // They may ring whenever they like, and ask for a call at a time of their own.
                case AttemptRecorded { Outcome: CallOutcome.CallLater } promised when IsAtAnyTime(promised):
                    firstDueAt = promised.NextCallAt;
                    break;
                case AttemptRecorded attempt when IsAtAnyTime(attempt):
                    break;
                case AttemptRecorded:
                    Holds(!isOver && at >= firstDueAt, household, "attempted before its time, or after an end");
                    break;
                case CallHoursOpened opened when opened.CallFrom < firstDueAt:
                    firstDueAt = opened.CallFrom;
                    // The first call is reckoned anew in these hours, from the offer: it may come sooner than it was planned.
                    planned = planned < at ? planned : at;
                    break;
                case SecondOfferPlanned second:
                    firstDueAt = second.CallFrom;
                    break;
                case CallBackReopened:
                    isOver = false;
                    break;
                case OfferAccepted or OfferWithdrawn or OfferClosed:
                    isOver = true;
                    break;
                // Undoing a mistake begins the calls anew, and never sooner than the first of them.
                case OfferReopened reopened:
                    isOver = false;
                    Holds(reopened.CallFrom >= planned, household, "reopened for a call before the first was due");
                    firstDueAt = reopened.CallFrom;
                    break;
            }
        }

        Holds(isOver != household.IsOpen, household, "open exactly until it is accepted, closed or withdrawn");
    }

    // They ring, are visited or written to whenever it may be, and a death is told of by anybody.
    private static bool IsAtAnyTime(AttemptRecorded attempt) =>
        attempt is { Direction: CallDirection.Incoming } or { Outcome: CallOutcome.Died } || attempt.By != AttemptWay.Phone;

    private static void Messages(Household? before, Household household)
    {
        var ids = household.Outbox.Select(dispatch => dispatch.Id).ToList();
        Holds(ids.Distinct().Count() == ids.Count, household, "two messages by one id");
        Holds(
            household.IsOpen || !household.Outbox.Any(dispatch => dispatch.Kind is DispatchKind.CallBackDue or DispatchKind.CallBackReminder
                or DispatchKind.VisitDue or DispatchKind.CallBackOverdue or DispatchKind.HoldReview or DispatchKind.SafeHoursUnmet),
            household,
            "a notice of a call that nobody is to make");
        if (household.Referral is { } referral)
        {
            Holds(referral.FirstSentAt is not null || referral.State is ReferralState.Withdrawn or ReferralState.AwaitingRoute
                || household.Outbox.Any(dispatch => dispatch.Kind == DispatchKind.ReferralMade), household, "a referral was lost");
            Holds(
                referral.State != ReferralState.ToSend || household.Outbox.Any(dispatch => dispatch.IsMessage),
                household,
                "to send, and nothing to be sent");
            Holds(
                referral.IsWaitedFor || referral.AnswerDueAt is null,
                household,
                "an answer is waited for that nobody owes");
            Holds(
                referral.State != ReferralState.ToSend || referral.AnswerDueAt is not null,
                household,
                "nobody is told that a referral does not leave");
            Holds(
                referral.AnswerLateSince is null || referral.AnswerDueAt > referral.AnswerLateSince,
                household,
                "an answer is late that nobody waits for");
        }

        // The word that a referral is taken back leaves the outbox only by being sent.
        var wasTakenBack = before?.Outbox.Any(dispatch => dispatch.Kind == DispatchKind.ReferralWithdrawn) ?? false;
        var isTakenBack = household.Outbox.Any(dispatch => dispatch.Kind == DispatchKind.ReferralWithdrawn);
        Holds(!wasTakenBack || isTakenBack || household.Revision > before!.Revision, household, "a withdrawal was lost");
        Holds(!isTakenBack || household.Referral?.State == ReferralState.Withdrawn, household, "taken back on the wire alone");
    }

    // What was said stays as it was said; and of a hold only a person's word can bring a household back among those to be called.
    private static void NothingSaidIsLost(Household? before, Household household, IReadOnlyList<RecordedEvent> trail)
    {
        Holds(before is null || before.Attempts.Where(attempt => !household.UndoneAttempts.Contains(attempt.AttemptId))
                .SequenceEqual(household.Attempts.Take(before.Attempts.Count)),
            household,
            "an outcome was lost");
        Holds(
            household.Attempts.Count == trail.Count(entry => entry.Event is AttemptRecorded or LateOutcomeRecorded)
                - trail.Count(entry => entry.Event is AttemptUndone),
            household,
            "an outcome without its event");
        if (before is null
            || before.State != HouseholdState.Held || household.State is not (HouseholdState.Waiting or HouseholdState.Due)) return;
        Holds(
            trail.Skip(before.Revision).Any(entry => entry.Event is HoldEnded or AttemptUndone), household,
            "a hold ended, and nobody ended it");
    }

    private static void Plans(Household household)
    {
        var plan = Plan.For(household);
        Holds(plan.WakeAt is not null || plan.Stage is Stage.AwaitingSend or Stage.Settled, household, $"{plan} never wakes");
        Holds(plan.Stage != Stage.Settled || !household.IsOpen, household, "settled and open");
        Holds(
            household.Danger is not { AcknowledgedAt: null }
                || household.Erasure is not null || plan.WakeAt is not null || plan.UrgentAt is not null,
            household,
            "in danger, and nobody is told of it");
        Holds(
            plan.WakeAt is null || household.Danger?.EscalateAt is not { } told || plan.WakeAt <= told,
            household,
            "a danger waits for something else");
        Holds(
            plan.UrgentAt == (plan.Stage == Stage.AwaitingSend ? household.Danger?.EscalateAt : null),
            household,
            "a danger waits for a message to leave");
        Holds(
            household.Erasure is not null || household.Danger is not { AcknowledgedAt: not null, Measures.Count: 0 } known
                || known.MeasureDueAt is not null,
            household,
            "somebody knows of a danger, and nobody is asked what was done");
        Holds(
            household.Danger is not { EscalateAt: not null, MeasureDueAt: not null }
                && household.Danger is not { MeasureDueAt: not null, Measures.Count: > 0 },
            household,
            "a danger waits for two things, or for what is done");
        Holds(
            household.Danger?.Welfare is not { IsOpen: true }
                || household is { Danger.AcknowledgedAt: not null, Danger.Measures.Count: > 0, Erasure: null },
            household,
            "a welfare contact is asked for before somebody has said what was done, or of nobody");
        Holds(
            household.Danger?.Welfare is not { IsOpen: true }
                || household.Closing?.Reason is not (ClosingReason.DoNotContact or ClosingReason.Died),
            household,
            "a welfare contact with somebody who asked for none, or has died");
        Holds(plan.Revision == household.Revision, household, "a plan of another revision");
    }

    private static void Routes(Household household)
    {
        Holds(household.RouteTask is not null == household.NeedsSafeRoute, household, "a safe route is sought exactly while none is known");
        Holds(household.NeedsSafeRoute || !household.Outbox.Any(dispatch => dispatch.IsOfRouteTask), household,
            "told of a route that is known");
        Holds(
            household.RouteTask is not { } task
                || task.RemindAt is not null == (household.AwaitsRoute || task.Step < RouteTask.Steps),
            household,
            "a safe route is sought, and nobody is told of it");
        Holds(
            household.RouteTask is null
                || household.Outbox.Count(dispatch => dispatch.Kind == DispatchKind.SafeRouteMissing) <= 1, household, "told of it twice");
    }

    private static void Holds(bool kept, Household household, string otherwise) =>
        Assert.True(kept,
            $"{otherwise}: {household.State}, revision {household.Revision}, referral {household.Referral?.State}, {Plan.For(household)}");
}
