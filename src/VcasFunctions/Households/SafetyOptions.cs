namespace VcasFunctions.Households;

/// <summary>What protects a household from day to day, section <c>Vcas:Safety</c>.</summary>
public sealed record SafetyOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vcas:Safety";

    /// <summary>Who to call in a danger. Anyone who records a danger is told, because recording it alerts nobody.</summary>
    public string ControlRoom { get; init; } = "999 in an emergency, otherwise 101";

    /// <summary>Minutes after which a claim on a call ends by itself.</summary>
    public int ClaimMinutes { get; init; } = 20;
}
