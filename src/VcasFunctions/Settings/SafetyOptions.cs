namespace VcasFunctions.Settings;

/// <summary>What protects a household from day to day.</summary>
public sealed record SafetyOptions
{
    /// <summary>Who to call in a danger. Anyone who records a danger is told, because recording it alerts nobody.</summary>
    public string ControlRoom { get; init; } = "999 in an emergency, otherwise 101";

    /// <summary>Minutes after which a claim on a call ends by itself.</summary>
    public int ClaimMinutes { get; init; } = 20;

    /// <summary>What can't be right, each by its setting's name.</summary>
    public IEnumerable<string> Failures()
    {
        if (string.IsNullOrWhiteSpace(ControlRoom) || ControlRoom.Length > 120 || ControlRoom.Any(char.IsControl))
            yield return "Vcas:Safety:ControlRoom must say in at most 120 characters whom to call in a danger.";
        if (ClaimMinutes is < 1 or > 240) yield return "Vcas:Safety:ClaimMinutes must lie between 1 and 240.";
    }
}
