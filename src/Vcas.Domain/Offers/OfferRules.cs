using Vcas.Domain.Households;

namespace Vcas.Domain.Offers;

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

/// <summary>2006: what was recorded in error, twice, or for somebody who has died or moved can't be accepted.</summary>
public sealed record OfferMustNotBeEnded(Closing? Closing) : IRule
{
    public int Code => 2006;
    public RuleKind Kind => RuleKind.State;

    // Why it was taken back stays, also where somebody said afterwards that nobody is ever to call.
    public bool IsKept => Closing?.Reason is not (ClosingReason.Withdrawn or ClosingReason.Died)
        && Closing?.Withdrawal is null or WithdrawalReason.DoNotContact;

    public string Message => "This offer has been withdrawn, or the person has died. Record a new offer if the household wants support.";
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
public sealed record WithdrawalMustFitTheState(Household Household, WithdrawalReason Reason) : IRule
{
    public int Code => 2008;
    public RuleKind Kind => RuleKind.State;

    public bool IsKept => Household.Course is not ContactCourse.Closed
        || (Household.Closing?.Reason != ClosingReason.Withdrawn
            && Reason is WithdrawalReason.RecordedInError or WithdrawalReason.Duplicate)
        || (Household.Closing?.Reason is ClosingReason.DeclinedAtCallBack or ClosingReason.DeclinedInPerson or ClosingReason.NotReached
            && Reason == WithdrawalReason.DoNotContact);

    public string Message =>
        "This offer is closed. You can still withdraw it as recordedInError or duplicate, or, "
        + "if the household declined or was not reached, as doNotContact.";
}

/// <summary>2009: a new policy reaches only a household whose first call is still to come.</summary>
public sealed record FirstCallMustLieAhead(Household Household, DateTimeOffset Now) : IRule
{
    public int Code => 2009;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Household is { IsOpen: true, FirstDueAt: null, Attempts.Count: 0 } && Household.CallFrom > Now;
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
public sealed record HouseholdMustBeSettled(Household Household, ErasureReason Reason) : IRule
{
    public int Code => 2011;
    public RuleKind Kind => RuleKind.State;

    // VCAS may never report the end of its support, and nobody may ever say what was done about a danger that somebody knows of, or ask
    // how they are since: so only the retention period ends these, and it does.
    public bool IsKept => Reason == ErasureReason.RetentionEnded
        ? !Household.Outbox.Any(dispatch => dispatch.IsMessage)
            && HouseholdClocks.Of(Household).All(clock => clock.Stage is Stage.AwaitingMeasure or Stage.AwaitingWelfareContact
                or Stage.AwaitingDisclosureReview)
        : Plan.For(Household with { DisclosureHold = null }).Stage == Stage.Settled
            && Household.Referral?.State != ReferralState.Accepted;

    public string Message =>
        "A call-back, a referral or a danger of this household is still open. "
        + "First withdraw the offer or the referral, or acknowledge the danger and record what was done. Then you can erase the household.";
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
        "There is nothing to withdraw: this household did not ask that nobody call its number, or that was withdrawn before. "
        + "Look at its closing reason.";
}

/// <summary>2024: a closing can be undone as long as nobody outside acts on it and nobody asked for silence.</summary>
public sealed record ClosingMustBeUndoable(Household Household) : IRule
{
    public int Code => 2024;
    public RuleKind Kind => RuleKind.State;

    public bool IsKept => Household is
    {
        Course: ContactCourse.Closed
        {
            Closing: { Reason: not ClosingReason.DoNotContact, Withdrawal: not WithdrawalReason.DoNotContact },
        },
        Referrals.Count: 0,
        DueAt: not null,
    }
        && Household.Attempts.All(attempt => attempt.Outcome != CallOutcome.DoNotContact);

    public string Message =>
        "You can reopen only an offer that is closed, was never referred, and whose household did not ask for no contact. "
        + "Look at its state. If the household wants support, record an acceptance or a new offer.";
}

/// <summary>2076: how they are reached is said in one way: a number, or a list of routes.</summary>
public sealed record RoutesMustBeSaidOnce(bool HasNumber, bool HasRoutes) : IRule
{
    public int Code => 2076;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => !HasNumber || !HasRoutes;
    public string Message =>
        "Give either phone, voicemailAllowed and safeTimes, or routes. If there is more than one way to reach them, put the number into "
        + "routes too.";
}
