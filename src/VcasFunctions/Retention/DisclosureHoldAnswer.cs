using Vcas.Domain.Households;

namespace VcasFunctions.Retention;

/// <summary>A household's disclosure hold, and nothing of its people: an administrator places it too, who sees none of them.</summary>
public sealed record DisclosureHoldAnswer
{
    /// <summary>The household.</summary>
    public required Guid OfferId { get; init; }

    /// <summary>The short reference that people say aloud.</summary>
    public required string Reference { get; init; }

    /// <summary>The hold; absent once it is released.</summary>
    public DisclosureHold? DisclosureHold { get; init; }

    /// <summary>What whoever released it should know.</summary>
    public string? Remark { get; init; }

    internal static DisclosureHoldAnswer Of(Household household) =>
        new() { OfferId = household.Id, Reference = household.Reference, DisclosureHold = household.DisclosureHold };
}
