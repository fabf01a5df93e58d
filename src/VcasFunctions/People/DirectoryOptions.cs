namespace VcasFunctions.People;

/// <summary>
/// Names from the directory, section <c>Vcas:Directory</c>: of the people in the group of each call-back team
/// (<c>Vcas:CallBackTeams:{name}:GroupId</c>). A force has to consent to it.
/// </summary>
public sealed record DirectoryOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vcas:Directory";

    /// <summary>Whether the directory is asked. Without it those are known who have signed in.</summary>
    public bool Enabled { get; init; }

    /// <summary>Minutes for which what was read is believed. It is held in memory alone.</summary>
    public int CacheMinutes { get; init; } = 60;

    /// <summary>Seconds after which a page no longer waits for the directory.</summary>
    public int TimeoutSeconds { get; init; } = 5;
}
