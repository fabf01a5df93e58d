using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace VcasFunctions.Settings;

/// <summary>What this folder brings into the app.</summary>
internal static class SettingsServices
{
    /// <summary>Binds the settings and has them checked before anything starts.</summary>
    public static IServiceCollection AddSettings(this IServiceCollection services, IConfiguration configuration)
    {
        // A misspelt setting, or a list's entry that can't be read, would otherwise be left out in silence.
        services.AddOptions<VcasOptions>()
            .Configure(_ => ExactSettings.Check(configuration.GetSection(VcasOptions.Section), typeof(VcasOptions)))
            .Bind(configuration.GetSection(VcasOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<VcasOptions>, VcasOptionsValidator>()
            .AddSingleton<VcasSettings>()
            .AddHostedService<BankHolidaysWarning>();
    }
}
