using Microsoft.Extensions.DependencyInjection;

namespace VcasFunctions.Nightly;

/// <summary>What this folder brings into the app.</summary>
internal static class NightlyServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddNightly(this IServiceCollection services) => services
        .AddSingleton<SealRenewal>()
        .AddSingleton<IndexRenewal>();
}
