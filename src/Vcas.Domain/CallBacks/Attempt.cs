namespace Vcas.Domain.CallBacks;

/// <summary>One attempt to call a household back, or one contact that the household made by itself.</summary>
/// <param name="AttemptId">Made by the caller's device, so that a repeated request records it once.</param>
/// <param name="At">When it was recorded, UTC.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="SafetyChecked">Somebody confirmed before the call that it was still safe.</param>
/// <param name="Reason">Why it was not safe; compulsory with <see cref="CallOutcome.UnsafeToCall"/>.</param>
/// <param name="CallAgainAt">When to call again, UTC; compulsory with <see cref="CallOutcome.CallLater"/>.</param>
/// <param name="Direction">Whether the force called or the household did.</param>
/// <param name="OutsideSafeHours">Somebody dialled at a time that the household had not named as safe. It is marked,
/// for it has happened.</param>
public sealed record Attempt(
    Guid AttemptId,
    DateTimeOffset At,
    CallOutcome Outcome,
    bool SafetyChecked,
    HoldReason? Reason,
    DateTimeOffset? CallAgainAt,
    CallDirection Direction = CallDirection.Outgoing,
    bool OutsideSafeHours = false)
{
    /// <summary>It came when no call was due any more: kept as what it is, and followed by what is safe.</summary>
    public bool Late { get; init; }

    /// <summary>Whether somebody dialled: only those attempts count as such in the figures.</summary>
    public bool WasDialled => Outcome.WasDialled(Direction);

    /// <summary>Whether the household was spoken to.</summary>
    public bool ReachedHousehold => Outcome.ReachedHousehold();

    /// <summary>Whether this is the same request as <paramref name="other"/>, recorded at whatever time.</summary>
    public bool IsSameRequestAs(Attempt other) =>
        this with { At = other.At, OutsideSafeHours = other.OutsideSafeHours, Late = other.Late } == other;
}

/// <summary>Nobody may phone until a person releases it. Time alone never ends it.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="ReviewAt">When somebody should decide, UTC: then the supervisor is told.</param>
/// <param name="RemindAt">Where nobody has decided by then: when the supervisor is told again, UTC.</param>
/// <param name="CausedBy">The other offer for whose sake it is held; null if somebody held this one for its own.</param>
/// <param name="Beneath">The other hold, as the person who placed it knows it.</param>
public sealed record Hold(
    HoldReason Reason,
    DateTimeOffset Since,
    DateTimeOffset ReviewAt,
    DateTimeOffset? RemindAt = null,
    Guid? CausedBy = null,
    Hold? Beneath = null)
{
    /// <summary>Since when its review is overdue, UTC; null until the supervisor has been told.</summary>
    public DateTimeOffset? OverdueSince => RemindAt is null ? null : ReviewAt;

    /// <summary>When time has something to do about it.</summary>
    internal DateTimeOffset WakeAt => RemindAt ?? ReviewAt;
}

/// <summary>A death that a caller must know of, however long ago the hold for it was released.</summary>
/// <param name="Of">Whose.</param>
/// <param name="NotedAt">When it was noted, UTC.</param>
public sealed record KnownDeath(DeathOf Of, DateTimeOffset NotedAt);

/// <summary>Who calls: a team, or one person who owns the household.</summary>
/// <param name="Team">The call-back team's name.</param>
/// <param name="Person">The directory id of a consequential victim care officer or of another caller; null for the whole team.</param>
public sealed record Assignee(string Team, string? Person);
