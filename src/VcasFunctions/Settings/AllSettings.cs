using Microsoft.Extensions.Options;

namespace VcasFunctions.Settings;

/// <summary>The settings of all folders together. It holds nothing itself: it stands for the one check at the start.</summary>
internal sealed class AllSettings;

/// <summary>Checks every section that a folder has brought, and reports what is wrong in all of them at once.</summary>
internal sealed class AllSettingsValidator(IEnumerable<SettingsSection> sections, IServiceProvider services)
    : SettingsValidator<AllSettings>
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Failures(AllSettings options) => sections.SelectMany(FailuresOf);

    private IEnumerable<string> FailuresOf(SettingsSection section)
    {
        try
        {
            section.Read(services);
            return [];
        }
        catch (OptionsValidationException wrong)
        {
            return wrong.Failures;
        }
    }
}
