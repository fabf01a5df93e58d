using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace VcasFunctions.Settings;

/// <summary>Says at the start that the known bank holidays end within a year: a day that was moved would be called on.</summary>
public sealed class BankHolidaysWarning(VcasSettings settings, ILogger<BankHolidaysWarning> log) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.HolidaysEndSoon)
        {
            log.LogWarning(
                "Bank holidays are known to the end of {Year}. Later ones are reckoned: compare them with GOV.UK, set "
                    + "Vcas:ExtraHolidays and Vcas:NotHolidays, and then Vcas:HolidaysCheckedTo",
                settings.HolidaysKnownTo);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
