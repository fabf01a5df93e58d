using Vcas.Domain.Households;

namespace Vcas.Domain.Referrals;

/// <summary>4001: there is a referral.</summary>
public sealed record ReferralMustHaveBeenMade(Referral? Referral) : IRule
{
    public int Code => 4001;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Referral is not null;
    public string Message => "No referral has been made for this household. Record an acceptance first.";
}

/// <summary>4002: what is over can't be changed.</summary>
public sealed record ReferralMustBeOpen(Referral? Referral) : IRule
{
    public int Code => 4002;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Referral is not { IsOver: true };
    public string Message =>
        "This referral is over: it was withdrawn, or VCAS has finished. Record a new offer if the household wants support.";
}
