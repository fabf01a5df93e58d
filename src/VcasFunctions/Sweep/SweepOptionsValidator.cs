using VcasFunctions.Settings;

namespace VcasFunctions.Sweep;

/// <summary>Stops the start when the sweep would wait longer than from one run to the next.</summary>
public sealed class SweepOptionsValidator : SettingsValidator<SweepOptions>
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Failures(SweepOptions options)
    {
        if (options.GraceMinutes is < 0 or > 55) yield return "Vcas:Sweep:GraceMinutes must lie between 0 and 55.";
    }
}
