using Microsoft.Extensions.DependencyInjection;

namespace VcasFunctions.Tables;

/// <summary>What this folder brings into the app.</summary>
internal static class TablesServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddTables(this IServiceCollection services) => services
        .AddSingleton<VcasTables>()
        .AddSingleton<ClockWatch>()
        .AddHostedService<TableSetUp>();
}
