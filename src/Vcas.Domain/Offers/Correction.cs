namespace Vcas.Domain.Offers;

/// <summary>What was corrected, as it was before; the details hold what it is now. Personal data.</summary>
/// <param name="At">UTC.</param>
/// <param name="Fields">What changed.</param>
/// <param name="Was">The earlier values of what changed.</param>
public sealed record Correction(DateTimeOffset At, IReadOnlyList<DetailField> Fields, FormerDetails Was)
{
    /// <summary>Says nothing of the household, so that no log, trace or exception can.</summary>
    public override string ToString() => nameof(Correction);
}

/// <summary>The earlier details; what did not change is left out.</summary>
public sealed record FormerDetails
{
    /// <summary>Crime or investigation reference.</summary>
    public string? CrimeReference { get; init; }

    /// <summary>The people in the household.</summary>
    public Household? Household { get; init; }

    /// <summary>What a caller had to know.</summary>
    public IReadOnlyList<Risk>? Risks { get; init; }

    /// <summary>How the household can be reached safely.</summary>
    public SafeContact? Contact { get; init; }

    /// <summary>Says nothing of the household, so that no log, trace or exception can.</summary>
    public override string ToString() => nameof(FormerDetails);
}
