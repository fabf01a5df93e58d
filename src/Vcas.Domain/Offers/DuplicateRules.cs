using Vcas.Domain.Households;

namespace Vcas.Domain.Offers;

/// <summary>2051: a household is no duplicate of itself.</summary>
public sealed record DuplicateMustBeAnother(Guid Duplicate, Guid Kept) : IRule
{
    public int Code => 2051;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Duplicate != Kept;
    public string Message => "of is the offer in the address. Give the id of the other offer, which is kept.";
}

/// <summary>2052: what is kept is not taken back itself.</summary>
public sealed record KeptHouseholdMustStand(Closing? Closing) : IRule
{
    public int Code => 2052;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Closing is not { Reason: ClosingReason.Withdrawn } and not { Withdrawal: WithdrawalReason.Duplicate };

    public string Message =>
        "The offer that would be kept has been withdrawn, or is a duplicate itself. Give one that stands, or reopen it first.";
}

/// <summary>
/// 2053: of two records of one household the one is kept that is further on, so that no yes is lost and nobody is called again.
/// </summary>
public sealed record KeptHouseholdMustBeFurtherOn(Household Kept, Household Duplicate) : IRule
{
    public int Code => 2053;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Comparer<(int, bool, DateTimeOffset)>.Default.Compare(HowFar(Kept), HowFar(Duplicate)) >= 0;

    public string Message =>
        $"You can merge these two only the other way round: keep {Duplicate.Reference}. It was referred, or the household was spoken to or "
        + $"called under it since, and {Kept.Reference} would be called as if nobody had.";

    // A total order, so that one of the two ways is always open: first a referral, then that they were spoken to, then the last attempt.
    private static (int Referral, bool WasSpokenTo, DateTimeOffset LastAttempt) HowFar(Household household) => (
        household.Referrals.Any(referral => !referral.IsOver) ? 2 : household.Referrals.Count > 0 ? 1 : 0,
        household.Attempts.Any(attempt => attempt.ReachedHousehold),
        household.LastAttempt?.At ?? DateTimeOffset.MinValue);
}

/// <summary>2054: what is merged into one household is not merged into another.</summary>
public sealed record DuplicateMustBeMergedOnce(Closing? Closing, Guid Kept) : IRule
{
    public int Code => 2054;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Closing?.DuplicateOf is not { } known || known == Kept;

    public string Message =>
        $"This offer is merged into {(Closing?.DuplicateOf is { } known ? Household.ReferenceOf(known) : "another")} already. "
        + "If that was a mistake, it must be reopened by a supervisor first.";
}
