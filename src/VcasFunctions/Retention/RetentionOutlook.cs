using Microsoft.Extensions.Options;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Settings;

namespace VcasFunctions.Retention;

/// <summary>For how long each kind of household is kept, and what the next night erases.</summary>
/// <param name="Kinds">Each kind of household.</param>
/// <param name="AuditDays">For how many days the audit is kept.</param>
/// <param name="DisclosureHolds">How many households a disclosure hold keeps from being erased.</param>
/// <param name="ReviewsOverdue">How many of these holds somebody should have reviewed by now.</param>
public sealed record RetentionView(IReadOnlyList<RetentionKindView> Kinds, int AuditDays, int DisclosureHolds, int ReviewsOverdue);

/// <summary>For how long one kind of household is kept.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Days">For how many days after the last work with it.</param>
/// <param name="ErasedNext">The next night erases those on which nobody has worked since this day, UTC, if nothing is open.</param>
public sealed record RetentionKindView(RetentionClass Kind, int Days, DateOnly ErasedNext);

/// <summary>Says what the nights erase by the settings in force.</summary>
public sealed class RetentionOutlook(DisclosureHoldList holds, IOptionsMonitor<RetentionOptions> retention, VcasSettings settings)
{
    /// <summary>As it is for a night that begins then.</summary>
    public async Task<RetentionView> ReadAsync(DateTimeOffset night, CancellationToken cancellation)
    {
        var options = retention.CurrentValue;
        var day = AuditDayIndex.DayOf(night);
        var (held, overdue) = await holds.CountAsync(settings.Moment.Now, cancellation);
        return new RetentionView(
            [.. Enum.GetValues<RetentionClass>().Select(
                kind => new RetentionKindView(kind, options.Days(kind), day.AddDays(-options.Days(kind))))],
            options.AuditDays,
            held,
            overdue);
    }
}
