using Microsoft.Extensions.Options;

namespace VcasFunctions.Settings;

/// <summary>Stops the start when a setting can't be right, with a sentence for each that begins with its name.</summary>
public abstract class SettingsValidator<TOptions> : IValidateOptions<TOptions>
    where TOptions : class
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var failures = Failures(options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>What can't be right, each by its setting's name.</summary>
    protected abstract IEnumerable<string> Failures(TOptions options);
}
