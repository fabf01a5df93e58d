using Microsoft.Extensions.DependencyInjection;
using VcasFunctions.Settings;

namespace VcasFunctions.Sweep;

/// <summary>What this folder brings into the app.</summary>
internal static class SweepServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddSweep(this IServiceCollection services) => services
        .AddSection<SweepOptions, SweepOptionsValidator>(SweepOptions.Section)
        .AddSingleton<HouseholdRepair>()
        .AddSingleton<OneHouseholdRepair>()
        .AddSingleton<ListRepair>()
        .AddSingleton<LateStepRepair>()
        .AddSingleton<TimekeepingRepair>()
        .AddSingleton<NotificationRepair>()
        .AddSingleton<LastSweepStore>();
}
