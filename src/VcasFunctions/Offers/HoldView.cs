using Vcas.Domain.Households;

namespace VcasFunctions.Offers;

/// <summary>Nobody may phone until a person releases it. Time alone never ends it.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="ReviewAt">When somebody should decide, UTC: then the supervisor is told.</param>
/// <param name="RemindAt">Where nobody has decided by then: when the supervisor is told again, UTC.</param>
/// <param name="CausedBy">The other offer for whose sake it is held; null if somebody held this one for its own.</param>
/// <param name="Beneath">The other hold, as the person who placed it knows it.</param>
public sealed record HoldView(
    HoldReason Reason,
    DateTimeOffset Since,
    DateTimeOffset ReviewAt,
    DateTimeOffset? RemindAt = null,
    Guid? CausedBy = null,
    HoldView? Beneath = null)
{
    /// <summary>Since when its review is overdue, UTC; null until the supervisor has been told.</summary>
    public DateTimeOffset? OverdueSince => RemindAt is null ? null : ReviewAt;

    /// <summary>The view of the hold in force, with the one beneath it; null where nobody holds the call.</summary>
    internal static HoldView? Of(Household household) => household.SupervisorHold is { } hold
        ? new HoldView(hold.Reason, hold.Since, hold.ReviewAt, CausedBy: hold.CausedBy, Beneath: Of(household.KnownHold))
        : Of(household.KnownHold);

    private static HoldView? Of(KnownHold? hold) =>
        hold is null ? null : new HoldView(hold.Reason, hold.Since, hold.ReviewAt, hold.RemindAt);
}
