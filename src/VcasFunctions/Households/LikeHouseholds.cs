using Vcas.Domain.Households;

namespace VcasFunctions.Households;

/// <summary>
/// Other households with the same number or of the same investigation, whosever they are: through the index, never by going through all.
/// The household read behind a row has the last word, because the index may be behind.
/// </summary>
public sealed class LikeHouseholds(HouseholdStore store, HouseholdIndex index)
{
    /// <summary>
    /// With more than this many households a number is a refuge's or an office's, and says nothing of one of them. Of an investigation with
    /// more, as many are looked at.
    /// </summary>
    internal const int MostHouseholds = 20;

    /// <summary>The other households with one of these numbers (E.164), taken back or not; of one that many have, none.</summary>
    public async Task<IReadOnlyList<Household>> WithNumbersAsync(Guid id, IReadOnlyList<string> numbers, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(numbers.Select(phone => WithNumberAsync(id, phone, cancellation)));
        return [.. found.SelectMany(others => others).DistinctBy(other => other.Id)];
    }

    /// <summary>The other households of an investigation, however it was written, and whether there are more.</summary>
    public async Task<(IReadOnlyList<Household> Households, bool AreMore)> OfCaseAsync(
        Guid id, string reference, CancellationToken cancellation)
    {
        var found = await index.FindByReferenceAsync(reference, cancellation, MostHouseholds + 2);
        var others = found.Where(other => other != id).ToList();
        var read = await ReadAsync(others.Take(MostHouseholds), id, cancellation);
        return ([.. read.Where(other => IsOfCase(other, reference))], others.Count > MostHouseholds);
    }

    /// <summary>Whether a household is of this investigation.</summary>
    internal static bool IsOfCase(Household household, string reference) =>
        household.Details.CrimeReference is { } known && HouseholdIndex.Bare(known) == HouseholdIndex.Bare(reference);

    private async Task<IReadOnlyList<Household>> WithNumberAsync(Guid id, string phone, CancellationToken cancellation)
    {
        var found = await index.FindByPhoneAsync(phone, cancellation, MostHouseholds + 1);
        return found.Count > MostHouseholds
            ? []
            : [.. (await ReadAsync(found, id, cancellation)).Where(other => other.Details.Numbers.Contains(phone))];
    }

    private async Task<IEnumerable<Household>> ReadAsync(IEnumerable<Guid> ids, Guid but, CancellationToken cancellation) =>
        (await Task.WhenAll(ids.Where(id => id != but).Select(id => store.TryFindAsync(id, cancellation)))).OfType<Household>();
}
