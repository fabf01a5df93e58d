using Vcas.Domain.Households;

namespace Vcas.Domain.Referrals;

/// <summary>What can happen to a referral: made, sent, amended, taken back, answered, an answer missed.</summary>
public static class ReferralTransitions
{
    /// <summary>
    /// The household with a referral that is to be sent, or that waits until a safe way to reach the household is known. Planned calls end.
    /// It is the referral of the household as a whole, so it has the
    /// household's id: whatever is repeated, there is one.
    /// </summary>
    internal static Household Refer(this Household household, AcceptedWhen when, DateTimeOffset acceptedAt, Moment moment)
    {
        var isReachable = household.Details.HasSafeRoute;
        var referral = new Referral
        {
            Id = household.Id,
            Acceptance = new Acceptance(when, acceptedAt),
            State = isReachable ? ReferralState.ToSend : ReferralState.AwaitingRoute,
            Version = 1,
            MadeAt = moment.Now,
            AnswerDueAt = isReachable ? household.AnswerDueAt(moment) : null,
        };
        var gone = household.GoesOnTo(new ContactCourse.Referred()).WithoutRouteTask();
        var beside = gone.Outbox.Where(dispatch => dispatch.IsBeside);
        var referred = gone with { Referrals = [.. household.Referrals, referral], Outbox = [.. beside] };
        return referral.State == ReferralState.ToSend
            ? referred with { Outbox = [.. referred.Outbox, Dispatch.Made(referral)] }
            : referred.WithRouteTask(moment.Now, moment).WithRouteNotices();
    }

    /// <summary>The queue has taken a message about a referral. Telling it again changes nothing.</summary>
    public static Transition MessageSent(this Household household, Guid referralId, string dispatchId, Moment moment)
    {
        if (household.FindReferral(referralId) is not { } referral) return household.Unchanged();
        var sent = household.Outbox.FirstOrDefault(dispatch => dispatch.Id == dispatchId && dispatch.Referral?.Id == referralId);
        if (sent is not { Referral.Version: var version }) return household.LeftBeforeItWasTakenBack(referral, dispatchId, moment);

        var rest = household with { Outbox = [.. household.Outbox.Where(dispatch => dispatch != sent)] };
        if (sent.Kind == DispatchKind.ReferralWithdrawn) return rest.After(new WithdrawalSent());

        var taken = referral with { FirstSentAt = referral.FirstSentAt ?? moment.Now };
        if (version == referral.Version)
        {
            // VCAS's answer can overtake our own note that the message has left; then the answer counts.
            taken = taken with
            {
                SentAt = moment.Now,
                State = referral.State == ReferralState.ToSend ? ReferralState.Sent : referral.State,
            };
            // VCAS's time begins when the queue has it.
            if (taken.AwaitsAnswer && (referral.State == ReferralState.ToSend || taken.AnswerDueAt is null))
                taken = taken with { AnswerDueAt = household.AnswerDueAt(moment), AnswerLateSince = null };
        }

        return rest.WithReferral(taken).After(new ReferralSent(version));
    }

    /// <summary>
    /// Changes what VCAS knows; the next version goes out. A referral that was rejected is thereby made again, also with nothing
    /// changed (VCAS may have room now); otherwise the same details again change nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">There is no referral, it is over, or the new contact can't be right.</exception>
    public static Transition Amend(this Household household, OfferDetails details, Moment moment)
    {
        Rules.Keep(
            new HouseholdMustNotBeErased(household.Erasure),
            new ReferralMustHaveBeenMade(household.Referral),
            new ReferralMustBeOpen(household.Referral),
            new SafeRouteMustBeGiven(household.Referral, details.Contact),
            new ContactMustNotBeAChild(details.Members, details.Contact));

        var referral = household.Referral!;
        if (referral.State == ReferralState.AwaitingRoute) return household.CorrectedWhileUnsent(referral, details, moment);
        var asksAgain = referral.State == ReferralState.Rejected;
        if (details == household.Details && !asksAgain) return household.Unchanged();
        // What is no part of the message would only ask VCAS to read the same again.
        var told = details with
        {
            ChildMayBeDirectVictim = household.Details.ChildMayBeDirectVictim,
            Consents = household.Details.Consents,
            OfficerInCase = household.Details.OfficerInCase,
        };
        if (!asksAgain && told == household.Details) return household.Corrected(details, moment);
        // VCAS goes on with what it has accepted or is deciding on. If it rejected the referral, it is asked again.
        var amended = asksAgain ? referral.AskedAgain(household.AnswerDueAt(moment)) : referral with { Version = referral.Version + 1 };
        return (household.WithReferral(amended) with
        {
            Details = details,
            Corrections = household.CorrectedTo(details, moment),
            Outbox = [.. household.Outbox, Dispatch.Amended(amended)],
        }).After(new ReferralAmended(amended.Version, asksAgain)).WithDanger(household.Details, moment);
    }

    // VCAS has heard nothing of it yet, so there is nothing to amend. As soon as there is a safe way to reach them, it leaves.
    private static Transition CorrectedWhileUnsent(this Household household, Referral referral, OfferDetails details, Moment moment)
    {
        if (details == household.Details) return household.Unchanged();
        if (details.FirstSafeRoute is not { } kind) return household.Corrected(details, moment);
        var toSend = referral with { State = ReferralState.ToSend, AnswerDueAt = household.AnswerDueAt(moment) };
        var found = household.WithReferral(toSend).WithoutRouteTask();
        return (found with { Outbox = [.. found.Outbox, Dispatch.Made(toSend)] })
            .Corrected(details, moment)
            .Then(corrected => corrected.After(new SafeRouteFound(kind)));
    }

