using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VcasFunctions.Settings;

namespace VcasFunctions.Sealing;

/// <summary>What this folder brings into the app.</summary>
internal static class SealingServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddSealing(this IServiceCollection services) => services
        .AddSingleton<Keyring>()
        .AddSingleton<Sealer>()
        .AddSingleton<BlindKeys>()
        .AddSingleton<IValidateOptions<VcasOptions>, SealingOptionsValidator>()
        .AddHostedService<KeyCheck>();
}
