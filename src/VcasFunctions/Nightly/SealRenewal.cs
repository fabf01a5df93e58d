using Microsoft.Extensions.Logging;
using Vcas.Domain.Offers;
using VcasFunctions.Households;
using VcasFunctions.Sealing;

namespace VcasFunctions.Nightly;

/// <summary>
/// After a change of key: seals again what an earlier key still seals, so that the earlier key can be taken away. Whatever is
/// left half-way is found the next night; a household that changes meanwhile is sealed by its change.
/// </summary>
public sealed class SealRenewal(HouseholdStore store, HouseholdCommands commands, Keyring keyring, ILogger<SealRenewal> log)
{
    /// <summary>Renews all, and says how many there were and how many could not be renewed.</summary>
    public async Task<(int Renewed, int Failed)> RenewAsync(CancellationToken cancellation)
    {
        var (renewed, failed) = (0, 0);
        await foreach (var id in store.NotUnderAsync(keyring.ActiveId, cancellation))
        {
            try
            {
                await commands.ResealAsync(id, cancellation);
                renewed++;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failed++;
                log.LogError("{Reference} could not be sealed anew: {Failure}", Offer.ReferenceOf(id), failure.GetType().Name);
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
}
