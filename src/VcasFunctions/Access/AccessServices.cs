using Microsoft.Extensions.DependencyInjection;
using VcasFunctions.Settings;

namespace VcasFunctions.Access;

/// <summary>What this folder brings into the app.</summary>
internal static class AccessServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services) => services
        .AddSection<AccessOptions, AccessOptionsValidator>(AccessOptions.Section)
        .AddSingleton<Tokens>();
}
