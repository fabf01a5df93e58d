using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace LocalAzure.Hosting;

/// <summary>
/// The settings, from weakest to strongest: the stand-in's own, appsettings, local.settings.json, environment, command line.
/// </summary>
internal static class LocalConfiguration
{
    public static HostApplicationBuilder CreateBuilder(string[]? args)
    {
        var initial = new ConfigurationManager();
        initial.AddInMemoryCollection(
        [
            // What the Core Tools set, so that dependency injection is checked while an app is being written.
            KeyValuePair.Create(HostDefaults.EnvironmentKey, (string?)Environments.Development),

            // Each watched file costs one of the machine's few file watchers, and tests make hosts by the hundred.
            KeyValuePair.Create("hostBuilder:reloadConfigOnChange", (string?)"false"),
        ]);
        initial.AddEnvironmentVariables("AZURE_FUNCTIONS_");
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { Args = args, Configuration = initial });

        var configuration = builder.Configuration;
        configuration.AddInMemoryCollection(LocalSettings.Read(configuration, builder.Environment.ContentRootPath));
        configuration.AddEnvironmentVariables();
        if (args is { Length: > 0 }) configuration.AddCommandLine(args);
        LocalVault.Resolve(configuration);
        return builder;
    }

    /// <summary>Adds defaults that every other source overrides.</summary>
    public static void AddWeakest(IConfigurationBuilder configuration, IConfigurationSource source) =>
        configuration.Sources.Insert(0, source);
}
