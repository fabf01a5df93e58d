using Microsoft.Extensions.DependencyInjection;
using VcasFunctions.Settings;

namespace VcasFunctions.Audit;

/// <summary>What this folder brings into the app.</summary>
internal static class AuditServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSection<RetentionOptions, RetentionOptionsValidator>(RetentionOptions.Section)
        .AddSingleton<AuditChain>()
        .AddSingleton<AuditDayIndex>()
        .AddSingleton<ReadLog>()
        .AddSingleton<RefusalLog>()
        .AddSingleton<AnchorArchive>()
        .AddSingleton<AuditAnchors>()
        .AddSingleton<AuditCheck>()
        .AddSingleton<AuditExport>()
        .AddSingleton<LastVerificationStore>()
        .AddSingleton<NightlyVerification>();
}
