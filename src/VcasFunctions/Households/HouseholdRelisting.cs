using Microsoft.DurableTask.Client;
using VcasFunctions.Tables;

namespace VcasFunctions.Households;

/// <summary>Draws a household's rows in other tables up anew from the household.</summary>
public sealed class HouseholdRelisting(HouseholdStore store, HouseholdLists lists, RegisterUpdates register, HouseholdChanges changes)
{
    /// <summary>Draws the lists and the register up anew from the offer, and takes away suspects that don't fit.</summary>
    /// <param name="durable">Wakes households.</param>
    /// <param name="stored">The offer, read after the suspects were.</param>
    /// <param name="rows">The rows in which it stands: made once, for what is in them is sealed.</param>
    /// <param name="suspects">Rows of this offer, under the versions in which they were seen.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task RelistAsync(
        DurableTaskClient durable,
        StoredHousehold stored,
        IReadOnlyList<ListRow> rows,
        IReadOnlyList<ListRow> suspects,
        CancellationToken cancellation)
    {
        using var turn = await store.LockAsync(stored.Household.Id, cancellation);
        // A sweep finds nearly all as it should be: then it writes nothing.
        var missing = rows.Where(row => !suspects.Any(known => known.Place == row.Place && known.ReadAs == row.Fingerprint()));
        await HouseholdLists.PutAsync([.. missing], cancellation);
        await register.UpdateIfNeededAsync(stored.Household, cancellation);
        // Whoever closed it stands in the trail; the register says that the sweep had to bring it in.
        if (!await changes.FollowUpAsync(durable, stored.Household, cancellation))
            throw new InvalidOperationException("Other households of the number could not be held.");
        // A change that left a mark behind may have left a row behind as well, in a place at which the sweep doesn't look.
        if (suspects.Any(row => row.IsMark)) await lists.RemoveOtherReferralsAsync(stored.Household, cancellation);
        await lists.TakeBackAsync(stored, rows, suspects, cancellation);
    }
}
