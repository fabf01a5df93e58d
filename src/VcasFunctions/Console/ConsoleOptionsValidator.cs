using VcasFunctions.Settings;

namespace VcasFunctions.Console;

/// <summary>Stops the start when a page would stand open for longer than a working day.</summary>
public sealed class ConsoleOptionsValidator : SettingsValidator<ConsoleOptions>
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Failures(ConsoleOptions options)
    {
        if (options.IdleMinutes is not 0 and (< 2 or > 480))
            yield return "Vcas:Console:IdleMinutes must lie between 2 and 480, or be 0 for pages that never lock themselves.";
    }
}
