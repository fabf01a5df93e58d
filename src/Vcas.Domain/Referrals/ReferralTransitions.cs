using Vcas.Domain.Offers;

namespace Vcas.Domain.Referrals;

/// <summary>What can happen to a referral: made, sent, amended, withdrawn, answered, an answer missed.</summary>
public static class ReferralTransitions
{
    private const string Made = "made";

    /// <summary>The offer with a referral that is to be sent. Planned calls end.</summary>
    internal static Offer Refer(this Offer offer, AcceptedWhen when, DateTimeOffset acceptedAt, Moment moment) => offer with
    {
        State = OfferState.Referred,
        Acceptance = new Acceptance(when, acceptedAt),
        Closing = null,
        Hold = null,
        CallFrom = null,
        OverdueAt = null,
        NextReminderAt = null,
        UntoldSince = null,
        Referral = new Referral { State = ReferralState.ToSend, Version = 1, MadeAt = moment.Now },
        Outbox = [.. offer.Outbox.Where(dispatch => dispatch.IsDanger), new Dispatch(Made, DispatchKind.ReferralMade)],
    };

    /// <summary>The queue has taken a message. Telling it again changes nothing.</summary>
    public static Transition MessageSent(this Offer offer, string dispatchId, Moment moment)
    {
        if (offer.Referral is not { } referral) return offer.Unchanged();
        if (offer.Outbox.FirstOrDefault(dispatch => dispatch.IsMessage && dispatch.Id == dispatchId) is not { } sent)
            return offer.LeftBeforeItWasTakenBack(referral, dispatchId, moment);

        var rest = offer with { Outbox = [.. offer.Outbox.Where(dispatch => dispatch != sent)] };
        if (sent.Kind == DispatchKind.ReferralWithdrawn) return rest.After(new WithdrawalSent());

        var taken = referral with { FirstSentAt = referral.FirstSentAt ?? moment.Now };
        if (sent.Version == referral.Version)
        {
            // VCAS's answer can overtake our own note that the message has left; then the answer counts.
            taken = taken with
            {
                SentAt = moment.Now,
                State = referral.State == ReferralState.ToSend ? ReferralState.Sent : referral.State,
            };
            if (taken is { AwaitsAnswer: true, AnswerDueAt: null })
                taken = taken with { AnswerDueAt = moment.Calendar.AddWorkingDays(moment.Now, offer.Policy.AnswerDays) };
        }

        return (rest with { Referral = taken }).After(new ReferralSent(sent.Version));
    }

    /// <summary>A notification has left. It is not an event in the household's course, and neither are the next two.</summary>
    public static Offer NoticeSent(this Offer offer, string dispatchId) =>
        offer.WithoutNotice(dispatchId) is var told && ReferenceEquals(told, offer) ? offer : told with { UntoldSince = null };

    /// <summary>Nobody can be told, and trying again would change nothing: the lists show it until a later notice arrives.</summary>
    public static Offer NoticeUndeliverable(this Offer offer, string dispatchId, DateTimeOffset now) =>
        offer.WithoutNotice(dispatchId) is var untold && ReferenceEquals(untold, offer)
            ? offer
            : untold with { UntoldSince = offer.UntoldSince ?? now };

    /// <summary>Nobody could be told so far. It will be tried again; until then the lists show it.</summary>
    public static Offer NoticeDelayed(this Offer offer, DateTimeOffset now) =>
        offer.UntoldSince is null && offer.Outbox.Any(dispatch => !dispatch.IsMessage) ? offer with { UntoldSince = now } : offer;

    /// <summary>
    /// Changes what VCAS knows; the next version goes out. A referral that was rejected is thereby made again, also with nothing
    /// changed (VCAS may have room now); otherwise the same details again change nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">There is no referral, it is over, or the new contact can't be right.</exception>
    public static Transition Amend(this Offer offer, OfferDetails details, Moment moment)
    {
        Rules.Keep(
            new HouseholdMustNotBeErased(offer.Erasure),
            new ReferralMustHaveBeenMade(offer.Referral),
            new ReferralMustBeOpen(offer.Referral),
            new SafeRouteMustBeGiven(OfferAnswer.Accepted, details.Contact),
            new ContactMustNotBeAChild(details.Household, details.Contact));

        if (details == offer.Details && offer.Referral!.State != ReferralState.Rejected) return offer.Unchanged();
        var asksAgain = offer.Referral!.State == ReferralState.Rejected;
        var version = offer.Referral.Version + 1;
        var referral = offer.Referral with { Version = version };
        return (offer with
        {
            Details = details,
            Corrections = offer.CorrectedTo(details, moment),
            // VCAS goes on with what it has accepted or is deciding on. If it rejected the referral, it is asked again.
            Referral = asksAgain
                ? referral with
                {
                    State = ReferralState.ToSend,
                    AskedVersion = version,
                    AnsweredAt = null,
                    AnswerDueAt = null,
                    AnswerLateSince = null,
                    RejectionReason = null,
                }
                : referral,
            Outbox = [.. offer.Outbox, Dispatch.AmendedTo(version)],
        }).After(new ReferralAmended(version, asksAgain)).WithDanger(offer.Details.Risks, moment);
    }

    /// <summary>Takes the referral back after it was made; the household's offer ends with it.</summary>
    /// <exception cref="RuleBrokenException">There is no referral, or it is over.</exception>
    public static Transition WithdrawReferral(this Offer offer, WithdrawalReason reason, Moment moment)
    {
        Rules.Keep(new ReferralMustHaveBeenMade(offer.Referral));
        if (offer.Referral!.WithdrawalReason == reason) return offer.Unchanged();
        Rules.Keep(new ReferralMustBeOpen(offer.Referral));
        return offer.Withdraw(reason, moment);
    }

