using Vcas.Domain.Households;

namespace Vcas.Domain.Offers;

/// <summary>2021: only a danger that was recorded can be acknowledged or acted on.</summary>
public sealed record DangerMustHaveBeenRecorded(Danger? Danger) : IRule
{
    public int Code => 2021;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Danger is not null;
    public string Message =>
        "No danger is recorded for this household. Look at its risks. If there is a danger now, record it first.";
}

/// <summary>2022: a safeguarding notification can be found again.</summary>
public sealed record NotificationMustHaveAReference(DangerAction Action, string? Reference) : IRule
{
    public int Code => 2022;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Action != DangerAction.SafeguardingNotification || Reference is not null;
    public string Message => "Give the reference of the safeguarding notification, so that others can find it.";
}

/// <summary>2023: why nothing was done is always said.</summary>
public sealed record DoingNothingMustHaveAReason(DangerAction Action, NoActionReason? Reason) : IRule
{
    public int Code => 2023;
    public RuleKind Kind => RuleKind.Request;
    public bool IsKept => Action != DangerAction.None || Reason is not null;
    public string Message => "Give the reason why nothing was done.";
}
