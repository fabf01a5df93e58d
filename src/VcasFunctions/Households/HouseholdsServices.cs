using Microsoft.Extensions.DependencyInjection;
using VcasFunctions.Settings;

namespace VcasFunctions.Households;

/// <summary>What this folder brings into the app.</summary>
internal static class HouseholdsServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddHouseholds(this IServiceCollection services) => services
        .AddSection<SafetyOptions, SafetyOptionsValidator>(SafetyOptions.Section)
        .AddSection<LawOptions, LawOptionsValidator>(LawOptions.Section)
        .AddSingleton<HouseholdStore>()
        .AddSingleton<HouseholdReader>()
        .AddSingleton<HouseholdCommands>()
        .AddSingleton<HouseholdChanges>()
        .AddSingleton<HouseholdLists>()
        .AddSingleton<HouseholdRelisting>()
        .AddSingleton<DerivedRows>()
        .AddSingleton<NumberFollowUp>()
        .AddSingleton<OfferRecorder>()
        .AddSingleton<CallGuard>()
        .AddSingleton<RegisterUpdates>()
        .AddSingleton<CallBackList>()
        .AddSingleton<CallBackListReader>()
        .AddSingleton<Claims>()
        .AddSingleton<DangerList>()
        .AddSingleton<DisclosureHoldList>()
        .AddSingleton<ReferralList>()
        .AddSingleton<UptakeRegister>()
        .AddSingleton<OwnOffers>()
        .AddSingleton<ClosedOffers>()
        .AddSingleton<HouseholdIndex>()
        .AddSingleton<HouseholdSearch>()
        .AddSingleton<DoNotCallRegister>()
        .AddSingleton<LikeHouseholds>()
        .AddSingleton<SameNumberCalls>()
        .AddSingleton<Investigations>()
        .AddSingleton<CallBarriers>();
}
