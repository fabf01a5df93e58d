using Microsoft.Extensions.DependencyInjection;
using VcasFunctions.Settings;

namespace VcasFunctions.Backup;

/// <summary>What this folder brings into the app.</summary>
internal static class BackupServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddBackup(this IServiceCollection services) => services
        .AddSection<BackupOptions, BackupOptionsValidator>(BackupOptions.Section)
        .AddSingleton<TablesBackup>();
}
