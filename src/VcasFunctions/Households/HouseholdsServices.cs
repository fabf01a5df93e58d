using Microsoft.Extensions.DependencyInjection;

namespace VcasFunctions.Households;

/// <summary>What this folder brings into the app.</summary>
internal static class HouseholdsServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddHouseholds(this IServiceCollection services) => services
        .AddSingleton<OfferStore>()
        .AddSingleton<Casework>()
        .AddSingleton<CallBackList>()
        .AddSingleton<CallBackPlaces>()
        .AddSingleton<Claims>()
        .AddSingleton<DangerList>()
        .AddSingleton<ReferralList>()
        .AddSingleton<Register>()
        .AddSingleton<HouseholdIndex>()
        .AddSingleton<DoNotCallRegister>()
        .AddSingleton<CallBarriers>();
}
