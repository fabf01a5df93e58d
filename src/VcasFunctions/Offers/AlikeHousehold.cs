using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace VcasFunctions.Offers;

/// <summary>
/// Another household that looks like the one that was recorded: enough to open it, or to merge the two. Only those are told of that whoever
/// asks may know of anyway.
/// </summary>
public sealed record AlikeHousehold
{
    /// <summary>The other offer's id.</summary>
    public required Guid OfferId { get; init; }

    /// <summary>Its short reference.</summary>
    public required string Reference { get; init; }

    /// <summary>Where it stands.</summary>
    public required HouseholdState State { get; init; }

    /// <summary>When it was offered, UTC.</summary>
    public required DateTimeOffset OfferedAt { get; init; }

    /// <summary>What it probably is.</summary>
    public required Likeness Likeness { get; init; }

    /// <summary>Whether it has the same number.</summary>
    public required bool SameNumber { get; init; }

    /// <summary>Whether it has the same crime reference.</summary>
    public required bool SameCase { get; init; }
}
