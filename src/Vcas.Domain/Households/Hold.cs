namespace Vcas.Domain.Households;

/// <summary>Nobody may phone until a person releases it. Time alone never ends it.</summary>
public abstract record Hold
{
    private protected Hold(HoldReason reason, DateTimeOffset since, DateTimeOffset reviewAt) =>
        (Reason, Since, ReviewAt) = (reason, since, reviewAt);

    /// <summary>Why.</summary>
    public HoldReason Reason { get; init; }

    /// <summary>Since when, UTC.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>When somebody should decide, UTC: then the supervisor is told.</summary>
    public DateTimeOffset ReviewAt { get; init; }

    /// <summary>When time has something to do about it.</summary>
    public abstract DateTimeOffset WakeAt { get; }

    private protected static HoldReason Checked(HoldReason reason, bool isForSupervisor) => reason.IsForSupervisor() == isForSupervisor
        ? reason
        : throw new ArgumentException($"{Word.Of(reason)} is no reason of such a hold.", nameof(reason));
}

/// <summary>A hold that a person placed and of which everybody knows.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="ReviewAt">When somebody should decide, UTC.</param>
/// <param name="RemindAt">Where nobody has decided by then: when the supervisor is told again, UTC.</param>
public sealed record KnownHold(HoldReason Reason, DateTimeOffset Since, DateTimeOffset ReviewAt, DateTimeOffset? RemindAt = null)
    : Hold(Checked(Reason, isForSupervisor: false), Since, ReviewAt)
{
    /// <summary>Since when its review is overdue, UTC; null until the supervisor has been told.</summary>
    public DateTimeOffset? OverdueSince => RemindAt is null ? null : ReviewAt;

    /// <inheritdoc />
    public override DateTimeOffset WakeAt => RemindAt ?? ReviewAt;
}

/// <summary>A hold for what was said under another offer: the supervisor alone knows of it and ends it.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="ReviewAt">When the supervisor is told again, UTC.</param>
/// <param name="CausedBy">The other household, for whose sake it is held.</param>
public sealed record SupervisorHold(HoldReason Reason, DateTimeOffset Since, DateTimeOffset ReviewAt, Guid CausedBy)
    : Hold(Checked(Reason, isForSupervisor: true), Since, ReviewAt)
{
    /// <inheritdoc />
    public override DateTimeOffset WakeAt => ReviewAt;
}

/// <summary>A death that a caller must know of, however long ago the hold for it was released.</summary>
/// <param name="Of">Whose.</param>
/// <param name="NotedAt">When it was noted, UTC.</param>
public sealed record KnownDeath(DeathOf Of, DateTimeOffset NotedAt);
