using Microsoft.Extensions.DependencyInjection;
using VcasFunctions.Settings;

namespace VcasFunctions.Limits;

/// <summary>What this folder brings into the app.</summary>
internal static class LimitsServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddLimits(this IServiceCollection services) => services
        .AddSection<LimitOptions, LimitOptionsValidator>(LimitOptions.Section)
        .AddSingleton<RequestLimits>();
}
