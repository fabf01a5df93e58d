using Vcas.Domain.Households;
using VcasFunctions.Households;
using VcasFunctions.Settings;

namespace VcasFunctions.Sweep;

/// <summary>Repairs where a household stands: rows that are missing, wrong, or left of an offer that never was stored.</summary>
public sealed class ListRepair(HouseholdRelisting relisting, HouseholdLists lists, DoNotCallRegister doNotCall, VcasSettings settings)
{
    // A recording in progress stands in a list a moment before its offer does.
    private static readonly TimeSpan Unborn = 2 * OfferRecorder.LongestRecording;

    /// <summary>Takes away the rows of an offer that never came to be stored, and frees the number that it barred.</summary>
    internal async Task RemoveRemnantsAsync(Guid id, IReadOnlyList<SuspectRow> suspects, CancellationToken cancellation)
    {
        var now = settings.Moment.Now;
        var remnants = suspects.Where(suspect => suspect.WrittenAt + Unborn < now).ToList();
        if (remnants.Count == suspects.Count) await doNotCall.RemoveAsync(id, phone: null, cancellation);
        foreach (var remnant in remnants) await remnant.Row.RemoveKnownAsync(cancellation);
    }

    /// <summary>Draws up the household's rows anew.</summary>
    /// <param name="stored">The household as it was read.</param>
    /// <param name="household">The household as it is.</param>
    /// <param name="suspects">The rows that were found.</param>
    /// <param name="sweep">Counts.</param>
    /// <param name="cancellation">Gives up.</param>
    internal async Task RepairAsync(
        StoredHousehold stored, Household household, IReadOnlyList<SuspectRow> suspects, SweepRun sweep, CancellationToken cancellation)
    {
        // Made once: what is in a row is sealed, which costs more than all reading here.
        var rows = lists.RowsOf(household);
        var isListedRightly = suspects.Select(suspect => suspect.Row.Place).ToHashSet().SetEquals(rows.Select(row => row.Place));
        var asRead = ReferenceEquals(household, stored.Household) ? rows : lists.RowsOf(stored.Household);
        await relisting.RelistAsync(sweep.Durable, stored, asRead, [.. suspects.Select(suspect => suspect.Row)], cancellation);
        if (!isListedRightly) sweep.Counts.Relisted();
    }
}
