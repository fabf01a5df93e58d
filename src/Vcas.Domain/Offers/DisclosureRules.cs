using Vcas.Domain.Households;

namespace Vcas.Domain.Offers;

/// <summary>2065: what may have to be disclosed is erased by nobody, until a person says that it is no longer needed.</summary>
public sealed record DisclosureHoldMustBeReleased(DisclosureHold? Hold) : IRule
{
    public int Code => 2065;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Hold is null;
    public string Message =>
        $"This household is under a disclosure hold{(Hold is null ? "" : $" ({Word.Of(Hold.Reason)}), to be reviewed on {Day}")}. "
        + "Nothing of it can be erased until its supervisor or an administrator releases the hold. That erasure was asked for is kept.";

    private string Day => Hold!.ReviewAt.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>2066: a disclosure hold is reviewed on a day that lies ahead, and within ten years.</summary>
public sealed record DisclosureReviewMustLieAhead(DateTimeOffset ReviewAt, DateTimeOffset Now) : IRule
{
    private const int LongestYears = 10;

    public int Code => 2066;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => ReviewAt > Now && ReviewAt <= Now.AddYears(LongestYears);
    public string Message =>
        $"reviewAt must be in the future and at most {LongestYears} years ahead. Give the day on which somebody looks whether "
        + "the hold is still needed.";
}