    /// <summary>VCAS answers. A repeated, late or superseded answer changes nothing.</summary>
    /// <exception cref="RuleBrokenException">No referral was made for this household.</exception>
    public static Transition ReceiveAnswer(this Offer offer, ReferralAnswer answer, Moment moment)
    {
        Rules.Keep(new ReferralMustHaveBeenMade(offer.Referral));
        var referral = offer.Referral!;
        // The people's details are erased, so a late answer has nobody to be about.
        if (offer.Erasure is not null) return offer.Unchanged();
        if (referral.AnswerIds.Contains(answer.MessageId) || answer.Version < referral.AskedVersion || !referral.IsMovedBy(answer.Kind))
            return offer.Unchanged();

        var decided = answer.Kind is ReferralAnswerKind.Accepted or ReferralAnswerKind.Rejected;
        var answered = offer with
        {
            Referral = referral with
            {
                State = StateAfter(answer.Kind),
                AnsweredAt = decided ? moment.Now : referral.AnsweredAt,
                // An acknowledgement that overtakes our own note of sending has no due date yet: the note sets it.
                AnswerDueAt = answer.Kind == ReferralAnswerKind.Received ? referral.AnswerDueAt : null,
                AnswerLateSince = answer.Kind == ReferralAnswerKind.Received ? referral.AnswerLateSince : null,
                CaseReference = answer.CaseReference ?? referral.CaseReference,
                RejectionReason = answer.Rejection,
                ClosureReason = answer.Closure,
                AnswerIds = [.. referral.AnswerIds, answer.MessageId],
            },
            UntoldSince = null,
            Outbox = answer.Kind == ReferralAnswerKind.Rejected
                ? [.. offer.Outbox, new Dispatch($"rejected-{offer.Revision}", DispatchKind.ReferralRejected)]
                : offer.Outbox,
        };
        return answered.After(new ReferralAnswered(answer));
    }

    /// <summary>
    /// VCAS has not answered in time: the supervisor is told, again and again until it does. Before its time nothing changes.
    /// </summary>
    public static Transition ChaseAnswer(this Offer offer, Moment moment)
    {
        if (offer.Referral is not { AwaitsAnswer: true } referral || referral.AnswerDueAt > moment.Now) return offer.Unchanged();
        var next = moment.Calendar.AddWorkingDays(moment.Now, offer.Policy.AnswerDays);
        return (offer with
        {
            Referral = referral with { AnswerDueAt = next, AnswerLateSince = referral.AnswerLateSince ?? referral.AnswerDueAt },
            Outbox =
            [
                .. offer.Outbox.Where(dispatch => dispatch.IsLasting),
                new Dispatch($"missing-{offer.Revision}", DispatchKind.AnswerMissing),
            ],
        }).After(new AnswerChased(next));
    }

    /// <summary>
    /// The offer with its referral taken back. What had not left stays here: VCAS gets no personal data of a household that
    /// has withdrawn, only the word that nothing more is to be done.
    /// </summary>
    internal static Transition WithReferralTakenBack(this Offer offer, WithdrawalReason reason)
    {
        if (offer.Referral is not { } referral || referral.State is ReferralState.Withdrawn or ReferralState.Closed)
            return offer.Unchanged();
        return new Transition(
            offer with
            {
                Referral = referral with
                {
                    State = ReferralState.Withdrawn,
                    WithdrawalReason = reason,
                    AnswerDueAt = null,
                    AnswerLateSince = null,
                },
                Outbox = [.. offer.Outbox.Where(dispatch => dispatch.IsDanger), new Dispatch("withdrawn", DispatchKind.ReferralWithdrawn)],
            },
            [new ReferralWithdrawn(reason)]);
    }

    // The queue took the referral at the moment at which it was taken back here. That VCAS has it is a disclosure, and stands
    // in the trail like any other.
    private static Transition LeftBeforeItWasTakenBack(this Offer offer, Referral referral, string dispatchId, Moment moment) =>
        dispatchId == Made && referral.FirstSentAt is null
            ? (offer with { Referral = referral with { FirstSentAt = moment.Now } }).After(new ReferralSent(1))
            : offer.Unchanged();

    private static Offer WithoutNotice(this Offer offer, string dispatchId) =>
        offer.Outbox.Any(dispatch => !dispatch.IsMessage && dispatch.Id == dispatchId)
            ? offer with { Outbox = [.. offer.Outbox.Where(dispatch => dispatch.IsMessage || dispatch.Id != dispatchId)] }
            : offer;

    private static bool IsMovedBy(this Referral referral, ReferralAnswerKind kind) => referral.State switch
    {
        ReferralState.ToSend or ReferralState.Sent => true,
        ReferralState.Received => kind != ReferralAnswerKind.Received,
        ReferralState.Accepted => kind is ReferralAnswerKind.Closed or ReferralAnswerKind.Rejected,
        ReferralState.Rejected => kind is ReferralAnswerKind.Accepted or ReferralAnswerKind.Closed,
        _ => false,
    };

    private static ReferralState StateAfter(ReferralAnswerKind kind) => kind switch
    {
        ReferralAnswerKind.Received => ReferralState.Received,
        ReferralAnswerKind.Accepted => ReferralState.Accepted,
        ReferralAnswerKind.Rejected => ReferralState.Rejected,
        _ => ReferralState.Closed,
    };
}
