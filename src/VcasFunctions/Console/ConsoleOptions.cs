namespace VcasFunctions.Console;

/// <summary>How the web pages behave, section <c>Vcas:Console</c>.</summary>
public sealed record ConsoleOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vcas:Console";

    /// <summary>
    /// Minutes without a key, a tap or a move of the mouse after which a page locks itself; 0 where each computer locks itself.
    /// </summary>
    public int IdleMinutes { get; init; } = 10;
}
