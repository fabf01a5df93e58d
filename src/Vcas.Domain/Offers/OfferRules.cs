using Vcas.Domain.Audit;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Referrals;
using Vcas.Domain.Teams;

namespace Vcas.Domain.Offers;

/// <summary>
/// 2001: a household that VCAS will phone needs a safe number. One that declined or could not be asked may have none.
/// </summary>
public sealed record SafeRouteMustBeGiven(OfferAnswer Answer, SafeContact? Contact) : IRule
{
    public int Code => 2001;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Answer != OfferAnswer.Accepted || Contact is not null;
    public string Message =>
        "VCAS will phone this household. Give contact.phone, a number that was confirmed in person as safe. No other answer needs one.";
}

/// <summary>2002: nobody phones a child; under 18s are reached through a guardian who is not the suspect.</summary>
public sealed record ContactMustNotBeAChild(Household Household, SafeContact? Contact) : IRule
{
    public int Code => 2002;
    public RuleKind Kind => RuleKind.Request;

    public bool IsKept => Contact is null
        || ((Contact.AgeBand is not { } band || !band.IsChild()) && (Contact.IsGuardian || !Household.IsOnlyChildren));

    public string Message =>
        "Nobody phones a child. Give an adult's number. "
        + "If everybody in the household is under 18, give the number of a guardian who is not the suspect, with contact.isGuardian true.";
}

/// <summary>2003: an offer has been made before it is recorded.</summary>
public sealed record OfferMustNotLieInTheFuture(DateTimeOffset OfferedAt, DateTimeOffset Now) : IRule
{
    /// <summary>How far a phone's clock may be from ours.</summary>
    internal static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    public int Code => 2003;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => OfferedAt <= Now + ClockDifference;
    public string Message => "offeredAt is in the future. Give the time when the offer was made, with its offset from UTC.";
}

/// <summary>2004: the scheme has a beginning.</summary>
public sealed record OfferMustNotPrecedeTheScheme(DateTimeOffset OfferedAt, DateTimeOffset SchemeStart) : IRule
{
    public int Code => 2004;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => OfferedAt >= SchemeStart;
    public string Message => $"offeredAt is before the scheme began ({SchemeStart:yyyy-MM-dd}). Check the year.";
}

/// <summary>2005: what is done to a waiting household needs one that waits.</summary>
public sealed record OfferMustBeOpen(OfferState State) : IRule
{
    public int Code => 2005;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => State is OfferState.Waiting or OfferState.Due or OfferState.Held;
    public string Message =>
        $"This offer is {Word.Of(State)}, so nobody will call back. Look at its referral or its closing reason.";
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
    public string Message => "The household asked that nobody contact it. Send householdAsked true only if it got in touch by itself.";
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
        "This offer is closed. You can still withdraw it as recordedInError or duplicate, or, "
        + "if the household declined or was not reached, as doNotContact.";
}

/// <summary>2009: a new policy reaches only a household whose first call is still to come.</summary>
public sealed record FirstCallMustLieAhead(Offer Offer, DateTimeOffset Now) : IRule
{
    public int Code => 2009;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Offer is { IsOpen: true, FirstDueAt: null, Attempts.Count: 0 } && Offer.CallFrom > Now;
    public string Message => "You can apply the policy again only before the first call.";
}

/// <summary>2010: an acceptance is recorded after it happened and not before the offer.</summary>
public sealed record AcceptanceMustFollowTheOffer(DateTimeOffset AcceptedAt, DateTimeOffset OfferedAt, DateTimeOffset Now) : IRule
{
    private static readonly TimeSpan ClockDifference = OfferMustNotLieInTheFuture.ClockDifference;

    public int Code => 2010;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => AcceptedAt >= OfferedAt - ClockDifference && AcceptedAt <= Now + ClockDifference;
    public string Message => "acceptedAt must be between the offer and now.";

    /// <summary>
    /// The instant of an acceptance. The offer's was told by a phone's clock, this one by another: where they differ by no more than
    /// clocks do, it is not before the offer.
    /// </summary>
    public static DateTimeOffset Mended(DateTimeOffset acceptedAt, DateTimeOffset offeredAt) =>
        acceptedAt < offeredAt && acceptedAt >= offeredAt - ClockDifference ? offeredAt : acceptedAt;
}

/// <summary>2011: a household with open work can't be erased, because the work needs its people's details.</summary>
public sealed record HouseholdMustBeSettled(Offer Offer, ErasureReason Reason) : IRule
{
    public int Code => 2011;
    public RuleKind Kind => RuleKind.State;

    // VCAS may never report the end of its support, so only the retention period ends it.
    public bool IsKept => Plan.For(Offer).Stage == Stage.Settled
        && (Reason == ErasureReason.RetentionEnded || Offer.Referral?.State != ReferralState.Accepted);

    public string Message =>
        "A call-back, a referral or a danger of this household is still open. "
        + "First withdraw the offer or the referral, or acknowledge the danger. Then you can erase the household.";
}

/// <summary>2012: of an erased household nothing is known that a call or a referral needs.</summary>
public sealed record HouseholdMustNotBeErased(Erasure? Erasure) : IRule
{
    public int Code => 2012;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Erasure is null;
    public string Message =>
        "The details of this household's people have been erased. If the household wants support, record a new offer with a new id.";
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
        $"offeredAt is more than {LateDays} days ago. Check day, month and year. If they are right, send offeredAtConfirmed true.";
}

/// <summary>2031: only a mark that is in force can be taken back.</summary>
public sealed record NeverMustStand(Closing? Closing) : IRule
{
    public int Code => 2031;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Closing is { Reason: ClosingReason.DoNotContact, NeverTakenBackAt: null };
    public string Message =>
        "There is nothing to take back: this household did not ask that nobody call its number, or that was taken back before. "
        + "Look at its closing reason.";
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
        "You can reopen only an offer that is closed, was never referred, and whose household did not ask for no contact. "
        + "Look at its state. If the household wants support, record an acceptance or a new offer.";
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
    public string Message => "There is no call-back team with this name. Give one that Vcas:Teams names as a call-back team.";
}
