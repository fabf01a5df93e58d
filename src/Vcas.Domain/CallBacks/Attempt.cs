namespace Vcas.Domain.CallBacks;

/// <summary>One attempt to call a household back.</summary>
/// <param name="AttemptId">Made by the caller's device, so that a repeated request records it once.</param>
/// <param name="At">When it was recorded, UTC.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="SafetyChecked">Somebody confirmed before the call that it was still safe.</param>
/// <param name="Reason">Why it was not safe; compulsory with <see cref="CallOutcome.UnsafeToCall"/>.</param>
/// <param name="CallAgainAt">When to call again, UTC; compulsory with <see cref="CallOutcome.CallLater"/>.</param>
public sealed record Attempt(
    Guid AttemptId,
    DateTimeOffset At,
    CallOutcome Outcome,
    bool SafetyChecked,
    HoldReason? Reason,
    DateTimeOffset? CallAgainAt)
{
    /// <summary>It came when no call was due any more: kept as what it is, and followed by what is safe.</summary>
    public bool Late { get; init; }

    /// <summary>Whether somebody dialled: only those attempts count in the figures.</summary>
    public bool WasDialled => Outcome.WasDialled();

    /// <summary>Whether the household was spoken to.</summary>
    public bool ReachedHousehold => Outcome.ReachedHousehold();

    /// <summary>Whether this is the same request as <paramref name="other"/>, recorded at whatever time.</summary>
    public bool IsSameRequestAs(Attempt other) => this with { At = other.At, Late = other.Late } == other;
}

/// <summary>Nobody may phone.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="ReviewAt">When it comes back by itself, UTC.</param>
/// <param name="CausedBy">The other offer for whose sake it is held; null where somebody held this one for its own.</param>
/// <param name="Beneath">The hold that stands besides, as whoever placed it knows it.</param>
public sealed record Hold(HoldReason Reason, DateTimeOffset Since, DateTimeOffset ReviewAt, Guid? CausedBy = null, Hold? Beneath = null);

/// <summary>Who calls: a team, or one person who owns the household.</summary>
/// <param name="Team">The call-back team's name.</param>
/// <param name="Person">The directory id of a consequential victim care officer or of another caller; null for the whole team.</param>
public sealed record Assignee(string Team, string? Person);
