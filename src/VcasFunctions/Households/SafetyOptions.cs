namespace VcasFunctions.Households;

/// <summary>What protects a household from day to day, section <c>Vcas:Safety</c>.</summary>
public sealed record SafetyOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vcas:Safety";

    /// <summary>Who to call in a danger. Anyone who records a danger is told, because recording it alerts nobody.</summary>
    public string ControlRoom { get; init; } = "999 in an emergency, otherwise 101";

    /// <summary>What somebody is told who records that a child may be a direct victim: this scheme is for other people.</summary>
    public string DirectVictimWords { get; init; } =
        "If a child here may be a direct victim: the Victims' Code, CHISVA or SARC and the force's procedure apply. "
        + "This scheme replaces none of them.";

    /// <summary>Minutes after which a claim on a call ends by itself.</summary>
    public int ClaimMinutes { get; init; } = 20;

    /// <summary>Hours after a call in which the same number is called for another household only by who says that they know.</summary>
    public int SameNumberHours { get; init; } = 24;

    /// <summary>Seconds in which whoever recorded an outcome can undo it; 0 for never. What it tells others waits for them.</summary>
    public int UndoSeconds { get; init; } = 10;
}
