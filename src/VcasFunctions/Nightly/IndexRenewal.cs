using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Vcas.Domain.Households;
using VcasFunctions.Households;
using VcasFunctions.Sealing;
using VcasFunctions.Settings;
using VcasFunctions.Tables;

namespace VcasFunctions.Nightly;

/// <summary>
/// Every night: takes rows out of the index that no longer fit their offers and, after a change of key, indexes every household again
/// from what is sealed in its offer. Until that is whole, what is under earlier keys stays and is searched.
/// </summary>
public sealed class IndexRenewal(
    VcasTables tables,
    HouseholdIndex index,
    DoNotCallRegister register,
    HouseholdStore store,
    BlindKeys keys,
    VcasSettings settings,
    ILogger<IndexRenewal> log)
{
    private const string Mark = "index";

    // While an offer is being recorded, its index row exists a moment before the offer.
    private static readonly TimeSpan Unborn = 2 * OfferRecorder.LongestRecording;

    /// <summary>Tends all, and says how many households were indexed again, how many rows taken away, and how many could not be.</summary>
    public async Task<(int Indexed, int Removed, int Failed)> RenewAsync(CancellationToken cancellation)
    {
        var (indexed, removed, failed) = (0, 0, 0);
        var active = keys.ActiveId;
        if (await IndexedUnderAsync(cancellation) != active)
        {
            await foreach (var id in store.NotErasedAsync(cancellation))
            {
                if (await TryAsync(id, async () => await IndexAsync(id, cancellation))) indexed++;
                else failed++;
            }

            var mark = new TableEntity(VcasTables.Marks, Mark) { ["KeyId"] = active };
            if (failed == 0) await tables.Audit.UpsertEntityAsync(mark, TableUpdateMode.Replace, cancellation);
        }

        var isWhole = failed == 0;
        await foreach (var row in index.AllRowsAsync(cancellation))
        {
            if (row.WrittenAt + Unborn > settings.Moment.Now) continue;
            var isTended = await TryAsync(row.OfferId, async () =>
            {
                var stored = await store.FindAsync(row.OfferId, cancellation);
                if (stored is not null && index.Fits(row, stored.Household, underActiveAlone: isWhole)) return;
                await index.RemoveAsync(row, cancellation);
                removed++;
            });
            if (!isTended) failed++;
        }

        log.LogInformation(
            "{Indexed} households were indexed under {Key}, {Removed} rows that fit none were taken away, {Failed} could not be tended",
            indexed, active, removed, failed);
        await foreach (var due in register.DueForReviewAsync(settings.Moment.Now, cancellation))
        {
            log.LogWarning(
                "{Reference} asked never to be called, and its review date has come: its supervisor looks whether that still holds",
                Household.ReferenceOf(due.OfferId));
        }

        return (indexed, removed, failed);
    }

    private async Task IndexAsync(Guid id, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is { Household: var household }) await index.PutAsync(household, cancellation);
    }

    private async Task<string?> IndexedUnderAsync(CancellationToken cancellation) =>
        (await tables.FindMarkAsync(Mark, cancellation))?.GetString("KeyId");

    private async Task<bool> TryAsync(Guid id, Func<Task> tend)
    {
        try
        {
            await tend();
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError("{Reference} could not be indexed: {Failure}", Household.ReferenceOf(id), failure.GetType().Name);
            return false;
        }
    }
}
