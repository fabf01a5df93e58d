using Vcas.Domain.Calendar;
using Vcas.Domain.Households;
using Vcas.Domain.Reporting;
using VcasFunctions.Sealing;

namespace VcasFunctions.Households;

/// <summary>Keeps a household's row of the uptake register as the household is.</summary>
public sealed class RegisterUpdates(UptakeRegister register, HouseholdStore store, Sealer sealer)
{
    // As much as tells investigations apart; two of a million households would not meet by chance.
    private const int HashBytes = 16;

    /// <summary>Writes the first row, unless somebody has written one already.</summary>
    public Task AddAsync(Household household, CancellationToken cancellation) =>
        register.TryAddAsync(RecordOf(household), RecorderOf(household), ClosingOf(household), cancellation);

    /// <summary>Writes the row where it is another one, or missing.</summary>
    public async Task UpdateIfNeededAsync(Household household, CancellationToken cancellation)
    {
        var figures = RecordOf(household);
        var stands = await register.FindAsync(figures, cancellation);
        if (household.Erasure is not null) figures = figures with { Investigation = stands?.Investigation };
        if (stands != figures || FormerMonths(household).Any())
            await UpdateAsync(household, cancellation);
    }

    /// <summary>
    /// Writes the row. Whoever comes second to the register may have been first at the offer: the last word is the offer's.
    /// </summary>
    public async Task UpdateAsync(Household household, CancellationToken cancellation)
    {
        while (true)
        {
            await register.PutAsync(
                await WithInvestigationAsync(household, cancellation), RecorderOf(household), ClosingOf(household), cancellation);
            // Once it stands in its month: where this ends half-way the sweep does it again.
            foreach (var month in FormerMonths(household)) await register.RemoveAsync(household.Id, month, cancellation);
            if (await store.FindRevisionAsync(household.Id, cancellation) == household.Revision) return;
            household = (await store.MustFindAsync(household.Id, cancellation)).Household;
        }
    }

    // An erased household is counted with its investigation as long as it is counted at all; only its row still knows which that is.
    private async Task<HouseholdRecord> WithInvestigationAsync(Household household, CancellationToken cancellation)
    {
        var record = RecordOf(household);
        return household.Erasure is null
            ? record
            : record with { Investigation = (await register.FindAsync(record, cancellation))?.Investigation };
    }

    // Not by a key of the index: those change, and of an erased household nobody could make the hash again under the next one.
    private HouseholdRecord RecordOf(Household household) => HouseholdRecord.Of(household) with
    {
        Investigation = household.Details.CrimeReference is { } reference
            ? Convert.ToHexStringLower(sealer.Hash("investigations", HouseholdIndex.Bare(reference)).AsSpan(0, HashBytes))
            : null,
    };

    // In which it was counted before its date was corrected.
    private static IEnumerable<string> FormerMonths(Household household) => household.Corrections
        .Select(correction => correction.Was.OfferedAt).OfType<DateTimeOffset>().Select(CallBackCalendar.MonthOf).Distinct()
        .Where(month => month != CallBackCalendar.MonthOf(household.Details.OfferedAt));

    // Whose work it was is told as long as there is a household to show them, and no longer.
    private static string? RecorderOf(Household household) => household.Erasure is null ? household.RecordedBy : null;

    private static ClosingReason? ClosingOf(Household household) => household.Erasure is null ? household.Closing?.Reason : null;
}
