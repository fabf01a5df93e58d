using Vcas.Domain.Audit;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Referrals;
using Vcas.Domain.Teams;

namespace Vcas.Domain.Offers;

/// <summary>What can happen to an offer as such: recorded, accepted, withdrawn, its contact replaced, its policy renewed.</summary>
public static class OfferTransitions
{
    /// <summary>Records an offer.</summary>
    /// <param name="id">Made by the officer's device.</param>
    /// <param name="details">What the officer recorded.</param>
    /// <param name="team">The team that attended; null when it takes no part.</param>
    /// <param name="policy">The policy in force.</param>
    /// <param name="schemeStart">When the scheme began, UTC.</param>
    /// <param name="moment">Now.</param>
    /// <param name="never">
    /// Under which offer, and by whom, it was asked that the contact's number never be called: unless the household accepts at the
    /// door, it is held at once for its supervisor, and anyone who records it is told of a waiting one.
    /// </param>
    /// <exception cref="RuleBrokenException">What was recorded can't be right.</exception>
    public static Transition Record(
        Guid id,
        OfferDetails details,
        Team? team,
        CallBackPolicy policy,
        DateTimeOffset schemeStart,
        Moment moment,
        (Guid CausedBy, string By)? never = null)
    {
        Rules.Keep(
            new TeamMustTakePart(team),
            new OfferMustNotLieInTheFuture(details.OfferedAt, moment.Now),
            new OfferMustNotPrecedeTheScheme(details.OfferedAt, schemeStart),
            new SafeRouteMustBeGiven(details.Answer, details.Contact),
            new ContactMustNotBeAChild(details.Household, details.Contact));

        var offer = new Offer
        {
            Id = id,
            State = OfferState.Waiting,
            // The team's name is written one way, whatever case the officer typed: reports group by it.
            Details = details with { Team = team!.Name },
            RecordedAt = moment.Now,
            Policy = policy,
            Assignee = team.FirstAssignee,
            Supervisor = team.Supervisor,
        };

        var recorded = details.Answer switch
        {
            OfferAnswer.Accepted => offer.RecordReferred(AcceptedWhen.AtOffer, moment),
            OfferAnswer.DoNotContact => offer.RecordNeverToBeCalled(moment),
            _ when never is { } said => offer.RecordWaiting(moment).HeldFor(said.CausedBy, said.By, moment),
            OfferAnswer.NotAsked when policy.ConsentModel == ConsentModel.OptOut && details.Contact is not null =>
                offer.RecordReferred(AcceptedWhen.NotAsked, moment),
            _ => offer.RecordWaiting(moment),
        };
        return recorded.WithDanger([], moment);
    }

    /// <summary>
    /// The household wants support, at whatever point. Accepting again changes nothing, unless it brings another contact, which
    /// VCAS is told. Once the referral is over (taken back, or finished by VCAS) a new offer is needed: one offer leads to one
    /// referral at most, and a second one under the same id would be taken for a repetition and dropped.
    /// </summary>
    /// <param name="offer">The offer.</param>
    /// <param name="acceptedAt">When it was accepted, UTC.</param>
    /// <param name="householdAsked">The household came forward by itself.</param>
    /// <param name="contact">A safe route, where the offer has none or another one is safer now.</param>
    /// <param name="lawfulBasis">The ground for the referral, where recorded now.</param>
    /// <param name="moment">Now.</param>
    /// <exception cref="RuleBrokenException">The offer was taken back, must not be contacted, has no safe route, or its
    /// referral is over.</exception>
    public static Transition Accept(
        this Offer offer, DateTimeOffset acceptedAt, bool householdAsked, SafeContact? contact, LawfulBasis? lawfulBasis, Moment moment)
    {
        var at = AcceptanceMustFollowTheOffer.Mended(acceptedAt, offer.Details.OfferedAt);
        if (offer.State == OfferState.Referred && (offer.Acceptance?.At == at || offer.Referral?.State != ReferralState.Closed))
            return contact is null || contact == offer.Details.Contact ? offer.Unchanged() : offer.ChangeContact(contact, moment);

        var route = contact ?? offer.Details.Contact;
        Rules.Keep(
            new HouseholdMustNotBeErased(offer.Erasure),
            new OfferMustNotBeEnded(offer.Closing),
            new ReferralMustBeOpen(offer.Referral),
            new DoNotContactMustBeRespected(offer.Closing, householdAsked),
            new WrongNumberMustBeReplaced(offer.KnownHold, offer.Details.Contact, contact),
            new AcceptanceMustFollowTheOffer(at, offer.Details.OfferedAt, moment.Now),
            new SafeRouteMustBeGiven(OfferAnswer.Accepted, route),
            new ContactMustNotBeAChild(offer.Details.Household, route));

        var when = offer.Closing is null && !offer.WasDialled ? AcceptedWhen.BeforeCallBack : AcceptedWhen.Later;
        var details = offer.Details with
        {
            Contact = route,
            LawfulBasis = lawfulBasis ?? offer.Details.LawfulBasis,
            // Why we held the call is what VCAS must know before it phones the same household.
            Risks = RiskOf(offer.KnownHold) is { } risk && !offer.Details.Risks.Contains(risk)
                ? [.. offer.Details.Risks, risk]
                : offer.Details.Risks,
        };
        return (offer with { Details = details }).Refer(when, at, moment)
            .After(new OfferAccepted(when, at));
    }

