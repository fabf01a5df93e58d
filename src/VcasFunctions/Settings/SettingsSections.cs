using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace VcasFunctions.Settings;

/// <summary>How a folder brings its own settings into the app. Whatever stands in a section and isn't read stops the start.</summary>
internal static class SettingsSections
{
    /// <summary>Binds a section to what a folder reads, checked by <typeparamref name="TValidator"/>.</summary>
    public static IServiceCollection AddSection<TOptions, TValidator>(this IServiceCollection services, string path)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions> =>
        services.AddSection<TOptions>(path).AddSingleton<IValidateOptions<TOptions>, TValidator>();

    /// <summary>Binds a section in which every value of the right type is a right one.</summary>
    public static IServiceCollection AddSection<TOptions>(this IServiceCollection services, string path)
        where TOptions : class
    {
        services.AddOptions<TOptions>()
            .Configure<IConfiguration, IEnumerable<SettingsSection>>((options, configuration, all) =>
            {
                var section = configuration.GetSection(path);
                ExactSettings.Check(section, typeof(TOptions));
                // A misspelt setting, or a list's entry that can't be read, would otherwise be left out in silence.
                new OwnSettings(section, all).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            });
        return services
            .AddSingleton<IOptionsChangeTokenSource<TOptions>>(provider =>
                new ConfigurationChangeTokenSource<TOptions>(provider.GetRequiredService<IConfiguration>()))
            .AddSingleton(new SettingsSection(
                path, typeof(TOptions), provider => _ = provider.GetRequiredService<IOptionsMonitor<TOptions>>().CurrentValue));
    }
}
