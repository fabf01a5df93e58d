using Vcas.Domain;
using Vcas.Domain.Households;

namespace VcasFunctions.Households;

/// <summary>How the ground for a disclosure is written down, and that nobody has said any.</summary>
internal static class LawNote
{
    /// <summary>The word where neither an officer nor the force has said on what ground: nothing is claimed in their place.</summary>
    public const string NotSet = "notSet";

    /// <summary>The ground on which a household is told of to VCAS, as a word.</summary>
    public static string GroundOf(Household household) => household.GroundForDisclosure is { } ground ? Word.Of(ground) : NotSet;
}
