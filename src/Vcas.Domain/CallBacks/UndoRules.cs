using Vcas.Domain.Households;

namespace Vcas.Domain.CallBacks;

/// <summary>3051: what came later stands on what came before, so only the last thing that happened is undone.</summary>
public sealed record AttemptMustBeTheLast(Household Household, Guid AttemptId) : IRule
{
    public int Code => 3051;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Household?.Undoable?.AttemptId == AttemptId;

    public string Message =>
        "This outcome can't be undone: it is not the last thing that happened to the household, or what is recorded of the people changed "
        + "with it. Look at the household, then record what is right. If it is closed, a supervisor can reopen it.";
}

/// <summary>3052: whoever pressed the wrong button knows it; anybody else would undo what somebody said.</summary>
public sealed record UndoMustBeByTheCaller(UndoableAttempt? Undoable, string By) : IRule
{
    public int Code => 3052;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Undoable is not null && string.Equals(Undoable.By, By, StringComparison.OrdinalIgnoreCase);

    public string Message =>
        "Somebody else recorded this outcome, so only they can undo it. Look at the household, then record what you know.";
}

/// <summary>3053: from a certain moment on VCAS and others are told.</summary>
public sealed record UndoMustBeInTime(UndoableAttempt? Undoable, DateTimeOffset Now) : IRule
{
    public int Code => 3053;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Undoable?.IsOverAt(Now) == false;

    public string Message =>
        "The time to undo this outcome is over. Record what is right. If VCAS was told, a supervisor can withdraw the referral; "
        + "if the household is closed, a supervisor can reopen it.";
}

/// <summary>3054: whoever asked never to be called is not called again by a slip of a finger.</summary>
public sealed record NeverMustNotBeUndone(CallOutcome? Outcome) : IRule
{
    public int Code => 3054;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Outcome != CallOutcome.DoNotContact;

    public string Message =>
        "They asked never to be contacted, which is asked twice before it is recorded and so is not undone like another outcome. "
        + "If it is a mistake, tell the supervisor: it can be taken back.";
}

/// <summary>3055: what was undone stays undone, however late the request that recorded it is sent again.</summary>
public sealed record AttemptMustNotBeUndone(Household Household, Guid AttemptId) : IRule
{
    public int Code => 3055;
    public RuleKind Kind => RuleKind.State;
    public bool IsKept => Household is not null && !Household.UndoneAttempts.Contains(AttemptId);
    public string Message => "The attempt with this attemptId was undone. Make a new attemptId for what came of the call.";
}
