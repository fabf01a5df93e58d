using Microsoft.Extensions.DependencyInjection;
using VcasFunctions.Settings;

namespace VcasFunctions.Nightly;

/// <summary>What this folder brings into the app.</summary>
internal static class NightlyServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddNightly(this IServiceCollection services) => services
        .AddSection<NightlyOptions>(NightlyOptions.Section)
        .AddSingleton<LastNightStore>()
        .AddSingleton<SealRenewal>()
        .AddSingleton<IndexRenewal>();
}