    /// <summary>
    /// The police take the offer back; a referral that was made is taken back with it. The same reason again changes nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">The offer has ended in a way that this reason can't change.</exception>
    public static Transition Withdraw(this Offer offer, WithdrawalReason reason, Moment moment)
    {
        if (offer.Closing?.Withdrawal == reason) return offer.Unchanged();
        Rules.Keep(new WithdrawalMustFitTheState(offer, reason));

        var closing = new Closing(ReasonFor(reason), moment.Now, reason);
        var withdrawn = offer.WithReferralTakenBack(reason);
        return withdrawn.Offer.EndedAs(closing).After([new OfferWithdrawn(reason), .. withdrawn.Events]);
    }

    /// <summary>
    /// Erases what tells of the people; the course stays, as codes and instants, for the figures and the audit. Again changes
    /// nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">A call-back or a referral is still open.</exception>
    public static Transition Erase(this Offer offer, ErasureReason reason, Moment moment)
    {
        if (offer.Erasure is not null) return offer.Unchanged();
        Rules.Keep(new HouseholdMustBeSettled(offer, reason));
        return (offer with
        {
            Details = offer.Details with { Contact = null, Household = Household.Unknown, Risks = [], CrimeReference = null },
            Corrections = [],
            Danger = offer.Danger is { } danger
                ? danger with { EscalateAt = null, Measures = [.. danger.Measures.Select(measure => measure with { Reference = null })] }
                : null,
            Referral = offer.Referral is { } referral ? referral with { CaseReference = null, AnswerIds = [] } : null,
            CallHours = null,
            Death = null,
            Outbox = [],
            Erasure = new Erasure(reason, moment.Now),
        }).After(new HouseholdErased(reason));
    }

    /// <summary>
    /// Replaces the safe route: before a call, or of a referral that VCAS already has (which is amended). The same contact again
    /// changes nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">The offer has ended, or the contact can't be right.</exception>
    public static Transition ChangeContact(this Offer offer, SafeContact contact, Moment moment)
    {
        if (offer.Referral is not null && offer.State == OfferState.Referred)
            return offer.Amend(offer.Details with { Contact = contact }, moment);
        Rules.Keep(
            new OfferMustBeOpen(offer.State),
            new ContactMustNotBeAChild(offer.Details.Household, contact),
            new WrongNumberMustBeReplaced(offer.KnownHold, offer.Details.Contact, contact));
        if (contact == offer.Details.Contact) return offer.Unchanged();

        var details = offer.Details with { Contact = contact };
        var changed = offer with { Details = details, Corrections = offer.CorrectedTo(details, moment) };
        var events = new List<OfferEvent> { new ContactChanged() };
        if (changed.IsHeldForSupervisor && contact.Phone != offer.Details.Contact?.Phone)
        {
            // What was said under other offers was about the earlier number.
            changed = changed.WithoutSupervisorsHold(moment);
            events.Add(new HoldEnded(ForSupervisor: true));
        }

        if (changed.Hold?.Reason == HoldReason.WrongNumber)
        {
            changed = changed.BackFromHold(moment);
            events.Add(new HoldEnded());
        }

        // Who was due and could not be called for want of a number can be called now.
        if (changed.State == OfferState.Due && offer.Details.Contact is null) changed = changed.WithNotice("due", DispatchKind.CallBackDue);
        return changed.ToldWhereHoursNeverMeet(moment).After(events);
    }

    /// <summary>
    /// The number of a household that asked never to be called may be called again, for others' sake or its own; the household stays
    /// closed.
    /// </summary>
    /// <exception cref="RuleBrokenException">It has not asked that, or it was taken back before.</exception>
    public static Transition TakeNeverBack(this Offer offer, NeverTakenBackReason reason, Moment moment)
    {
        Rules.Keep(new NeverMustStand(offer.Closing));
        return (offer with { Closing = offer.Closing! with { NeverTakenBackAt = moment.Now } }).After(new NeverTakenBack(reason));
    }

