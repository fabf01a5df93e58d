using Microsoft.Extensions.DependencyInjection;

namespace VcasFunctions.Sweep;

/// <summary>What this folder brings into the app.</summary>
internal static class SweepServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddSweep(this IServiceCollection services) => services
        .AddSingleton<HouseholdRepair>()
        .AddSingleton<OneHouseholdRepair>()
        .AddSingleton<ListRepair>()
        .AddSingleton<LateStepRepair>()
        .AddSingleton<TimekeepingRepair>()
        .AddSingleton<NotificationRepair>()
        .AddSingleton<LastSweepStore>();
}
