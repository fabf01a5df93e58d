using Microsoft.Extensions.Logging;
using Vcas.Domain.Households;
using VcasFunctions.Households;
using VcasFunctions.Notifications;
using VcasFunctions.Settings;

namespace VcasFunctions.Sweep;

/// <summary>Sends again what could not be sent.</summary>
public sealed class NotificationRepair(
    HouseholdNotices notices, HouseholdCommands commands, VcasSettings settings, ILogger<NotificationRepair> log)
{
    internal async Task RetryAsync(Guid id, SweepRun sweep, CancellationToken cancellation)
    {
        try
        {
            if (await notices.SendAsync(id, sweep.Durable, cancellation)) sweep.Counts.Notified();
        }
        catch (Exception failure) when (failure is Microsoft.Kiota.Abstractions.ApiException or HttpRequestException)
        {
            log.LogWarning(
                "A notification for {Reference} can still not be sent: {Failure}", Household.ReferenceOf(id), failure.GetType().Name);
            var instant = settings.Moment.Now;
            await commands.UpdateWithoutEventAsync(id, household => household.NoticeDelayed(instant), cancellation);
        }
    }
}
