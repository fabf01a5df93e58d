using Vcas.Domain.Calendar;
using Vcas.Domain.Households;

namespace Vcas.Domain.CallBacks;

/// <summary>3001: no call before its time.</summary>
public sealed record CallBackMustBeDue(Household Household, DateTimeOffset Now) : IRule
{
    public int Code => 3001;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Household.Course is ContactCourse.Due
        || (Household.Course is ContactCourse.Waiting waiting && waiting.CallFrom <= Now);

    public string Message =>
        $"Do not call this household before {Household.AsOthersKnowIt(Now).CallFrom:yyyy-MM-dd HH:mm}Z. "
        + "If it got in touch by itself, record that with direction incoming.";
}

/// <summary>3002: before every call somebody confirms that it is still safe.</summary>
public sealed record CallMustBeSafe(CallOutcome Outcome, bool SafetyChecked) : IRule
{
    public int Code => 3002;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => SafetyChecked || Outcome is CallOutcome.UnsafeToCall or CallOutcome.Died;
    public string Message =>
        "Before you call, check that it is still safe, and send safetyChecked true. If it is not safe, record the outcome unsafeToCall.";
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

/// <summary>3005: the next call or review is in the future, and no later than the policy allows.</summary>
public sealed record NextLookMustLieAhead(DateTimeOffset? At, DateTimeOffset Now, int LongestDays) : IRule
{
    public int Code => 3005;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => At is not { } at || (at > Now && at <= Now.AddDays(LongestDays));
    public string Message => $"The time to call again or to review must be in the future, and at most {LongestDays} days away.";
}

/// <summary>3006: a household is promised a call only while somebody is there to make it.</summary>
public sealed record CallAgainTimeMustLieInCallHours(
    CallOutcome Outcome, DateTimeOffset? CallAgainAt, CallBackCalendar Calendar, CallBackCalendar? Own = null) : IRule
{
    public int Code => 3006;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Outcome != CallOutcome.CallLater || CallAgainAt is not { } at
        || Calendar.IsCallMoment(at) || Own?.IsCallMoment(at) == true;

    public string Message => "callAgainAt is outside call-back hours (Europe/London). Agree on a time within them.";
}

/// <summary>3007: while a call is held nobody phones.</summary>
public sealed record CallMustNotBeHeld(HouseholdState State) : IRule
{
    public int Code => 3007;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => State != HouseholdState.Held;
    public string Message =>
        "This call-back is held, so nobody may phone. Release the hold when it is safe. "
        + "If the household rang by itself, record that with direction incoming.";
}

/// <summary>3008: only what is held can be released.</summary>
public sealed record CallBackMustBeHeld(HouseholdState State) : IRule
{
    public int Code => 3008;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => State == HouseholdState.Held;
    public string Message => "This call-back is not held, so there is nothing to release. Look at its state.";
}

/// <summary>3010: an attempt's id is used for one attempt only.</summary>
public sealed record AttemptIdMustBeUsedOnce(Attempt Attempt, Attempt? Known) : IRule
{
    public int Code => 3010;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Known is null || Known.IsSameRequestAs(Attempt);
    public string Message => "This attemptId was used for another attempt. Make a new one for each call.";
}

/// <summary>3011: what can be noted of a household that nobody calls any more.</summary>
public sealed record OutcomeMustFitTheState(Household Household, CallOutcome Outcome) : IRule
{
    public int Code => 3011;
    public RuleKind Kind => RuleKind.State;

    public bool IsKept => Household switch
    {
        // Of a referral VCAS calls them: what they say of a call is kept, and the supervisor told.
        { Course: ContactCourse.Open or ContactCourse.Referred } => true,
        // It asked never to be called, and can still say anything else, but no time for a call.
        { Closing.Reason: ClosingReason.DoNotContact } => Outcome != CallOutcome.CallLater,
        { IsCounted: false } or { Closing.Reason: ClosingReason.Died or ClosingReason.Withdrawn } =>
            Outcome is CallOutcome.DoNotContact or CallOutcome.Died,
        _ => true,
    };

    public string Message =>
        "This outcome does not fit a household that is closed. Look at its state. You can always record doNotContact and died, but no "
        + "time for a call if the household asked that nobody call it. If it wants support, record an acceptance or a new offer.";
}

/// <summary>3012: hours that are opened for a household must include a safe one.</summary>
public sealed record CallHoursMustMeetSafeHours(SafeContact? Contact, CallHours Hours) : IRule
{
    public int Code => 3012;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Contact is null || SafeHours.Meet(Contact.SafeTimes, Hours);
    public string Message => "A call to this household is not safe at any of these hours. Give days and hours that include a safe one.";
}

/// <summary>3031: what was said under another offer is found by the register and the index, not by a person.</summary>
public sealed record HoldMustBeAPersons(HoldReason? Reason) : IRule
{
    public int Code => 3031;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Reason is not { } reason || !reason.IsForSupervisor();
    public string Message =>
        "Only the service gives this reason, because of what was said under another offer. "
        + "Give the reason why a call is not safe, or unsafe.";
}

/// <summary>3032: nobody dials without a number.</summary>
public sealed record NumberMustBeKnown(CallOutcome Outcome, bool HasNumber) : IRule
{
    public int Code => 3032;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => HasNumber || Outcome is not (CallOutcome.NoAnswer or CallOutcome.WrongNumber or CallOutcome.MessageLeft);
    public string Message =>
        "This household has no number, so nobody can have called it. Give a safe number as its contact, then call. "
        + "If somebody went there or wrote, say so: by visit, or by letter.";
}

/// <summary>3033: what came of an attempt must be possible by the way in which it was made.</summary>
public sealed record OutcomeMustFitTheWay(CallOutcome Outcome, AttemptWay By, CallDirection Direction) : IRule
{
    public int Code => 3033;
    public RuleKind Kind => RuleKind.Request;

