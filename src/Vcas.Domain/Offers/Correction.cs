namespace Vcas.Domain.Offers;

/// <summary>What was corrected of what an officer recorded: what it was, for what it is now stands in the details. Personal data.</summary>
/// <param name="At">UTC.</param>
/// <param name="Fields">What changed.</param>
/// <param name="Was">As it stood before, of what changed.</param>
public sealed record Correction(DateTimeOffset At, IReadOnlyList<DetailField> Fields, FormerDetails Was)
{
    /// <summary>Says nothing of the household, so that no log, trace or exception can.</summary>
    public override string ToString() => nameof(Correction);
}

/// <summary>Details as they stood; what did not change is left out.</summary>
public sealed record FormerDetails
{
    /// <summary>Crime or investigation reference.</summary>
    public string? CrimeReference { get; init; }

    /// <summary>The people.</summary>
    public Household? Household { get; init; }

    /// <summary>What a caller had to know.</summary>
    public IReadOnlyList<Risk>? Risks { get; init; }

    /// <summary>The safe route.</summary>
    public SafeContact? Contact { get; init; }

    /// <summary>Says nothing of the household, so that no log, trace or exception can.</summary>
    public override string ToString() => nameof(FormerDetails);
}
