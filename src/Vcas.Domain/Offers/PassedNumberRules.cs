using Vcas.Domain.Teams;

namespace Vcas.Domain.Offers;

/// <summary>2071: what became of a number that was passed on is said once.</summary>
public sealed record PassedNumberMustBeOpen(PassedNumberOutcome? Before, PassedNumberOutcome Now) : IRule
{
    public int Code => 2071;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Before is null || Before == Now;
    public string Message => "Somebody has said already what became of this number. Look at it again.";
}

/// <summary>2072: an id stands for one number that was passed on.</summary>
public sealed record PassedNumberMustBeTheSame(bool IsSame) : IRule
{
    public int Code => 2072;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => IsSame;
    public string Message => "Another number was passed on with this id. A retry must send the same body; a new number needs a new id.";
}

/// <summary>2073: whoever wants no contact is not called.</summary>
public sealed record NoContactMustBeRecorded(SaidAtDesk Said, PassedNumberOutcome Outcome) : IRule
{
    public int Code => 2073;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Said != SaidAtDesk.WantsNoContact || Outcome != PassedNumberOutcome.Called;
    public string Message => "They asked for no contact, so nobody calls them. Record that they want none, and say neverRecorded.";
}
