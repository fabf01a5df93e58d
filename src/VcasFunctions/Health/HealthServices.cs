using Microsoft.Extensions.DependencyInjection;

namespace VcasFunctions.Health;

/// <summary>What this folder brings into the app.</summary>
internal static class HealthServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services) => services
        .AddSingleton<WriteProbe>()
        .AddSingleton<Dependencies>();
}
