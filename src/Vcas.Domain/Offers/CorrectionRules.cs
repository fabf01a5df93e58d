using Vcas.Domain.Households;

namespace Vcas.Domain.Offers;

/// <summary>2042: what was said at the door is corrected while the household waits, between the two answers after which it waits.</summary>
public sealed record AnswerMustBeCorrectable(Household Household, OfferAnswer Answer) : IRule
{
    public int Code => 2042;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Household.Course is not ContactCourse.Referred
        && (Answer == Household.Details.Answer || (IsWaitedAfter(Answer) && IsWaitedAfter(Household.Details.Answer)));
    public string Message =>
        "You can correct answer between declined and notAsked, and answer, date, team and lawful basis only while there is no referral. "
        + "Record an acceptance if the household wants support, or withdraw the offer as doNotContact.";

    private static bool IsWaitedAfter(OfferAnswer answer) => answer is OfferAnswer.Declined or OfferAnswer.NotAsked;
}

/// <summary>2043: after the first call its date and what was said before it are what was acted on, and stay.</summary>
public sealed record DateMustBeCorrectedInTime(Household Household, DateTimeOffset OfferedAt, DateTimeOffset Now) : IRule
{
    public int Code => 2043;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => OfferedAt <= Household.RecordedAt + OfferMustNotLieInTheFuture.ClockDifference
        && new FirstCallMustLieAhead(Household, Now).IsKept;
    public string Message =>
        "You can correct answer and offeredAt only before the first call is due, and an offer is made before it is recorded. "
        + "Check the date.";
}
