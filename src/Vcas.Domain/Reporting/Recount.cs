using Vcas.Domain.Households;

namespace Vcas.Domain.Reporting;

/// <summary>An event with the instant (UTC) at which it was recorded.</summary>
public sealed record RecordedEvent(DateTimeOffset At, HouseholdEvent Event);

/// <summary>
/// The second way to the same figures: a household's record rebuilt only from its audit trail. Where it differs from the
/// stored record, one of them is wrong.
/// </summary>
public static class Recount
{
    /// <summary>The record that this trail, in order, adds up to.</summary>
    /// <exception cref="ArgumentException">The trail does not begin with the recording of an offer.</exception>
    public static HouseholdRecord Of(Guid id, IEnumerable<RecordedEvent> trail)
    {
        HouseholdRecord? record = null;
        // An attempt is undone by whoever made it before anything else happens.
        HouseholdRecord? beforeAttempt = null;
        foreach (var (at, happened) in trail)
        {
            if (record is null)
            {
                if (happened is not OfferRecorded first) throw new ArgumentException("A trail begins with OfferRecorded.", nameof(trail));
                record = Begin(id, first);
            }
            else if (happened is AttemptUndone)
            {
                record = beforeAttempt ?? throw new ArgumentException("An attempt was undone that was never recorded.", nameof(trail));
            }
            else
            {
                if (happened is AttemptRecorded or LateOutcomeRecorded) beforeAttempt = record;
                record = After(record, at, happened);
            }
        }

        return record ?? throw new ArgumentException("The trail is empty.", nameof(trail));
    }

    private static HouseholdRecord Begin(Guid id, OfferRecorded recorded) => new()
    {
        Id = id,
        OfferedAt = recorded.OfferedAt,
        Team = recorded.Team,
        Answer = recorded.Answer,
        IsOpen = recorded.DueAt is not null,
        NeedsSafeRoute = recorded.NeedsSafeRoute,
        RealOffers = recorded.Answer.WasReallyOffered() ? 1 : 0,
    };

    private static HouseholdRecord After(HouseholdRecord record, DateTimeOffset at, HouseholdEvent happened) => happened switch
    {
        OfferAccepted accepted => record with
        {
            AcceptedWhen = accepted.When,
            IsOpen = false,
            NeedsSafeRoute = accepted.NeedsSafeRoute,
            RealOffers = record.RealOffers + (accepted.When.AnswersALaterOffer() ? 1 : 0),
            Referral = ReferralOutcome.Awaited,
        },
        OfferClosed => record with { IsOpen = false, NeedsSafeRoute = false },
        OfferWithdrawn withdrawn => record with
        {
            IsOpen = false,
            NeedsSafeRoute = false,
            IsCounted = withdrawn.Reason is not (WithdrawalReason.RecordedInError or WithdrawalReason.Duplicate),
        },
        CallBackDue due => record with
        {
            CallBackDueAt = record.CallBackDueAt ?? due.DueAt,
            WasDueWithoutRoute = record.WasDueWithoutRoute || (record.CallBackDueAt is null && due.NeedsSafeRoute),
        },
        AttemptRecorded { Direction: CallDirection.Incoming } contact => record with
        {
            IncomingContacts = record.IncomingContacts + 1,
            RealOffers = record.RealOffers + (contact.Outcome.IsRefusal() ? 1 : 0),
            WasReached = record.WasReached || contact.Outcome.ReachedHousehold(),
        },
        AttemptRecorded unmade when !unmade.Outcome.WasMade(unmade.Direction) => record,
        // Who went there before the household was due did not do it in the place of the call.
        AttemptRecorded { By: not AttemptWay.Phone } early when record.CallBackDueAt is null => record with
        {
            RealOffers = record.RealOffers + (early.Outcome.IsRefusal() ? 1 : 0),
            WasReached = record.WasReached || early.Outcome.ReachedHousehold(),
        },
        AttemptRecorded attempt => record with
        {
            Attempts = record.Attempts + 1,
            AttemptsOutsideSafeHours = record.AttemptsOutsideSafeHours + (attempt.OutsideSafeHours ? 1 : 0),
            RealOffers = record.RealOffers + (attempt.Outcome.IsRefusal() ? 1 : 0),
            Visits = record.Visits + (attempt.By.IsVisit() ? 1 : 0),
            FirstAttemptAt = record.FirstAttemptAt ?? at,
            WasReached = record.WasReached || attempt.Outcome.ReachedHousehold(),
        },
        CallBackReopened reopened => record with { IsOpen = true, NeedsSafeRoute = reopened.NeedsSafeRoute },
        ContactChanged changed => record with { NeedsSafeRoute = changed.NeedsSafeRoute },
        SafeRouteFound => record with { NeedsSafeRoute = false },
        // A call counts as made, however late its outcome was recorded.
        LateOutcomeRecorded late =>
            After(record, at, new AttemptRecorded(late.AttemptId, late.Outcome, null, CallDirection.Outgoing, false)),
        CallBackReminded { Overdue: true } when record.Attempts == 0 => record with { WasMissed = true },
        // What fell due while the clock ran ahead has not been due: its day lies ahead of the instant at which it is reckoned again.
        PolicyApplied when record.CallBackDueAt > at =>
            record with { CallBackDueAt = null, WasDueWithoutRoute = false, WasMissed = false },
        RecordCorrected now => record with
        {
            Answer = now.Answer,
            OfferedAt = now.OfferedAt,
            Team = now.Team,
            RealOffers = record.RealOffers - (record.Answer.WasReallyOffered() ? 1 : 0) + (now.Answer.WasReallyOffered() ? 1 : 0),
        },
        OfferReopened reopened => record with { IsOpen = true, IsCounted = true, NeedsSafeRoute = reopened.NeedsSafeRoute },
        CallBackHeld held => record with
        {
            WasHeld = true,
            NeedsSafeRoute = record.NeedsSafeRoute || held.Reason == HoldReason.WrongNumber,
        },
        ReferralSent => record with { ReferredAt = record.ReferredAt ?? at },
        ReferralAmended { AsksAgain: true } => record with { AnsweredAt = null, Referral = ReferralOutcome.Awaited },
        ReferralWithdrawn => record with { Referral = ReferralOutcome.Withdrawn },
        ReferralAnswered { Answer.Kind: ReferralAnswerKind.Accepted } =>
            record with { AnsweredAt = at, Referral = ReferralOutcome.TakenOn },
        ReferralAnswered { Answer.Kind: ReferralAnswerKind.Rejected } =>
            record with { AnsweredAt = at, Referral = ReferralOutcome.Rejected },
        ReferralAnswered { Answer: { Kind: ReferralAnswerKind.Closed, Closure: var closure } } =>
            record with { Referral = ReferralOutcome.Closed, Closure = closure },
        _ => record,
    };
}
