using Vcas.Domain.CallBacks;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;
using Vcas.Domain.Reporting;

namespace Vcas.Domain.Tests.Properties;

/// <summary>What must hold of every household at every instant, whatever was done to it.</summary>
internal static class Invariants
{
    public static void Check(Offer? before, Offer offer, IReadOnlyList<RecordedEvent> trail, DateTimeOffset now)
    {
        Fields(offer, now, trail.Count(entry => entry.Event is OfferReopened));
        Calls(offer, trail);
        Messages(before, offer);
        Plans(offer);
        NothingSaidIsLost(before, offer, trail);
        Assert.Equal(trail.Count, offer.Revision);
        Assert.Equal(Recount.Of(offer.Id, trail), HouseholdRecord.Of(offer));
    }

    private static void Fields(Offer offer, DateTimeOffset now, int reopenings)
    {
        var isDue = offer.State == OfferState.Due;
        Holds(!isDue || (offer.CallFrom <= now && offer.FirstDueAt is not null), offer, "due before its time");
        Holds(isDue == offer.NextReminderAt is not null, offer, "reminded exactly while due");
        Holds(isDue == offer.OverdueAt is not null, offer, "overdue exactly while due");
        Holds(offer.IsOpen == offer.CallFrom is not null, offer, "has a time to call exactly while open");
        var own = offer.CallHours is { } hours ? Given.Calendar.With(hours) : Given.Calendar;
        // A time that has come was planned by the hours of then.
        Holds(
            !offer.IsOpen || offer.CallFrom <= now || Given.Calendar.IsCallMoment(offer.CallFrom!.Value) || own
                .IsCallMoment(offer.CallFrom.Value),
            offer,
            "called outside call-back hours");
        Holds((offer.State == OfferState.Held) == offer.Hold is not null, offer, "held exactly while there is a hold");
        Holds(offer.Hold is null || offer.WasHeld, offer, "held, and nobody remembers");
        Holds(offer.Hold?.Beneath?.Reason.IsForSupervisor() != true, offer, "a supervisor's hold beneath another");
        Holds(!offer.IsHeldForSupervisor || offer.Hold!.CausedBy is not null, offer, "held for another offer, and nobody knows which");
        Holds(offer.AsOthersKnowIt(now).KnownState == offer.KnownState, offer, "others know another state than they are answered by");
        Holds((offer.State == OfferState.Closed) == offer.Closing is not null, offer, "closed exactly with a reason");
        Holds(
            offer.State != OfferState.Referred || (offer.Acceptance is not null && offer.Referral is not null),
            offer,
            "referred without acceptance or referral");
        Holds(offer.Acceptance is not null == offer.Referral is not null, offer, "accepted exactly with a referral");
        Holds(!offer.IsOpen || offer.Referral is null, offer, "open, and yet referred");
        Holds(!offer.IsOpen || offer.DueAt is not null, offer, "open without a due date");
        Holds(offer.Attempts.Select(attempt => attempt.AttemptId).Distinct().Count() == offer.Attempts.Count, offer, "one attempt twice");
        Holds(offer.UnansweredCalls <= offer.Policy.MaxAttempts + reopenings, offer, "more attempts than the policy allows");
        Holds(
            offer.Closing?.Reason != ClosingReason.DeclinedAtCallBack || offer.Refusals >= 2, offer, "closed as asked twice, and was not");
        Holds(
            offer.State != OfferState.Referred || offer.Erasure is not null || offer.Details.Contact is not null,
            offer,
            "referred without a safe route");
        Holds(
            offer.Erasure is null
                || (offer.Details.Contact is null && !offer.IsOpen && Plan.For(offer).Stage is Stage.Settled or Stage.AwaitingSend),
            offer,
            "erased, and still somebody's work");
    }

    // Read from the trail alone: no call becomes due before its time, nor after an end.
    private static void Calls(Offer offer, IReadOnlyList<RecordedEvent> trail)
    {
        var (planned, firstDueAt) = (default(DateTimeOffset?), default(DateTimeOffset?));
        var isOver = false;
        foreach (var (at, happened) in trail)
        {
            switch (happened)
            {
                case OfferRecorded recorded:
                    firstDueAt = planned = recorded.DueAt;
                    break;
                case PolicyApplied applied:
                    firstDueAt = planned = applied.DueAt;
                    break;
                case CallBackDue due:
                    Holds(!isOver && at >= due.DueAt && at >= firstDueAt, offer, "a call became due before its time, or after an end");
                    break;
                // They may ring whenever they like, and ask for a call at a time of their own.
                case AttemptRecorded { Direction: CallDirection.Incoming, Outcome: CallOutcome.CallLater } promised:
                    firstDueAt = promised.NextCallAt;
                    break;
                case AttemptRecorded { Direction: CallDirection.Incoming } or AttemptRecorded { Outcome: CallOutcome.Died }:
                    break;
                case AttemptRecorded:
                    Holds(!isOver && at >= firstDueAt, offer, "attempted before its time, or after an end");
                    break;
                case CallHoursOpened opened when opened.CallFrom < firstDueAt:
                    firstDueAt = opened.CallFrom;
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
                    Holds(reopened.CallFrom >= planned, offer, "reopened for a call before the first was due");
                    firstDueAt = reopened.CallFrom;
                    break;
            }
        }

        Holds(isOver != offer.IsOpen, offer, "open exactly until it is accepted, closed or withdrawn");
    }

