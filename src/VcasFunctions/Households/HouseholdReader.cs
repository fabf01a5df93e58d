using Vcas.Domain.Households;

namespace VcasFunctions.Households;

/// <summary>Reads households by their ids.</summary>
public sealed class HouseholdReader(HouseholdStore store)
{
    /// <summary>The offer, or the problem that there is none.</summary>
    public async Task<Household> ReadAsync(Guid id, CancellationToken cancellation) =>
        (await store.MustFindAsync(id, cancellation)).Household;

    /// <summary>The offer; null where there is none.</summary>
    public async Task<Household?> FindAsync(Guid id, CancellationToken cancellation) =>
        (await store.FindAsync(id, cancellation))?.Household;
}
