using Microsoft.Extensions.DependencyInjection;
using VcasFunctions.Settings;

namespace VcasFunctions.Notifications;

/// <summary>What this folder brings into the app.</summary>
internal static class NotificationsServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services) => services
        .AddSection<NotificationOptions, NotificationOptionsValidator>(NotificationOptions.Section)
        .AddSingleton<TeamsRateLimit>()
        .AddSingleton<GroupMembers>()
        .AddSingleton<TeamsNotifier>()
        .AddSingleton<Absences>()
        .AddSingleton<NoticeDigests>()
        .AddSingleton<HouseholdNotices>();
}
