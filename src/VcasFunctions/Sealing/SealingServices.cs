using Microsoft.Extensions.DependencyInjection;
using VcasFunctions.Settings;

namespace VcasFunctions.Sealing;

/// <summary>What this folder brings into the app.</summary>
internal static class SealingServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddSealing(this IServiceCollection services) => services
        .AddSection<SealingOptions, SealingOptionsValidator>(SealingOptions.Section)
        .AddSingleton<Keyring>()
        .AddSingleton<Sealer>()
        .AddSingleton<BlindKeys>()
        .AddSingleton<KeyAges>()
        .AddHostedService<KeyCheck>();
}