    private static void Messages(Offer? before, Offer offer)
    {
        var ids = offer.Outbox.Select(dispatch => dispatch.Id).ToList();
        Holds(ids.Distinct().Count() == ids.Count, offer, "two messages by one id");
        Holds(
            offer.IsOpen || !offer.Outbox.Any(dispatch => dispatch.Kind is DispatchKind.CallBackDue or DispatchKind.CallBackReminder
                or DispatchKind.CallBackOverdue or DispatchKind.HoldReview or DispatchKind.SafeHoursUnmet),
            offer,
            "a notice of a call that nobody is to make");
        if (offer.Referral is { } referral)
        {
            Holds(referral.FirstSentAt is not null || referral.State == ReferralState.Withdrawn
                || offer.Outbox.Any(dispatch => dispatch.Kind == DispatchKind.ReferralMade), offer, "a referral was lost");
            Holds(
                referral.State != ReferralState.ToSend || offer.Outbox.Any(dispatch => dispatch.IsMessage),
                offer,
                "to send, and nothing to be sent");
            Holds(
                referral.State is ReferralState.Sent or ReferralState.Received || referral.AnswerDueAt is null,
                offer,
                "an answer is waited for that nobody owes");
            Holds(
                referral.AnswerLateSince is null || referral.AnswerDueAt > referral.AnswerLateSince,
                offer,
                "an answer is late that nobody waits for");
        }

        // The word that a referral is taken back leaves the outbox only by being sent.
        var wasTakenBack = before?.Outbox.Any(dispatch => dispatch.Kind == DispatchKind.ReferralWithdrawn) ?? false;
        var isTakenBack = offer.Outbox.Any(dispatch => dispatch.Kind == DispatchKind.ReferralWithdrawn);
        Holds(!wasTakenBack || isTakenBack || offer.Revision > before!.Revision, offer, "a withdrawal was lost");
        Holds(!isTakenBack || offer.Referral?.State == ReferralState.Withdrawn, offer, "taken back on the wire alone");
    }

    // What was said stays as it was said; and of a hold only a person's word can bring a household back among those to be called.
    private static void NothingSaidIsLost(Offer? before, Offer offer, IReadOnlyList<RecordedEvent> trail)
    {
        Holds(before is null || before.Attempts.SequenceEqual(offer.Attempts.Take(before.Attempts.Count)), offer, "an outcome was lost");
        Holds(
            offer.Attempts.Count == trail.Count(entry => entry.Event is AttemptRecorded or LateOutcomeRecorded),
            offer,
            "an outcome without its event");
        if (before is null || before.State != OfferState.Held || offer.State is not (OfferState.Waiting or OfferState.Due)) return;
        Holds(trail.Skip(before.Revision).Any(entry => entry.Event is HoldEnded), offer, "a hold ended, and nobody ended it");
    }

    private static void Plans(Offer offer)
    {
        var plan = Plan.For(offer);
        Holds(plan.WakeAt is not null || plan.Stage is Stage.AwaitingSend or Stage.Settled, offer, $"{plan} never wakes");
        Holds(plan.Stage != Stage.Settled || !offer.IsOpen, offer, "settled and open");
        Holds(
            offer.Danger is not { AcknowledgedAt: null }
                || offer.Erasure is not null || plan.WakeAt is not null || plan.Stage == Stage.AwaitingSend,
            offer,
            "in danger, and nobody is told of it");
        Holds(
            plan.WakeAt is null || offer.Danger?.EscalateAt is not { } told || plan.WakeAt <= told,
            offer,
            "a danger waits for something else");
        Holds(plan.Revision == offer.Revision, offer, "a plan of another revision");
    }

    private static void Holds(bool kept, Offer offer, string otherwise) =>
        Assert.True(kept, $"{otherwise}: {offer.State}, revision {offer.Revision}, referral {offer.Referral?.State}, {Plan.For(offer)}");
}
