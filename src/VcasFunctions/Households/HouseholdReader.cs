using Vcas.Domain.Offers;
using VcasFunctions.Access;

namespace VcasFunctions.Households;

/// <summary>Reads households, one by its id or several by their number.</summary>
public sealed class HouseholdReader(HouseholdStore store, HouseholdIndex index)
{
    /// <summary>The offer, or the problem that there is none.</summary>
    public async Task<Offer> ReadAsync(Guid id, CancellationToken cancellation) => (await store.MustFindAsync(id, cancellation)).Offer;

    /// <summary>The offer; null where there is none.</summary>
    public async Task<Offer?> FindAsync(Guid id, CancellationToken cancellation) =>
        (await store.FindAsync(id, cancellation))?.Offer;

    /// <summary>Other offers of a number that wait to be called, as far as they are the caller's to know.</summary>
    public async Task<IReadOnlyList<Offer>> OthersOpenAsync(Guid id, string phone, RequestAccess access, CancellationToken cancellation)
    {
        var others = new List<Offer>();
        foreach (var other in (await index.FindByPhoneAsync(phone, cancellation)).Where(other => other != id))
        {
            if (await store.FindAsync(other, cancellation) is not { Offer: { IsOpen: true } offer }
                || offer.Details.Contact?.Phone != phone)
                continue;
            if (access.Reaches(offer)) others.Add(offer);
        }

        return others;
    }
}
