using Microsoft.Extensions.DependencyInjection;

namespace VcasFunctions.Retention;

/// <summary>What this folder brings into the app.</summary>
internal static class RetentionServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services) => services
        .AddSingleton<HouseholdEraser>()
        .AddSingleton<HeldBackHouseholds>()
        .AddSingleton<RetentionOutlook>()
        .AddSingleton<AuditExpiry>();
}
