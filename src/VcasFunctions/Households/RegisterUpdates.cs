using Vcas.Domain.Offers;
using Vcas.Domain.Reporting;

namespace VcasFunctions.Households;

/// <summary>Keeps a household's row of the uptake register as the household is.</summary>
public sealed class RegisterUpdates(UptakeRegister register, HouseholdStore store)
{
    /// <summary>Writes the first row, unless somebody has written one already.</summary>
    public Task AddAsync(Offer offer, CancellationToken cancellation) => register.TryAddAsync(HouseholdRecord.Of(offer), cancellation);

    /// <summary>Writes the row where it is another one, or missing.</summary>
    public async Task UpdateIfNeededAsync(Offer offer, CancellationToken cancellation)
    {
        var figures = HouseholdRecord.Of(offer);
        if (await register.FindAsync(figures, cancellation) != figures) await UpdateAsync(offer, cancellation);
    }

    /// <summary>
    /// Writes the row. Whoever comes second to the register may have been first at the offer: the last word is the offer's.
    /// </summary>
    public async Task UpdateAsync(Offer offer, CancellationToken cancellation)
    {
        while (true)
        {
            await register.PutAsync(HouseholdRecord.Of(offer), cancellation);
            var newest = (await store.MustFindAsync(offer.Id, cancellation)).Offer;
            if (newest.Revision == offer.Revision) return;
            offer = newest;
        }
    }
}
