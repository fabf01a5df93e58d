using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VcasFunctions.Settings;

namespace VcasFunctions.Access;

/// <summary>What this folder brings into the app.</summary>
internal static class AccessServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services) => services
        .AddSingleton<Tokens>()
        .AddSingleton<IValidateOptions<VcasOptions>, AccessOptionsValidator>();
}
