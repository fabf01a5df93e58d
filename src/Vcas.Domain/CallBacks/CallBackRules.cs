using Vcas.Domain.Offers;

namespace Vcas.Domain.CallBacks;

/// <summary>3001: no call before its time.</summary>
public sealed record CallBackMustBeDue(Offer Offer, DateTimeOffset Now) : IRule
{
    public int Code => 3001;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Offer.State == OfferState.Due || (Offer.State == OfferState.Waiting && Offer.CallFrom <= Now);
    public string Message =>
        $"This household is not to be called before {Offer.AsOthersKnowIt(Now).CallFrom:yyyy-MM-dd HH:mm}Z. "
        + "If it got in touch by itself, record that with direction incoming.";
}

/// <summary>3002: before every call somebody confirms that it is still safe.</summary>
public sealed record CallMustBeSafe(CallOutcome Outcome, bool SafetyChecked) : IRule
{
    public int Code => 3002;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => SafetyChecked || Outcome is CallOutcome.UnsafeToCall or CallOutcome.Died;
    public string Message =>
        "Check before calling that it is still safe, and say so with safetyChecked true. If it is not, record the outcome unsafeToCall.";
}

/// <summary>3003: why a call was unsafe is always said.</summary>
public sealed record ReasonMustBeGiven(CallOutcome Outcome, HoldReason? Reason) : IRule
{
    public int Code => 3003;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Outcome != CallOutcome.UnsafeToCall || Reason is not null;
    public string Message => "The outcome unsafeToCall needs a reason.";
}

/// <summary>3004: a call put off has a time.</summary>
public sealed record CallAgainTimeMustBeGiven(CallOutcome Outcome, DateTimeOffset? CallAgainAt) : IRule
{
    public int Code => 3004;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Outcome != CallOutcome.CallLater || CallAgainAt is not null;
    public string Message => "The outcome callLater needs callAgainAt, the time that the household asked for.";
}

/// <summary>3005: the next call or review lies ahead, and not further than the policy allows.</summary>
public sealed record NextLookMustLieAhead(DateTimeOffset? At, DateTimeOffset Now, int LongestDays) : IRule
{
    public int Code => 3005;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => At is not { } at || (at > Now && at <= Now.AddDays(LongestDays));
    public string Message => $"The time to call again or to review must lie ahead, at most {LongestDays} days.";
}

/// <summary>3006: a household is promised a call only while somebody is there to make it.</summary>
public sealed record CallAgainTimeMustLieInCallHours(
    CallOutcome Outcome, DateTimeOffset? CallAgainAt, CallBackCalendar Calendar, CallBackCalendar? Own = null) : IRule
{
    public int Code => 3006;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Outcome != CallOutcome.CallLater || CallAgainAt is not { } at
        || Calendar.IsCallMoment(at) || Own?.IsCallMoment(at) == true;

    public string Message => "callAgainAt lies outside call-back hours (Europe/London). Agree on a time within them.";
}

/// <summary>3007: while a call is held nobody phones.</summary>
public sealed record CallMustNotBeHeld(OfferState State) : IRule
{
    public int Code => 3007;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => State != OfferState.Held;
    public string Message =>
        "This call-back is held: nobody is to phone. Release the hold first, once it is safe. "
        + "If the household rang by itself, record that with direction incoming.";
}

/// <summary>3008: only what is held can be released.</summary>
public sealed record CallBackMustBeHeld(OfferState State) : IRule
{
    public int Code => 3008;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => State == OfferState.Held;
    public string Message => "This call-back is not held. Nothing has to be released: look at its state.";
}

/// <summary>3009: a wrong number is neither phoned again nor passed on; another one releases the hold by itself.</summary>
public sealed record WrongNumberMustBeReplaced(Hold? Hold, SafeContact? Known = null, SafeContact? Given = null) : IRule
{
    public int Code => 3009;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Hold?.Reason != HoldReason.WrongNumber || (Given is not null && Given.Phone != Known?.Phone);
    public string Message => "The number is known to be wrong. Give a contact with another number; that releases the hold.";
}

/// <summary>3010: an attempt's id stands for one attempt.</summary>
public sealed record AttemptIdMustBeUsedOnce(Attempt Attempt, Attempt? Known) : IRule
{
    public int Code => 3010;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Known is null || Known.IsSameRequestAs(Attempt);
    public string Message => "This attemptId was used for another attempt. Make a new one for each call.";
}

/// <summary>3011: what can be noted of a household that nobody calls any more.</summary>
public sealed record OutcomeMustFitTheState(Offer Offer, CallOutcome Outcome) : IRule
{
    public int Code => 3011;
    public RuleKind Kind => RuleKind.State;

    public bool IsKept => Offer switch
    {
        // Of a referral VCAS calls them: what they say of a call is kept, and the supervisor told.
        { IsOpen: true } or { State: OfferState.Referred } => true,
        // It asked never to be called, and can still say anything else, but no time for a call.
        { Closing.Reason: ClosingReason.DoNotContact } => Outcome != CallOutcome.CallLater,
        { IsCounted: false } or { Closing.Reason: ClosingReason.Died or ClosingReason.Withdrawn } =>
            Outcome is CallOutcome.DoNotContact or CallOutcome.Died,
        _ => true,
    };

    public string Message =>
        "This outcome does not fit a household that is closed. Look at its state: doNotContact and died can always be noted, "
        + "and no time for a call of one that asked never to be called. "
        + "If the household wants support, record an acceptance or a new offer.";
}

/// <summary>3012: hours opened for a household that never meet its safe ones would help nobody.</summary>
public sealed record CallHoursMustMeetSafeHours(SafeContact? Contact, CallHours Hours) : IRule
{
    public int Code => 3012;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Contact is null || SafeHours.Meet(Contact.SafeTimes, Hours);
    public string Message => "No hour in which a call to this household is safe lies in these hours. Give hours and days that meet them.";
}

/// <summary>3031: what was said under another offer is found by the register and the index, not by a person.</summary>
public sealed record HoldMustBeAPersons(HoldReason? Reason) : IRule
{
    public int Code => 3031;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Reason is not { } reason || !reason.IsForSupervisor();
    public string Message =>
        "Nobody gives this reason: it follows from what was said under another offer. "
        + "Give the reason for which a call is not safe, or unsafe.";
}

/// <summary>3032: nobody dials without a number.</summary>
public sealed record NumberMustBeKnown(CallOutcome Outcome, SafeContact? Contact) : IRule
{
    public int Code => 3032;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Contact is not null || Outcome is not (CallOutcome.NoAnswer or CallOutcome.WrongNumber);
    public string Message =>
        "No number of this household is known, so nobody can have dialled it. Give a safe one as its contact, then call.";
}

/// <summary>3021: two callers never phone one household.</summary>
public sealed record CallMustBeFree(Claim? Standing, string Person, DateTimeOffset Now) : IRule
{
    public int Code => 3021;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Standing is null || !Standing.HoldsAt(Now) || Standing.IsOf(Person);

    public string Message => Standing is { } claim
        ? $"{claim.By} has been calling this household since {claim.Since:yyyy-MM-dd HH:mm}Z. Do not phone it. "
            + $"Look at the list again: the claim ends with the outcome, when it is given back, or at {claim.Until:yyyy-MM-dd HH:mm}Z."
        : "Somebody else is calling this household. Do not phone it. Look at the list again: "
            + "the claim ends with the outcome, when it is given back, or by itself.";
}
