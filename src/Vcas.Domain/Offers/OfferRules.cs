using Vcas.Domain.Audit;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Referrals;
using Vcas.Domain.Teams;

namespace Vcas.Domain.Offers;

/// <summary>
/// 2001: whoever VCAS is to reach needs a safe route, confirmed in person. Who declined or could not be asked may have none.
/// </summary>
public sealed record SafeRouteMustBeGiven(OfferAnswer Answer, SafeContact? Contact) : IRule
{
    public int Code => 2001;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Answer != OfferAnswer.Accepted || Contact is not null;
    public string Message =>
        "Give contact.phone, a number confirmed in person as safe: VCAS is to phone them. Every other answer can do without.";
}

/// <summary>2002: nobody phones a child; under 18s are reached through a guardian who is not the suspect.</summary>
public sealed record ContactMustNotBeAChild(Household Household, SafeContact? Contact) : IRule
{
    public int Code => 2002;
    public RuleKind Kind => RuleKind.Request;

    public bool IsKept => Contact is null
        || ((Contact.AgeBand is not { } band || !band.IsChild()) && (Contact.IsGuardian || !Household.IsOnlyChildren));

    public string Message =>
        "Nobody phones a child. Give the number of an adult; "
        + "where everybody in the household is under 18, of a guardian who is not the suspect, with contact.isGuardian true.";
}

/// <summary>2003: an offer has been made before it is recorded.</summary>
public sealed record OfferMustNotLieInTheFuture(DateTimeOffset OfferedAt, DateTimeOffset Now) : IRule
{
    /// <summary>How far a phone's clock may be from ours.</summary>
    internal static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    public int Code => 2003;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => OfferedAt <= Now + ClockDifference;
    public string Message => "offeredAt lies in the future. Give the time at which the offer was made, with its offset from UTC.";
}

/// <summary>2004: the scheme has a beginning.</summary>
public sealed record OfferMustNotPrecedeTheScheme(DateTimeOffset OfferedAt, DateTimeOffset SchemeStart) : IRule
{
    public int Code => 2004;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => OfferedAt >= SchemeStart;
    public string Message => $"offeredAt lies before the scheme began ({SchemeStart:yyyy-MM-dd}). Check the year.";
}

/// <summary>2005: what is done to a waiting household needs one that waits.</summary>
public sealed record OfferMustBeOpen(OfferState State) : IRule
{
    public int Code => 2005;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => State is OfferState.Waiting or OfferState.Due or OfferState.Held;
    public string Message =>
        $"This offer is {Word.Of(State)}: nobody is to be called back any more. Look at its referral or at its closing reason.";
}

/// <summary>2006: what was recorded in error, twice, or for somebody who has died or moved can't be accepted.</summary>
public sealed record OfferMustNotBeEnded(Closing? Closing) : IRule
{
    public int Code => 2006;
    public RuleKind Kind => RuleKind.State;

    // Why it was taken back stays, also where somebody said afterwards that nobody is ever to call.
    public bool IsKept => Closing?.Reason is not (ClosingReason.Withdrawn or ClosingReason.Died)
        && Closing?.Withdrawal is null or WithdrawalReason.DoNotContact;

    public string Message => "This offer has been taken back, or the person has died. Record a new offer if the household wants support.";
}

/// <summary>2007: after "do not contact" only the household itself can ask for support.</summary>
public sealed record DoNotContactMustBeRespected(Closing? Closing, bool HouseholdAsked) : IRule
{
    public int Code => 2007;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Closing?.Reason != ClosingReason.DoNotContact || HouseholdAsked;
    public string Message => "The household asked never to be contacted. Only if it came forward by itself, send householdAsked true.";
}

/// <summary>2008: an offer is withdrawn once, and after its end only for what makes it not count or never to be contacted.</summary>
public sealed record WithdrawalMustFitTheState(Offer Offer, WithdrawalReason Reason) : IRule
{
    public int Code => 2008;
    public RuleKind Kind => RuleKind.State;

    public bool IsKept => Offer.State != OfferState.Closed
        || (Offer.Closing?.Reason != ClosingReason.Withdrawn && Reason is WithdrawalReason.RecordedInError or WithdrawalReason.Duplicate)
        || (Offer.Closing?.Reason is ClosingReason.DeclinedAtCallBack or ClosingReason.NotReached
            && Reason == WithdrawalReason.DoNotContact);

    public string Message =>
        "This offer is closed. It can still be withdrawn as recordedInError or duplicate, or, "
        + "where the household declined or was not reached, as doNotContact.";
}

