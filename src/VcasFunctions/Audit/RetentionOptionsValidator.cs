using VcasFunctions.Settings;

namespace VcasFunctions.Audit;

/// <summary>Stops the start when a period can't be meant, and says which.</summary>
public sealed class RetentionOptionsValidator : SettingsValidator<RetentionOptions>
{
    private const int Longest = 36_525;

    /// <inheritdoc/>
    protected override IEnumerable<string> Failures(RetentionOptions options)
    {
        (string Setting, int Days)[] ofHouseholds =
        [
            (nameof(options.ClosedDays), options.ClosedDays),
            .. OfReasons(options).Where(reason => reason.Days is not null).Select(reason => (reason.Setting, reason.Days!.Value)),
            (nameof(options.ReferredDays), options.ReferredDays),
            (nameof(options.ErrorDays), options.ErrorDays),
        ];
        foreach (var (setting, days) in ofHouseholds.Concat(
        [
            (nameof(options.DeadLetterDays), options.DeadLetterDays),
            (nameof(options.PassedNumberDays), options.PassedNumberDays),
            (nameof(options.SeenPersonDays), options.SeenPersonDays),
            (nameof(options.TimekeepingDays), options.TimekeepingDays),
            (nameof(options.AuditDays), options.AuditDays),
            (nameof(options.NeverReviewDays), options.NeverReviewDays),
        ]))
        {
            if (days is < 1 or > Longest) yield return $"Vcas:Retention:{setting} must lie between 1 and {Longest} days.";
        }

        if (options.AuditDays < ofHouseholds.Max(kind => kind.Days))
            yield return "Vcas:Retention:AuditDays must not be less than the periods of households: "
                + "what is done with their data must stay written for as long as it is there.";
    }

    private static (string Setting, int? Days)[] OfReasons(RetentionOptions options) =>
    [
        (nameof(options.DeclinedDays), options.DeclinedDays),
        (nameof(options.NotReachedDays), options.NotReachedDays),
        (nameof(options.DoNotContactDays), options.DoNotContactDays),
        (nameof(options.DiedDays), options.DiedDays),
        (nameof(options.WithdrawnDays), options.WithdrawnDays),
    ];
}
