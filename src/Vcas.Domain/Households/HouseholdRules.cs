namespace Vcas.Domain.Households;

/// <summary>
/// 2001: what VCAS has been told, or is about to be, keeps a way to reach the household. A yes without one waits instead.
/// </summary>
public sealed record SafeRouteMustBeGiven(Referral? Referral, SafeContact? Contact) : IRule
{
    public int Code => 2001;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Referral is null or { State: ReferralState.AwaitingRoute } || Contact is { IsReachable: true };
    public string Message =>
        "VCAS supports this household and has to reach it. Leave a number or another route that was confirmed in person, or give one. "
        + "If VCAS is to stop, withdraw the referral.";
}

/// <summary>2002: nobody phones a child; under 18s are reached through a guardian who is not the suspect.</summary>
public sealed record ContactMustNotBeAChild(HouseholdMembers Members, SafeContact? Contact) : IRule
{
    public int Code => 2002;
    public RuleKind Kind => RuleKind.Request;

    public bool IsKept => Contact is null
        || ((Contact.AgeBand is not { } band || !band.IsChild()) && (Contact.IsGuardian || !Members.IsOnlyChildren));

    public string Message =>
        "Nobody phones a child. Give an adult's number. "
        + "If everybody in the household is under 18, give the number of a guardian who is not the suspect, with contact.isGuardian true.";
}

/// <summary>2005: what is done to a waiting household needs one that waits.</summary>
public sealed record OfferMustBeOpen(HouseholdState State) : IRule
{
    public int Code => 2005;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => State is HouseholdState.Waiting or HouseholdState.Due or HouseholdState.Held;
    public string Message =>
        $"This offer is {Word.Of(State)}, so nobody will call back. Look at its referral or its closing reason.";
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

/// <summary>3009: a wrong number is neither phoned again nor passed on; another one releases the hold by itself.</summary>
public sealed record WrongNumberMustBeReplaced(Hold? Hold, SafeContact? Known = null, SafeContact? Given = null) : IRule
{
    public int Code => 3009;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Hold?.Reason != HoldReason.WrongNumber || (Given is not null && Given.Phone != Known?.Phone);
    public string Message => "This number is wrong. Give a contact with another number. That releases the hold.";
}
