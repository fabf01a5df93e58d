using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VcasFunctions.Settings;

namespace VcasFunctions.Backup;

/// <summary>What this folder brings into the app.</summary>
internal static class BackupServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddBackup(this IServiceCollection services) => services
        .AddSingleton<TablesBackup>()
        .AddSingleton<IValidateOptions<VcasOptions>, BackupOptionsValidator>();
}