    public bool IsKept => (Direction, By) switch
    {
        (CallDirection.Incoming, _) => Outcome != CallOutcome.MessageLeft && (Outcome != CallOutcome.WrongNumber || By == AttemptWay.Phone),
        (_, AttemptWay.Phone) => true,
        (_, AttemptWay.Visit) => Outcome is not (CallOutcome.WrongNumber or CallOutcome.MessageLeft),
        // What a household answers to it is a contact of its own.
        _ => Outcome is CallOutcome.MessageLeft or CallOutcome.UnsafeToCall or CallOutcome.Died,
    };

    public string Message =>
        "This outcome can't come of this way. A number is wrong by phone alone. By visit nobody leaves a message: if nobody was in, "
        + "record noAnswer; if you left a letter, record by letter. By letter, email and professional take messageLeft, unsafeToCall and "
        + "died: what the household answers is recorded with direction incoming.";
}

/// <summary>3034: no message is left where nobody agreed to one.</summary>
public sealed record VoicemailMustBeAllowed(CallOutcome Outcome, AttemptWay By, SafeContact? Contact) : IRule
{
    public int Code => 3034;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Outcome != CallOutcome.MessageLeft || By != AttemptWay.Phone || Contact is { VoicemailAllowed: true };

    public string Message =>
        "This household did not agree to voicemail: leave no message. If one was left by mistake, record noAnswer and tell the supervisor.";
}

/// <summary>3035: nobody writes to an address, or asks a professional, of whom the household said nothing.</summary>
public sealed record RouteMustBeKnown(Attempt Attempt, SafeContact? Contact) : IRule
{
    public int Code => 3035;
    public RuleKind Kind => RuleKind.State;

    public bool IsKept => Attempt is not { Direction: CallDirection.Outgoing, Outcome: CallOutcome.MessageLeft }
        || KindOf(Attempt.By) is not { } kind
        || Contact?.OtherRoutes.Any(route => route.Kind == kind) == true;

    public string Message =>
        "This household has no such route: no e-mail address of its own, or no professional, is known. If it gave you one, send it with "
        + "the attempt as one of contact.routes. If you went there or left a letter, record by visit or by letter.";

    private static RouteKind? KindOf(AttemptWay by) => by switch
    {
        AttemptWay.Email => RouteKind.Email,
        AttemptWay.Professional => RouteKind.Professional,
        _ => null,
    };
}

/// <summary>3041: two callers never phone one number, under whatever households it stands.</summary>
public sealed record NumberMustBeFree(Claim? Standing, string Person, DateTimeOffset Now) : IRule
{
    public int Code => 3041;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Standing is null || !Standing.HoldsAt(Now) || Standing.IsOf(Person);

    public string Message => Standing is { } claim
        ? $"{claim.By} has been calling this number under another household since {claim.Since:yyyy-MM-dd HH:mm}Z. Do not phone it. "
            + $"Their claim ends when they record the outcome, when they give the call back, or at {claim.Until:yyyy-MM-dd HH:mm}Z."
        : "Somebody else is calling this number under another household. Do not phone it. "
            + "Their claim ends when they record the outcome, when they give the call back, or by itself.";
}

/// <summary>3042: a number that was called lately under another household is called by whoever knows that.</summary>
public sealed record SameNumberMustBeChecked(DateTimeOffset CalledAt, string? Reference, bool IsChecked) : IRule
{
    public int Code => 3042;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => IsChecked;

    public string Message =>
        $"This number was called at {CalledAt:yyyy-MM-dd HH:mm}Z under {Reference ?? "another household"}. "
        + "Check that you should call it again. If you should, send sameNumberChecked true. "
        + "If it is one household recorded twice, merge the two.";
}

/// <summary>3021: two callers never phone one household.</summary>
public sealed record CallMustBeFree(Claim? Standing, string Person, DateTimeOffset Now) : IRule
{
    public int Code => 3021;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Standing is null || !Standing.HoldsAt(Now) || Standing.IsOf(Person);

    public string Message => Standing is { } claim
        ? $"{claim.By} has been calling this household since {claim.Since:yyyy-MM-dd HH:mm}Z. Do not phone it. "
            + $"Their claim ends when they record the outcome, when they give the call back, or at {claim.Until:yyyy-MM-dd HH:mm}Z."
        : "Somebody else is calling this household. Do not phone it. "
            + "Their claim ends when they record the outcome, when they give the call back, or by itself.";
}
