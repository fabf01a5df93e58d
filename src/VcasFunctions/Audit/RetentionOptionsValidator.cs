using VcasFunctions.Settings;

namespace VcasFunctions.Audit;

/// <summary>Stops the start when a period can't be meant, and says which.</summary>
public sealed class RetentionOptionsValidator : SettingsValidator<RetentionOptions>
{
    private const int Longest = 36_525;

    /// <inheritdoc/>
    protected override IEnumerable<string> Failures(RetentionOptions options)
    {
        foreach (var (setting, days) in new[]
        {
            (nameof(options.ClosedDays), options.ClosedDays),
            (nameof(options.ReferredDays), options.ReferredDays),
            (nameof(options.ErrorDays), options.ErrorDays),
            (nameof(options.DeadLetterDays), options.DeadLetterDays),
            (nameof(options.PassedNumberDays), options.PassedNumberDays),
            (nameof(options.TimekeepingDays), options.TimekeepingDays),
            (nameof(options.AuditDays), options.AuditDays),
            (nameof(options.NeverReviewDays), options.NeverReviewDays),
        })
        {
            if (days is < 1 or > Longest) yield return $"Vcas:Retention:{setting} must lie between 1 and {Longest} days.";
        }

        if (options.AuditDays < Math.Max(options.ReferredDays, Math.Max(options.ClosedDays, options.ErrorDays)))
            yield return "Vcas:Retention:AuditDays must not be less than the periods of households: "
                + "what is done with their data must stay written for as long as it is there.";
    }
}
