using Microsoft.Extensions.DependencyInjection;

namespace VcasFunctions.Settings;

/// <summary>What this folder brings into the app.</summary>
internal static class SettingsServices
{
    /// <summary>Registers it, and has the settings of all folders checked before anything starts.</summary>
    public static IServiceCollection AddSettings(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AllSettings, AllSettingsValidator>();
        return services
            .AddSection<VcasOptions, VcasOptionsValidator>(VcasOptions.Section)
            .AddSingleton<VcasSettings>()
            .AddHostedService<BankHolidaysWarning>();
    }
}
