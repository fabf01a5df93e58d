namespace VcasFunctions.Sweep;

/// <summary>The hourly sweep, section <c>Vcas:Sweep</c>.</summary>
public sealed record SweepOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vcas:Sweep";

    /// <summary>When it runs, NCRONTAB with seconds, UTC.</summary>
    public string Schedule { get; init; } = "0 7 * * * *";

    /// <summary>Minutes for which something may be late before the sweep repairs it, so that it doesn't race the ordinary course.</summary>
    public int GraceMinutes { get; init; } = 5;
}
