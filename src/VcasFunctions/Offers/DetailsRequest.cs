using Vcas.Domain.Households;

namespace VcasFunctions.Offers;

/// <summary>A correction: what is given replaces what was, what is left out stays.</summary>
public sealed record DetailsRequest
{
    /// <summary>Crime or investigation reference; an empty text takes it away.</summary>
    public string? CrimeReference { get; init; }

    /// <summary>The people who live there.</summary>
    public HouseholdRequest? Household { get; init; }

    /// <summary>What a caller must know; an empty list takes all away.</summary>
    public IReadOnlyList<Risk>? Risks { get; init; }

    /// <summary>Whether a child here may be a direct victim.</summary>
    public bool? ChildMayBeDirectVictim { get; init; }
}
