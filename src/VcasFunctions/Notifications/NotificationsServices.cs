using Microsoft.Extensions.DependencyInjection;

namespace VcasFunctions.Notifications;

/// <summary>What this folder brings into the app.</summary>
internal static class NotificationsServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services) => services
        .AddSingleton<TeamsRateLimit>()
        .AddSingleton<GroupMembers>()
        .AddSingleton<TeamsNotifier>()
        .AddSingleton<NoticeDigests>()
        .AddSingleton<HouseholdNotices>();
}
