using Vcas.Domain.Households;
using VcasFunctions.Access;

namespace VcasFunctions.Households;

/// <summary>Reads households, one by its id or several by their number.</summary>
public sealed class HouseholdReader(HouseholdStore store, HouseholdIndex index)
{
    /// <summary>The offer, or the problem that there is none.</summary>
    public async Task<Household> ReadAsync(Guid id, CancellationToken cancellation) =>
        (await store.MustFindAsync(id, cancellation)).Household;

    /// <summary>The offer; null where there is none.</summary>
    public async Task<Household?> FindAsync(Guid id, CancellationToken cancellation) =>
        (await store.FindAsync(id, cancellation))?.Household;

    /// <summary>Other offers of a number that wait to be called, as far as they are the caller's to know.</summary>
    public async Task<IReadOnlyList<Household>> OthersOpenAsync(Guid id, string phone, RequestAccess access, CancellationToken cancellation)
    {
        var others = new List<Household>();
        foreach (var other in (await index.FindByPhoneAsync(phone, cancellation)).Where(other => other != id))
        {
            if (await store.FindAsync(other, cancellation) is not { Household: { IsOpen: true } household }
                || !household.Details.Numbers.Contains(phone))
                continue;
            if (access.Reaches(household)) others.Add(household);
        }

        return others;
    }
}