    /// <summary>VCAS answers. A repeated, late or superseded answer changes nothing.</summary>
    /// <exception cref="RuleBrokenException">No such referral was made for this household.</exception>
    public static Transition ReceiveAnswer(this Household household, Guid referralId, ReferralAnswer answer, Moment moment)
    {
        Rules.Keep(new ReferralMustHaveBeenMade(household.FindReferral(referralId)));
        var referral = household.FindReferral(referralId)!;
        // The people's details are erased, so a late answer has nobody to be about.
        if (household.Erasure is not null) return household.Unchanged();
        if (referral.AnswerIds.Contains(answer.MessageId) || answer.Version < referral.AskedVersion || !referral.IsMovedBy(answer.Kind))
            return household.Unchanged();

        var decided = answer.Kind is ReferralAnswerKind.Accepted or ReferralAnswerKind.Rejected;
        var answered = household.WithReferral(referral with
        {
            State = StateAfter(answer.Kind),
            AnsweredAt = decided ? moment.Now : referral.AnsweredAt,
            // An acknowledgement that overtakes our own note of sending has no due date yet: the note sets it.
            AnswerDueAt = answer.Kind == ReferralAnswerKind.Received && referral.AwaitsAnswer ? referral.AnswerDueAt : null,
            AnswerLateSince = answer.Kind == ReferralAnswerKind.Received && referral.AwaitsAnswer ? referral.AnswerLateSince : null,
            CaseReference = answer.CaseReference ?? referral.CaseReference,
            RejectionReason = answer.Rejection,
            ClosureReason = answer.Closure,
            AnswerIds = [.. referral.AnswerIds, answer.MessageId],
        });
        return (answered with
        {
            UntoldSince = null,
            Outbox = answer.Kind == ReferralAnswerKind.Rejected
                ? [.. household.Outbox, household.Notice("rejected", DispatchKind.ReferralRejected)]
                : household.Outbox,
        }).After(new ReferralAnswered(answer));
    }

    /// <summary>
    /// A referral has not left, or VCAS has not answered, in time: the supervisor is told, again and again until it is so. Before its time
    /// nothing changes.
    /// </summary>
    public static Transition ChaseAnswer(this Household household, Moment moment)
    {
        var late = household.Referrals.Where(referral => referral.IsWaitedFor && !(referral.AnswerDueAt > moment.Now)).ToList();
        if (late.Count == 0) return household.Unchanged();
        var next = household.AnswerDueAt(moment);
        return late
            .Select(referral => referral with { AnswerDueAt = next, AnswerLateSince = referral.AnswerLateSince ?? referral.AnswerDueAt })
            .Aggregate(household, (chased, referral) => chased.WithReferral(referral))
            .WithNotice("missing", DispatchKind.AnswerMissing)
            .After(new AnswerChased(next));
    }

    /// <summary>
    /// The household with its referrals taken back. What had not left stays here: VCAS gets no personal data of a household that
    /// has withdrawn, only the word that nothing more is to be done.
    /// </summary>
    internal static Transition WithReferralsTakenBack(this Household household, WithdrawalReason reason)
    {
        var standing = household.Referrals.Where(referral => !referral.IsOver).ToList();
        if (standing.Count == 0) return household.Unchanged();
        var withdrawn = standing.Select(referral => referral.TakenBack(reason)).ToList();
        // Of what waited for a route VCAS has heard nothing.
        var told = standing.Where(referral => referral.State != ReferralState.AwaitingRoute).Select(referral => referral.Id).ToHashSet();
        return new Transition(
            withdrawn.Aggregate(household, (changed, referral) => changed.WithReferral(referral)) with
            {
                Outbox =
                [
                    .. household.Outbox.Where(dispatch => dispatch.IsBeside),
                    .. withdrawn.Where(referral => told.Contains(referral.Id)).Select(Dispatch.Withdrawn),
                ],
            },
            [.. withdrawn.Select(_ => new ReferralWithdrawn(reason))]);
    }

    /// <summary>The household, whose answers are asked for no later than from now on.</summary>
    internal static Household WithAnswersPutRight(this Household household, Moment moment)
    {
        foreach (var referral in household.Referrals.Where(referral => referral.IsWaitedFor))
        {
            var at = referral.AnswerDueAt?.PutRight(household.Policy.AnswerDays, moment);
            if (at != referral.AnswerDueAt) household = household.WithReferral(referral with { AnswerDueAt = at });
        }

        return household;
    }

    // The queue took the referral at the moment at which it was taken back here. That VCAS has it is a disclosure, and stands
    // in the trail like any other.
    private static Transition LeftBeforeItWasTakenBack(this Household household, Referral referral, string dispatchId, Moment moment) =>
        dispatchId == Dispatch.Made(referral).Id && referral is { FirstSentAt: null, State: not ReferralState.AwaitingRoute }
            ? household.WithReferral(referral with { FirstSentAt = moment.Now }).After(new ReferralSent(1))
            : household.Unchanged();

    private static DateTimeOffset AnswerDueAt(this Household household, Moment moment) =>
        moment.Calendar.AddWorkingDays(moment.Now, household.Policy.AnswerDays);

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
