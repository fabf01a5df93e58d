using VcasFunctions.Settings;

namespace VcasFunctions.Limits;

/// <summary>Stops the start when a limit would let nobody in.</summary>
public sealed class LimitOptionsValidator : SettingsValidator<LimitOptions>
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Failures(LimitOptions options)
    {
        if (options.RequestsPerMinute < 1) yield return "Vcas:Limits:RequestsPerMinute must be at least 1.";
        if (options.ExportsPerMinute < 1) yield return "Vcas:Limits:ExportsPerMinute must be at least 1.";
        if (options.SearchesPerMinute < 1) yield return "Vcas:Limits:SearchesPerMinute must be at least 1.";
        if (options.UnsignedPerMinute < 1) yield return "Vcas:Limits:UnsignedPerMinute must be at least 1.";
    }
}
