using Microsoft.Extensions.DependencyInjection;

namespace VcasFunctions.Offers;

/// <summary>What this folder brings into the app.</summary>
internal static class OffersServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddOffers(this IServiceCollection services) => services.AddSingleton<Likenesses>();
}
