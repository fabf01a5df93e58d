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

/// <summary>4011: what the queue took minutes ago is not sent again: it would drop the copy without a word.</summary>
public sealed record ReferralMustNotJustHaveLeft(Referral? Referral, DateTimeOffset Now) : IRule
{
    /// <summary>How long a queue remembers the ids of messages (the bus's duplicate detection, as the templates set it).</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    public int Code => 4011;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Referral is not { SentAt: { } sentAt } || Now - sentAt > Remembered;
    public string Message => "This referral left less than ten minutes ago. Send it again in ten minutes.";
}

/// <summary>4012: what VCAS has finished with needs no other message.</summary>
public sealed record ReferralMustNotBeFinished(Referral? Referral) : IRule
{
    public int Code => 4012;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Referral is not { State: ReferralState.Closed };
    public string Message => "VCAS has finished with this referral. Record a new offer if the household wants support.";
}

/// <summary>4002: what is over can't be changed.</summary>
public sealed record ReferralMustBeOpen(Referral? Referral) : IRule
{
    public int Code => 4002;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Referral is not { IsOver: true };
    public string Message =>
        "This referral is closed: it was withdrawn, or VCAS has closed it. Record a new offer if the household wants support.";
}
