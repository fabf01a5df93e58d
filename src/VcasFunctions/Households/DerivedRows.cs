using Vcas.Domain.Households;
using Vcas.Domain.Reporting;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Tables;

namespace VcasFunctions.Households;

/// <summary>
/// What other tables hold of a household: its places in lists, its number and reference in the index, its day in the audit, its row in the
/// register, and for whose sake it is held. Written before the household where the sweep has to find it, and after it where it counts.
/// </summary>
public sealed class DerivedRows(
    HouseholdLists lists, HouseholdIndex index, RegisterUpdates register, AuditDayIndex days, DoNotCallRegister doNotCall)
{
    /// <summary>Writes all that has to be there before a change is stored.</summary>
    internal async Task<ListedChange> PrepareAsync(Household before, Transition change, DateTimeOffset now, CancellationToken cancellation)
    {
        var after = change.Household;
        var (rowsBefore, rowsAfter) = (lists.RowsOf(before), lists.RowsOf(after));
        // Where nobody will look at the household again, a mark says that something is still to be done.
        var mark = rowsBefore.Concat(rowsAfter).Any(row => row.IsSwept) ? null : lists.MarkOf(after);
        if (mark is not null) await mark.PutAsync(cancellation);
        var noted = change.IsChange ? days.AddAsync(after.Id, now, cancellation) : Task.CompletedTask;
        var indexed = HouseholdIndex.AreSame(before, after) ? Task.CompletedTask : index.PutAsync(after, cancellation);
        var appearing = await HouseholdLists.PutAsync(
            await HouseholdLists.WithClaimsAsync(HouseholdLists.Without(rowsAfter, rowsBefore), rowsBefore, cancellation), cancellation);
        await Task.WhenAll(noted, indexed, RecordHeldAsync(before, after, cancellation));
        return new ListedChange(rowsBefore, rowsAfter, appearing, mark);
    }

    /// <summary>
    /// Writes all that has to be there once a change is stored. False where something is left to do: then an old row or a mark stays, and
    /// the sweep looks at this offer.
    /// </summary>
    internal async Task<bool> FinishAsync(
        Household before, Household after, ListedChange listed, Task<bool> followUp, CancellationToken cancellation)
    {
        var staying = listed.After.Where(row => listed.Before.Any(known => known.Place == row.Place));
        // Whether somebody could be told is no event, and stands in the lists all the same.
        var areListsOld = after.Revision != before.Revision || after.UntoldSince != before.UntoldSince;
        await Task.WhenAll(
            areListsOld ? Task.WhenAll(staying.Select(row => row.RefreshAsync(cancellation))) : Task.CompletedTask,
            followUp,
            index.RemoveAsync(before, after, cancellation),
            HouseholdRecord.Of(after) != HouseholdRecord.Of(before)
            || after.Erasure != before.Erasure
            || after.Details.CrimeReference != before.Details.CrimeReference
                ? register.UpdateAsync(after, cancellation)
                : listed.IsLast ? register.UpdateIfNeededAsync(after, cancellation) : Task.CompletedTask);
        if (!await followUp) return false;
        // Last: as long as an old row stands, the sweep looks at this offer.
        await HouseholdLists.RemoveOldAsync(listed.Before, listed.After, after.Revision, cancellation);
        if (listed.Mark is { } mark) await mark.RemoveUpToAsync(after.Revision, cancellation);
        return true;
    }

    /// <summary>Writes all that has to be there before a new offer is stored.</summary>
    /// <param name="household">The offer.</param>
    /// <param name="never">The numbers (E.164) that are never to be called, where that is what was said.</param>
    /// <param name="actor">Who records it.</param>
    /// <param name="cancellation">Gives up.</param>
    internal async Task<ListedOffer> PrepareNewAsync(
        Household household, IReadOnlyList<string> never, Actor actor, CancellationToken cancellation)
    {
        var rows = lists.RowsOf(household);
        var noted = days.AddAsync(household.Id, household.RecordedAt, cancellation);
        var indexed = index.PutAsync(household, cancellation);
        // Where no list will show the household, a mark stands for it until all is done.
        var mark = rows.Count > 0 ? null : lists.MarkOf(household);
        IReadOnlyList<ListRow> places = mark is null ? rows : [mark];
        var listed = await HouseholdLists.PutAsync(places, cancellation);
        // Before the offer, which doesn't keep the number: where the offer then isn't stored, the sweep finds the mark above and frees it.
        var newlyBarred = new List<string>();
        foreach (var phone in never)
        {
            if (await doNotCall.AddAsync(household.Id, phone, actor, household.RecordedAt, cancellation)) newlyBarred.Add(phone);
        }

        await Task.WhenAll(noted, indexed, RecordHeldAsync(null, household, cancellation));
        return new ListedOffer(places, listed, mark, newlyBarred);
    }

    /// <summary>Writes it again where the sweep may have taken it for a remnant.</summary>
    internal async Task PrepareAgainAsync(
        Household household, ListedOffer listed, IReadOnlyList<string> never, Actor actor, CancellationToken cancellation)
    {
        await HouseholdLists.PutAsync(listed.Places, cancellation);
        await index.PutAsync(household, cancellation);
        foreach (var phone in never) await doNotCall.AddAsync(household.Id, phone, actor, household.RecordedAt, cancellation);
    }

    /// <summary>Writes a new offer's first row in the register.</summary>
    internal Task RegisterAsync(Household household, CancellationToken cancellation) => register.AddAsync(household, cancellation);

    /// <summary>Finishes what an earlier request for the same offer began, and takes away what this one listed in vain.</summary>
    internal async Task FinishEarlierAsync(StoredHousehold stored, IReadOnlyList<ListRow> listed, CancellationToken cancellation)
    {
        await register.UpdateIfNeededAsync(stored.Household, cancellation);
        await lists.RestoreAsync(stored, listed, cancellation);
    }

    /// <summary>Undoes what was listed for a change that never came.</summary>
    internal Task RestoreAsync(StoredHousehold stored, ListedChange listed, CancellationToken cancellation) =>
        lists.RestoreAsync(stored, listed.Appearing, cancellation);

    /// <summary>A number that was named under an id that stands for another offer is not barred.</summary>
    internal Task UnbarAsync(Guid id, string phone, CancellationToken cancellation) => doNotCall.RemoveAsync(id, phone, cancellation);

    // Before it is held: whoever takes the other's word back finds it.
    private Task RecordHeldAsync(Household? before, Household after, CancellationToken cancellation) =>
        after.SupervisorHold is { CausedBy: var causedBy } && before?.SupervisorHold?.CausedBy != causedBy
            ? doNotCall.NoteHeldAsync(causedBy, after.Id, cancellation)
            : Task.CompletedTask;
}

/// <summary>Where a household stood before a change and stands after it.</summary>
/// <param name="Before">Its rows before.</param>
/// <param name="After">Its rows after.</param>
/// <param name="Appearing">Those that were written for the change.</param>
/// <param name="Mark">What stands for it while no list does.</param>
internal sealed record ListedChange(
    IReadOnlyList<ListRow> Before, IReadOnlyList<ListRow> After, IReadOnlyList<ListRow> Appearing, ListRow? Mark)
{
    /// <summary>
    /// Whether from here on no sweep looks at it any more: what a change before this one has left undone is done now, or never.
    /// </summary>
    public bool IsLast => !After.Any(row => row.IsSwept);
}

/// <summary>Where a new offer stands.</summary>
/// <param name="Places">Its rows.</param>
/// <param name="Listed">The same as they were written.</param>
/// <param name="Mark">What stands for it where no list does.</param>
/// <param name="NewlyBarred">Which of its numbers are barred since just now.</param>
internal sealed record ListedOffer(
    IReadOnlyList<ListRow> Places, IReadOnlyList<ListRow> Listed, ListRow? Mark, IReadOnlyList<string> NewlyBarred);
