using Microsoft.Extensions.Logging;
using Vcas.Domain.Households;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Problems;
using VcasFunctions.Sealing;
using VcasFunctions.Settings;

namespace VcasFunctions.Nightly;

/// <summary>
/// After a change of key: seals again what an earlier key still seals, so that the earlier key can be taken away. Whatever is
/// left half-way is found the next night; a household that changes meanwhile is sealed by its change.
/// </summary>
public sealed class SealRenewal(
    HouseholdStore store, HouseholdLists lists, Keyring keyring, VcasSettings settings, ILogger<SealRenewal> log)
{
    // Instances of the app may meet at one household; losing so often to them is a fault elsewhere.
    private const int Patience = 12;

    /// <summary>Renews all, and says how many there were and how many could not be renewed.</summary>
    public async Task<(int Renewed, int Failed)> RenewAsync(CancellationToken cancellation)
    {
        var (renewed, failed) = (0, 0);
        await foreach (var id in store.NotUnderAsync(keyring.ActiveId, cancellation))
        {
            try
            {
                await RenewAsync(id, cancellation);
                renewed++;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failed++;
                log.LogError("{Reference} could not be sealed anew: {Failure}", Household.ReferenceOf(id), failure.GetType().Name);
            }
        }

        if (failed > 0)
            log.LogWarning(
                "{Renewed} households were sealed anew under {Key}, {Failed} were not: no key may be taken away yet",
                renewed,
                keyring.ActiveId,
                failed);
        else
            log.LogInformation(
                "{Renewed} households were sealed anew, and all are under {Key}: the others may be taken away", renewed, keyring.ActiveId);
        return (renewed, failed);
    }

    // Seals an offer and its rows in lists under the key that is active now; nothing else changes.
    private async Task RenewAsync(Guid id, CancellationToken cancellation)
    {
        using var turn = await store.LockAsync(id, cancellation);
        for (var attempt = 0; attempt < Patience; attempt++)
        {
            var stored = await store.MustFindAsync(id, cancellation);
            if (!await store.TryUpdateAsync(stored, new Transition(stored.Household, []), Actor.System, settings.Moment.Now, cancellation))
                continue;
            // Only where they stand: a row that somebody is taking away must not come back.
            foreach (var row in lists.RowsOf(stored.Household)) await row.RefreshAsync(cancellation);
            return;
        }

        throw new ProblemException(Problem.Busy);
    }
}
