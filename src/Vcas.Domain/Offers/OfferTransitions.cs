using Vcas.Domain.Calendar;
using Vcas.Domain.Households;
using Vcas.Domain.Referrals;
using Vcas.Domain.Teams;

namespace Vcas.Domain.Offers;

/// <summary>What can happen to an offer as such: recorded, accepted, its contact replaced, its policy renewed.</summary>
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
    /// <param name="law">On what the force says that it relies; null where it has set nothing.</param>
    /// <exception cref="RuleBrokenException">What was recorded can't be right.</exception>
    public static Transition Record(
        Guid id,
        OfferDetails details,
        Team? team,
        CallBackPolicy policy,
        DateTimeOffset schemeStart,
        Moment moment,
        (Guid CausedBy, string By)? never = null,
        LawInForce? law = null)
    {
        var consent = details.LatestConsent;
        Rules.Keep(
            new TeamMustTakePart(team),
            new OfferMustNotLieInTheFuture(details.OfferedAt, moment.Now),
            new OfferMustNotPrecedeTheScheme(details.OfferedAt, schemeStart),
            new ContactMustNotBeAChild(details.Members, details.Contact));
        ConsentCheck.Keep(consent, details.Answer, details.HasNumber, moment);

        var dueAt = moment.Calendar.DueAfter(details.OfferedAt, policy.IntervalDays);
        var household = new Household
        {
            Id = id,
            Course = new ContactCourse.Waiting(moment.Calendar.FirstCallFrom(dueAt, moment.Now)),
            // The team's name is written one way, whatever case the officer typed: reports group by it.
            Details = details with { Team = team!.Name },
            RecordedAt = moment.Now,
            Policy = policy,
            Assignee = team.FirstAssignee,
            Supervisor = team.Supervisor,
            Law = law,
        };

        var recorded = details.Answer switch
        {
            OfferAnswer.Accepted => household.RecordReferred(AcceptedWhen.AtOffer, moment),
            OfferAnswer.DoNotContact => household.RecordNeverToBeCalled(moment),
            _ when never is { } said => household.RecordWaiting(dueAt, moment).HeldFor(said.CausedBy, said.By, moment),
            OfferAnswer.NotAsked when policy.ConsentModel == ConsentModel.OptOut && details.HasNumber =>
                household.RecordReferred(AcceptedWhen.NotAsked, moment),
            _ => household.RecordWaiting(dueAt, moment),
        };
        return recorded.WithDanger(before: null, moment).WithConsent(consent);
    }

    /// <summary>
    /// The household wants support, at whatever point. Accepting again changes nothing, unless it brings another contact, which
    /// VCAS is told. Once the referral is over (taken back, or finished by VCAS) a new offer is needed: one offer leads to one
    /// referral at most, and a second one under the same id would be taken for a repetition and dropped.
    /// </summary>
    /// <param name="household">The household.</param>
    /// <param name="acceptedAt">When it was accepted, UTC.</param>
    /// <param name="householdAsked">The household came forward by itself.</param>
    /// <param name="contact">How they are reached, where nothing is known of it or another route is safer now.</param>
    /// <param name="lawfulBasis">The ground for the referral, where recorded now.</param>
    /// <param name="moment">Now.</param>
    /// <param name="consent">What they said yes or no to with it, where they were asked.</param>
    /// <exception cref="RuleBrokenException">The offer was taken back, must not be contacted, or its referral is over.</exception>
    public static Transition Accept(
        this Household household,
        DateTimeOffset acceptedAt,
        bool householdAsked,
        SafeContact? contact,
        LawfulBasis? lawfulBasis,
        Moment moment,
        Consent? consent = null)
    {
        var at = AcceptanceMustFollowTheOffer.Mended(acceptedAt, household.Details.OfferedAt);
        if (household.Course is ContactCourse.Referred
            && (household.Acceptance?.At == at || household.Referral?.State != ReferralState.Closed))
            return contact is null || contact == household.Details.Contact
                ? household.Unchanged()
                : household.ChangeContact(contact, moment);

        // The yes counts all the same: what is wrong goes, and the referral waits for another way, or takes the one that is known.
        var isWrong = contact is null && household.KnownHold?.Reason == HoldReason.WrongNumber;
        var route = contact ?? (isWrong ? household.Details.Contact?.WithoutNumber() : household.Details.Contact);
        Rules.Keep(
            new HouseholdMustNotBeErased(household.Erasure),
            new OfferMustNotBeEnded(household.Closing),
            new ReferralMustBeOpen(household.Referral),
            new DoNotContactMustBeRespected(household.Closing, householdAsked),
            new WrongNumberMustBeReplaced(contact is null ? null : household.KnownHold, household.Details.Contact, contact),
            new AcceptanceMustFollowTheOffer(at, household.Details.OfferedAt, moment.Now),
            new ContactMustNotBeAChild(household.Details.Members, route));
        ConsentCheck.Keep(consent, OfferAnswer.Accepted, hasNumber: true, moment);

        var when = household.Closing is null && !household.CallBackAttempts.Any() ? AcceptedWhen.BeforeCallBack : AcceptedWhen.Later;
        var details = household.Details with
        {
            Contact = route,
            LawfulBasis = lawfulBasis ?? household.Details.LawfulBasis,
            // Why we held the call is what VCAS must know before it phones the same household.
            Risks = RiskOf(household.KnownHold) is { } risk && !household.Details.Risks.Contains(risk)
                ? [.. household.Details.Risks, risk]
                : household.Details.Risks,
        };
        HouseholdEvent[] found = household.RouteTask is not null && details.FirstSafeRoute is { } kind ? [new SafeRouteFound(kind)] : [];
        var corrections = isWrong ? household.CorrectedTo(household.Details with { Contact = route }, moment) : household.Corrections;
        var referred = (household with { Details = details, Corrections = corrections }).Refer(when, at, moment);
        return referred.After([.. found, new OfferAccepted(when, at, referred.AwaitsRoute)]).WithConsent(consent);
    }

    /// <summary>
    /// Erases what tells of the people; the course stays, as codes and instants, for the figures and the audit. Again changes
    /// nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">A call-back or a referral is still open.</exception>
    public static Transition Erase(this Household household, ErasureReason reason, Moment moment)
    {
        if (household.Erasure is not null) return household.Unchanged();
        Rules.Keep(new HouseholdMustBeSettled(household, reason), new DisclosureHoldMustBeReleased(household.DisclosureHold));
        return (household with
        {
            Details = household.Details with
            {
                Contact = null,
                Members = HouseholdMembers.Unknown,
                Risks = [],
                ChildMayBeDirectVictim = false,
                CrimeReference = null,
                OfficerInCase = null,
                Consents = [],
            },
            Corrections = [],
            Danger = household.Danger?.Erased(),
            Referrals = [.. household.Referrals.Select(referral => referral.Erased())],
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
    public static Transition ChangeContact(this Household household, SafeContact contact, Moment moment)
    {
        if (household.Course is ContactCourse.Referred)
            return household.Amend(household.Details with { Contact = contact }, moment);
        Rules.Keep(
            new OfferMustBeOpen(household.State),
            new ContactMustNotBeAChild(household.Details.Members, contact),
            new WrongNumberMustBeReplaced(household.KnownHold, household.Details.Contact, contact));
        if (contact == household.Details.Contact) return household.Unchanged();

        var details = household.Details with { Contact = contact };
        var changed = household with { Details = details, Corrections = household.CorrectedTo(details, moment) };
        var events = new List<HouseholdEvent>();
        if (changed.IsHeldForSupervisor && !details.Numbers.Intersect(household.Details.Numbers).Any())
        {
            // What was said under other offers was about the earlier number.
            changed = changed.WithoutSupervisorsHold(moment);
            events.Add(new HoldEnded(ForSupervisor: true));
        }

        if (changed.Course is ContactCourse.Held { Hold.Reason: HoldReason.WrongNumber })
        {
            changed = changed.BackFromHold(moment);
            events.Add(new HoldEnded());
        }

        // Who decided on a visit did it for want of a better number.
        if (details.HasNumber && details.NumberToCall != household.Details.NumberToCall) changed = changed with { VisitPlanned = false };
        changed = changed.WithRouteTask(moment.Now, moment);
        events.Insert(0, new ContactChanged(changed.NeedsSafeRoute));
        if (household.RouteTask is not null && changed.RouteTask is null && details.FirstSafeRoute is { } kind)
            events.Add(new SafeRouteFound(kind));

        // Who was due and could not be called for want of a number can be called now.
        if (changed.Course is ContactCourse.Due && details.HasNumber && !household.Details.HasNumber)
            changed = changed.WithNotice("due", DispatchKind.CallBackDue);
        return changed.ToldWhereHoursNeverMeet(moment).After(events);
    }

    /// <summary>
    /// The number of a household that asked never to be called may be called again, for others' sake or its own; the household stays
    /// closed.
    /// </summary>
    /// <exception cref="RuleBrokenException">It has not asked that, or it was taken back before.</exception>
    public static Transition TakeNeverBack(this Household household, NeverTakenBackReason reason, Moment moment)
    {
        Rules.Keep(new NeverMustStand(household.Closing));
        var takenBack = household.Closing! with { NeverTakenBackAt = moment.Now };
        return (household with { Course = new ContactCourse.Closed(takenBack) }).After(new NeverTakenBack(reason));
    }

    /// <summary>Puts a household that already waits under the policy in force now: the one way in which a change reaches it.</summary>
    /// <exception cref="RuleBrokenException">The time of its first call has come.</exception>
    public static Transition ApplyPolicy(this Household household, CallBackPolicy policy, Moment moment)
    {
        Rules.Keep(new FirstCallMustLieAhead(household, moment.Now));
        var planned = household.Planned();
        var (dueAt, callFrom) = household.FirstCall(policy, moment);
        var routeTask = household.RouteTask?.Reckoned(policy, moment);
        if ((household.Policy, household.DueAt, planned.CallFrom, household.RouteTask) == (policy, dueAt, callFrom, routeTask))
            return household.Unchanged();
        return (household with { Policy = policy, DueAt = dueAt, Course = planned with { CallFrom = callFrom }, RouteTask = routeTask })
            .After(new PolicyApplied(dueAt));
    }

    /// <summary>When the first call is due under a policy, reckoned from the offer, and from when it is made, both UTC.</summary>
    internal static (DateTimeOffset DueAt, DateTimeOffset CallFrom) FirstCall(
        this Household household, CallBackPolicy policy, Moment moment)
    {
        var calendar = household.CalendarIn(moment);
        var dueAt = calendar.DueAfter(household.Details.OfferedAt, policy.IntervalDays);
        return (dueAt, calendar.FirstCallFrom(dueAt, moment.Now));
    }

    private static Transition RecordWaiting(this Household household, DateTimeOffset dueAt, Moment moment) =>
        (household with { DueAt = dueAt }).WithRouteTask(household.Details.OfferedAt, moment).ToldWhereHoursNeverMeet(moment)
            .After(Recorded(household.Details, dueAt));

    private static Transition RecordReferred(this Household household, AcceptedWhen when, Moment moment)
    {
        var referred = household.Refer(when, household.Details.OfferedAt, moment);
        return referred.After(
            Recorded(household.Details, dueAt: null), new OfferAccepted(when, household.Details.OfferedAt, referred.AwaitsRoute));
    }

    private static Transition RecordNeverToBeCalled(this Household household, Moment moment) =>
        // Nobody will ever use the number, so it is not kept.
        (household with { Details = household.Details with { Contact = null } })
            .EndedAs(new Closing(ClosingReason.DoNotContact, moment.Now))
            .After(Recorded(household.Details, dueAt: null), new OfferClosed(ClosingReason.DoNotContact, household.Id));

    private static Transition HeldFor(this Transition recorded, Guid causedBy, string by, Moment moment) =>
        recorded.Then(household => household.HoldForSupervisor(HoldReason.NeverToBeCalled, causedBy, by, moment));

    private static OfferRecorded Recorded(OfferDetails details, DateTimeOffset? dueAt) =>
        new(details.Answer, details.Team, details.OfferedAt, dueAt, NeedsSafeRoute: dueAt is not null && !details.HasSafeRoute);

    // A day that has passed before anybody could know of it (recorded late, or the interval cut short) is nobody's delay: the
    // call is due in the next call-back hours, and overdue from then.
    internal static DateTimeOffset FirstCallFrom(this CallBackCalendar calendar, DateTimeOffset dueAt, DateTimeOffset now) =>
        dueAt > now ? dueAt : calendar.NextCallMoment(now);

    private static Risk? RiskOf(KnownHold? hold) => hold?.Reason switch
    {
        HoldReason.SuspectAtAddress => Risk.SuspectAtAddress,
        HoldReason.BailChanged => Risk.SuspectMayReturn,
        HoldReason.ChargeOrCourtDate => Risk.CourtDatePending,
        HoldReason.ChildrensServices => Risk.ChildrensServicesInvolved,
        HoldReason.SuspectDied or HoldReason.Bereavement or HoldReason.Unsafe => Risk.Other,
        _ => null,
    };
}
