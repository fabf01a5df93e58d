using Vcas.Domain.Households;

namespace Vcas.Domain.Offers;

/// <summary>2025: a welfare contact follows a danger about which somebody has said what was done.</summary>
public sealed record WelfareContactMustBePlanned(WelfareContact? Welfare) : IRule
{
    public int Code => 2025;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Welfare is not null;
    public string Message => "No welfare contact is planned for this household. Say first what was done about the danger. "
        + "None is planned for a household that asked never to be contacted.";
}

/// <summary>2026: it is made some time after the danger, because it asks how they are since.</summary>
public sealed record WelfareContactMustNotComeEarly(WelfareContact? Welfare, DateTimeOffset Now) : IRule
{
    public int Code => 2026;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Welfare is null || Now >= Welfare.From;
    public string Message => $"The welfare contact is to be made from {Welfare?.From:yyyy-MM-dd HH:mm}Z. "
        + "If somebody went to see them today, record that as an action: welfareCheck.";
}

/// <summary>2027: before anybody gets in touch, it was checked that this is still safe.</summary>
public sealed record WelfareContactMustBeSafe(WelfareOutcome Outcome, bool SafetyChecked) : IRule
{
    public int Code => 2027;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => SafetyChecked || Outcome is not (WelfareOutcome.SpokenTo or WelfareOutcome.NoAnswer);
    public string Message => "Before you get in touch, check that it is still safe, and send safetyChecked true. "
        + "If it is not safe, record unsafeToContact.";
}

/// <summary>2028: an attempt's id is used for one attempt only.</summary>
public sealed record WelfareAttemptIdMustBeUsedOnce(WelfareAttempt Known, WelfareAttempt Attempt) : IRule
{
    public int Code => 2028;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Known == Attempt with { At = Known.At };
    public string Message => "This attemptId was used for another welfare contact. Make a new one for each.";
}
