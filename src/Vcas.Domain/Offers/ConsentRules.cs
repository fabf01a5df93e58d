using Vcas.Domain.Households;

namespace Vcas.Domain.Offers;

/// <summary>2061: nobody says yes and no to the same thing at once.</summary>
public sealed record ConsentMustNotSayBoth(Consent? Consent) : IRule
{
    public int Code => 2061;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Consent is null || !Consent.YesTo.Intersect(Consent.NoTo).Any();
    public string Message => "consent.yesTo and consent.noTo name the same thing. Say which they said, or leave it out of both.";
}

/// <summary>2062: whoever said no to being referred is not referred by the same answer. A later yes counts for itself.</summary>
public sealed record NoToBeingReferredMustBeKept(OfferAnswer? Answer, Consent? Consent) : IRule
{
    public int Code => 2062;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Answer != OfferAnswer.Accepted || Consent is null || !Consent.NoTo.Contains(ConsentTo.BeingReferred);
    public string Message =>
        "They accepted support and said no to being referred, and it is VCAS that supports them: nothing is sent. Ask which they mean. "
        + "Take beingReferred out of consent.noTo, or record declined.";
}

/// <summary>2063: whoever said no to being called, or to being asked again, is not called to be asked again.</summary>
public sealed record NoToBeingCalledMustBeKept(OfferAnswer? Answer, bool HasNumber, Consent? Consent) : IRule
{
    public int Code => 2063;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Answer is not (OfferAnswer.Declined or OfferAnswer.NotAsked) || Consent is null
        || !(Consent.NoTo.Contains(ConsentTo.BeingAskedAgain) || (HasNumber && Consent.NoTo.Contains(ConsentTo.BeingCalled)));
    public string Message =>
        "They said no to being called or asked again, and this answer would have them called later. Record doNotContact. "
        + "If they may be visited and not phoned, leave the number out.";
}

/// <summary>2064: whoever asks never to be contacted says yes to nothing.</summary>
public sealed record NeverMustNotBeAYes(OfferAnswer? Answer, Consent? Consent) : IRule
{
    public int Code => 2064;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Answer != OfferAnswer.DoNotContact || Consent is null || Consent.YesTo.Count == 0;
    public string Message =>
        "doNotContact means that nobody ever calls. Take consent.yesTo away, or record declined if they may be called later.";
}

/// <summary>2067: what somebody said was said before it is recorded.</summary>
public sealed record ConsentMustNotLieInTheFuture(Consent? Consent, DateTimeOffset Now) : IRule
{
    public int Code => 2067;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Consent?.At is not { } at || at <= Now + OfferMustNotLieInTheFuture.ClockDifference;
    public string Message => "consent.at is in the future. Give the time when they said it, with its offset from UTC.";
}

/// <summary>What is recorded of a consent, checked against the answer that was given with it.</summary>
internal static class ConsentCheck
{
    internal static void Keep(Consent? consent, OfferAnswer? answer, bool hasNumber, Moment moment) => Rules.Keep(
        new ConsentMustNotSayBoth(consent),
        new ConsentMustNotLieInTheFuture(consent, moment.Now),
        new NoToBeingReferredMustBeKept(answer, consent),
        new NoToBeingCalledMustBeKept(answer, hasNumber, consent),
        new NeverMustNotBeAYes(answer, consent));

    /// <summary>What was decided, with what somebody said beside what they said before; the trail tells only that they did.</summary>
    internal static Transition WithConsent(this Transition change, Consent? consent)
    {
        if (consent is null || !change.IsChange) return change;
        var (household, details) = (change.Household, change.Household.Details);
        return new Transition(
            household with
            {
                Revision = household.Revision + 1,
                Undoable = null,
                Details = details.Consents.Contains(consent) ? details : details with { Consents = [.. details.Consents, consent] },
            },
            [.. change.Events, new ConsentRecorded()]);
    }

    /// <summary>The answer that an outcome of a call is, where somebody was asked.</summary>
    internal static OfferAnswer? AsAnswer(this CallOutcome outcome) => outcome switch
    {
        CallOutcome.Accepted => OfferAnswer.Accepted,
        CallOutcome.Declined => OfferAnswer.Declined,
        CallOutcome.DoNotContact => OfferAnswer.DoNotContact,
        _ => null,
    };
}
