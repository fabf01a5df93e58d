using Microsoft.Extensions.DependencyInjection;

namespace VcasFunctions.Limits;

/// <summary>What this folder brings into the app.</summary>
internal static class LimitsServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddLimits(this IServiceCollection services) => services
        .AddSingleton<RequestLimits>();
}
