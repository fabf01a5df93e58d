namespace VcasFunctions.Nightly;

/// <summary>The nightly care of the records, section <c>Vcas:Nightly</c>.</summary>
public sealed record NightlyOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vcas:Nightly";

    /// <summary>When it begins, NCRONTAB with seconds, UTC.</summary>
    public string Schedule { get; init; } = "0 40 1 * * *";
}
