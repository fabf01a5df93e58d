using Microsoft.Extensions.DependencyInjection;
using VcasFunctions.Settings;

namespace VcasFunctions.Console;

/// <summary>What this folder brings into the app.</summary>
internal static class ConsoleServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddConsole(this IServiceCollection services) =>
        services.AddSection<ConsoleOptions, ConsoleOptionsValidator>(ConsoleOptions.Section);
}