    /// <summary>Puts a household that already waits under the policy in force now: the one way in which a change reaches it.</summary>
    /// <exception cref="RuleBrokenException">The time of its first call has come.</exception>
    public static Transition ApplyPolicy(this Offer offer, CallBackPolicy policy, Moment moment)
    {
        Rules.Keep(new FirstCallMustLieAhead(offer, moment.Now));
        var dueAt = offer.FirstDue(policy, moment);
        var callFrom = offer.CallFrom(dueAt, moment);
        if (offer.Policy == policy && offer.DueAt == dueAt && offer.CallFrom == callFrom) return offer.Unchanged();
        return (offer with { Policy = policy, DueAt = dueAt, CallFrom = callFrom }).After(new PolicyApplied(dueAt));
    }

    /// <summary>The offer, ended: whatever would have been called or reminded of is not.</summary>
    internal static Offer EndedAs(this Offer offer, Closing closing) => offer with
    {
        State = OfferState.Closed,
        Closing = closing,
        CallFrom = null,
        OverdueAt = null,
        NextReminderAt = null,
        Hold = null,
        UntoldSince = null,
        // Messages to VCAS still go out; notifications about a call that nobody is to make do not.
        Outbox = [.. offer.Outbox.Where(dispatch => dispatch.IsLasting)],
    };

    private static Transition RecordWaiting(this Offer offer, Moment moment)
    {
        var dueAt = offer.FirstDue(offer.Policy, moment);
        return (offer with { DueAt = dueAt, CallFrom = offer.CallFrom(dueAt, moment) })
            .ToldWhereHoursNeverMeet(moment).After(Recorded(offer.Details, dueAt));
    }

    private static Transition RecordReferred(this Offer offer, AcceptedWhen when, Moment moment) =>
        offer.Refer(when, offer.Details.OfferedAt, moment)
            .After(Recorded(offer.Details, dueAt: null), new OfferAccepted(when, offer.Details.OfferedAt));

    private static Transition RecordNeverToBeCalled(this Offer offer, Moment moment) =>
        // Nobody will ever use the number, so it is not kept.
        (offer with { Details = offer.Details with { Contact = null } }).EndedAs(new Closing(ClosingReason.DoNotContact, moment.Now))
            .After(Recorded(offer.Details, dueAt: null), new OfferClosed(ClosingReason.DoNotContact, offer.Id));

    private static Transition HeldFor(this Transition recorded, Guid causedBy, string by, Moment moment)
    {
        var held = recorded.Offer.HoldForSupervisor(HoldReason.NeverToBeCalled, causedBy, by, moment);
        return new Transition(held.Offer, [.. recorded.Events, .. held.Events]);
    }

    private static OfferRecorded Recorded(OfferDetails details, DateTimeOffset? dueAt) =>
        new(details.Answer, details.Team, details.OfferedAt, dueAt);

    private static DateTimeOffset FirstDue(this Offer offer, CallBackPolicy policy, Moment moment) =>
        offer.CalendarIn(moment).DueAfter(offer.Details.OfferedAt, policy.IntervalDays);

    // A day that has passed before anybody could know of it (recorded late, or the interval cut short) is nobody's delay: the
    // call is due in the next call-back hours, and overdue from then.
    private static DateTimeOffset CallFrom(this Offer offer, DateTimeOffset dueAt, Moment moment) =>
        dueAt > moment.Now ? dueAt : offer.CalendarIn(moment).NextCallMoment(moment.Now);

    private static Risk? RiskOf(Hold? hold) => hold?.Reason switch
    {
        HoldReason.SuspectAtAddress => Risk.SuspectAtAddress,
        HoldReason.BailChanged => Risk.SuspectMayReturn,
        HoldReason.ChargeOrCourtDate => Risk.CourtDatePending,
        HoldReason.ChildrensServices => Risk.ChildrensServicesInvolved,
        HoldReason.SuspectDied or HoldReason.Bereavement or HoldReason.Unsafe => Risk.Other,
        _ => null,
    };

    private static ClosingReason ReasonFor(WithdrawalReason reason) => reason switch
    {
        WithdrawalReason.DoNotContact => ClosingReason.DoNotContact,
        WithdrawalReason.Died => ClosingReason.Died,
        _ => ClosingReason.Withdrawn,
    };
}