/// <summary>2009: a new policy reaches only a household whose first call still lies ahead.</summary>
public sealed record FirstCallMustLieAhead(Offer Offer, DateTimeOffset Now) : IRule
{
    public int Code => 2009;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Offer is { IsOpen: true, FirstDueAt: null, Attempts.Count: 0 } && Offer.CallFrom > Now;
    public string Message => "The policy can be applied again only while the first call lies ahead.";
}

/// <summary>2010: an acceptance is recorded after it happened and not before the offer.</summary>
public sealed record AcceptanceMustFollowTheOffer(DateTimeOffset AcceptedAt, DateTimeOffset OfferedAt, DateTimeOffset Now) : IRule
{
    private static readonly TimeSpan ClockDifference = OfferMustNotLieInTheFuture.ClockDifference;

    public int Code => 2010;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => AcceptedAt >= OfferedAt - ClockDifference && AcceptedAt <= Now + ClockDifference;
    public string Message => "acceptedAt must lie between the offer and now.";

    /// <summary>
    /// The instant of an acceptance. The offer's was told by a phone's clock, this one by another: where they differ by no more than
    /// clocks do, it is not before the offer.
    /// </summary>
    public static DateTimeOffset Mended(DateTimeOffset acceptedAt, DateTimeOffset offeredAt) =>
        acceptedAt < offeredAt && acceptedAt >= offeredAt - ClockDifference ? offeredAt : acceptedAt;
}

/// <summary>2011: what is still to be done for a household can't be done without its people.</summary>
public sealed record HouseholdMustBeSettled(Offer Offer, ErasureReason Reason) : IRule
{
    public int Code => 2011;
    public RuleKind Kind => RuleKind.State;

    // Support that VCAS gives has no end that we hear of for certain: only its time ends it.
    public bool IsKept => Plan.For(Offer).Stage == Stage.Settled
        && (Reason == ErasureReason.RetentionEnded || Offer.Referral?.State != ReferralState.Accepted);

    public string Message =>
        "A call-back, a referral or a danger of this household is still open. "
        + "Look at it, and withdraw the offer or the referral, or acknowledge the danger, first; then it can be erased.";
}

/// <summary>2012: of an erased household nothing is known that a call or a referral needs.</summary>
public sealed record HouseholdMustNotBeErased(Erasure? Erasure) : IRule
{
    public int Code => 2012;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Erasure is null;
    public string Message =>
        "What told of this household's people has been erased. Record a new offer, under a new id, if the household wants support.";
}

/// <summary>
/// 2041: an offer of long ago is recorded where somebody says that its date is right: with a year mistyped it is called at once.
/// </summary>
public sealed record LateOfferMustBeConfirmed(DateTimeOffset OfferedAt, DateTimeOffset Now, int LateDays, bool IsConfirmed) : IRule
{
    public int Code => 2041;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => IsConfirmed || OfferedAt >= Now.AddDays(-LateDays);
    public string Message =>
        $"offeredAt lies more than {LateDays} days back. Check day, month and year. If they are right, send offeredAtConfirmed true.";
}

/// <summary>2031: what is taken back has been said, and stands.</summary>
public sealed record NeverMustStand(Closing? Closing) : IRule
{
    public int Code => 2031;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Closing is { Reason: ClosingReason.DoNotContact, NeverTakenBackAt: null };
    public string Message =>
        "This household has not asked that its number never be called, or that was taken back before. Look at its closing reason.";
}

/// <summary>2024: a closing can be undone as long as nobody outside acts on it and nobody asked for silence.</summary>
public sealed record ClosingMustBeUndoable(Offer Offer) : IRule
{
    public int Code => 2024;
    public RuleKind Kind => RuleKind.State;

    public bool IsKept => Offer is
        {
            State: OfferState.Closed,
            Referral: null,
            DueAt: not null,
            Closing: { Reason: not ClosingReason.DoNotContact, Withdrawal: not WithdrawalReason.DoNotContact },
        }
        && Offer.Attempts.All(attempt => attempt.Outcome != CallOutcome.DoNotContact);

    public string Message =>
        "Only an offer that is closed, that was never referred and whose household never asked for silence can wait again. "
        + "Look at its state; if the household wants support, record an acceptance or a new offer.";
}

/// <summary>5001: the team takes part in the scheme.</summary>
public sealed record TeamMustTakePart(Team? Team) : IRule
{
    public int Code => 5001;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Team is not null;
    public string Message =>
        "This team does not take part in the scheme. Check its name, or ask your administrator to add it under Vcas:Teams.";
}

/// <summary>5002: households are given only to teams that call back.</summary>
public sealed record CallBackTeamMustBeKnown(string Team, TeamDirectory Directory) : IRule
{
    public int Code => 5002;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Directory.IsCallBackTeam(Team);
    public string Message => "No team is called back by a team of this name. Give one that stands under Vcas:Teams as a call-back team.";
}
