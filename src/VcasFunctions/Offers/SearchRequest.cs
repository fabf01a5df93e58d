using Vcas.Domain.Audit;

namespace VcasFunctions.Offers;

/// <summary>What somebody says who gets in touch: one of the three, and why it is looked for.</summary>
public sealed record SearchRequest
{
    /// <summary>A phone number, in any spelling.</summary>
    public string? Phone { get; init; }

    /// <summary>A crime or investigation reference, in any spelling.</summary>
    public string? CrimeReference { get; init; }

    /// <summary>Our short reference, with or without CB-, or an offer's id.</summary>
    public string? Reference { get; init; }

    /// <summary>Why it is looked for; the audit keeps it.</summary>
    public ReadReason? Reason { get; init; }
}
