namespace Vcas.Domain.Households;

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
    /// <summary>How it was made.</summary>
    public AttemptWay By { get; init; }

    /// <summary>It came when no call was due any more: kept as what it is, and followed by what is safe.</summary>
    public bool Late { get; init; }

    /// <summary>Somebody went there, or wrote, before the household was first due: it is kept, and was no call-back.</summary>
    public bool Early { get; init; }

    /// <summary>Whether somebody tried to reach them: only those attempts count as such in the figures.</summary>
    public bool WasMade => Outcome.WasMade(Direction);

    /// <summary>Whether somebody dialled.</summary>
    public bool WasDialled => WasMade && By == AttemptWay.Phone;

    /// <summary>Whether the household was spoken to.</summary>
    public bool ReachedHousehold => Outcome.ReachedHousehold();

    /// <summary>Whether this is the same request as <paramref name="other"/>, recorded at whatever time.</summary>
    public bool IsSameRequestAs(Attempt other) =>
        this with { At = other.At, OutsideSafeHours = other.OutsideSafeHours, Late = other.Late, Early = other.Early } == other;
}
