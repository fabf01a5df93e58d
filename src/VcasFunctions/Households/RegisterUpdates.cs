using Vcas.Domain.Calendar;
using Vcas.Domain.Households;
using Vcas.Domain.Reporting;

namespace VcasFunctions.Households;

/// <summary>Keeps a household's row of the uptake register as the household is.</summary>
public sealed class RegisterUpdates(UptakeRegister register, HouseholdStore store)
{
    /// <summary>Writes the first row, unless somebody has written one already.</summary>
    public Task AddAsync(Household household, CancellationToken cancellation) =>
        register.TryAddAsync(HouseholdRecord.Of(household), RecorderOf(household), ClosingOf(household), cancellation);

    /// <summary>Writes the row where it is another one, or missing.</summary>
    public async Task UpdateIfNeededAsync(Household household, CancellationToken cancellation)
    {
        var figures = HouseholdRecord.Of(household);
        if (await register.FindAsync(figures, cancellation) != figures || FormerMonths(household).Any())
            await UpdateAsync(household, cancellation);
    }

    /// <summary>
    /// Writes the row. Whoever comes second to the register may have been first at the offer: the last word is the offer's.
    /// </summary>
    public async Task UpdateAsync(Household household, CancellationToken cancellation)
    {
        while (true)
        {
            await register.PutAsync(HouseholdRecord.Of(household), RecorderOf(household), ClosingOf(household), cancellation);
            // Once it stands in its month: where this ends half-way the sweep does it again.
            foreach (var month in FormerMonths(household)) await register.RemoveAsync(household.Id, month, cancellation);
            var newest = (await store.MustFindAsync(household.Id, cancellation)).Household;
            if (newest.Revision == household.Revision) return;
            household = newest;
        }
    }

    // In which it was counted before its date was corrected.
    private static IEnumerable<string> FormerMonths(Household household) => household.Corrections
        .Select(correction => correction.Was.OfferedAt).OfType<DateTimeOffset>().Select(CallBackCalendar.MonthOf).Distinct()
        .Where(month => month != CallBackCalendar.MonthOf(household.Details.OfferedAt));

    // Whose work it was is told as long as there is a household to show them, and no longer.
    private static string? RecorderOf(Household household) => household.Erasure is null ? household.RecordedBy : null;

    private static ClosingReason? ClosingOf(Household household) => household.Erasure is null ? household.Closing?.Reason : null;
}
