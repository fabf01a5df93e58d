using Microsoft.Extensions.Configuration;
using VcasFunctions.Settings;

namespace VcasFunctions.Backup;

/// <summary>Stops the start when a backup is asked for that can't be made.</summary>
public sealed class BackupOptionsValidator(IConfiguration configuration) : SettingsValidator<BackupOptions>
{
    private const int ShortestName = 3;
    private const int LongestName = 63;

    /// <inheritdoc/>
    protected override IEnumerable<string> Failures(BackupOptions options)
    {
        if (options.Container is not { Length: >= ShortestName and <= LongestName } container || container[0] == '-' || container[^1] == '-'
            || container.Contains("--", StringComparison.Ordinal)
            || container.Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter != '-'))
            yield return $"Vcas:Backup:Container takes {ShortestName} to {LongestName} lower-case letters, digits, single hyphens between.";
        if (!options.Enabled) yield break;
        if (string.IsNullOrEmpty(configuration["BackupConnection"])
            && !Uri.TryCreate(configuration["BackupConnection:serviceUri"], UriKind.Absolute, out _))
            yield return "Vcas:Backup:Enabled is set, and neither BackupConnection__serviceUri nor BackupConnection says where it goes.";
    }
}
