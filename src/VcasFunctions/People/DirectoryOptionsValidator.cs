using VcasFunctions.Settings;

namespace VcasFunctions.People;

/// <summary>Stops the start where the directory would be asked at every page, never again, or for longer than anybody waits.</summary>
public sealed class DirectoryOptionsValidator : SettingsValidator<DirectoryOptions>
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Failures(DirectoryOptions options)
    {
        if (options.CacheMinutes is < 1 or > 1440) yield return "Vcas:Directory:CacheMinutes must lie between 1 and 1440.";
        if (options.TimeoutSeconds is < 1 or > 30) yield return "Vcas:Directory:TimeoutSeconds must lie between 1 and 30.";
    }
}
