using Vcas.Domain.Households;
using VcasFunctions.Sealing;

namespace VcasFunctions.Households;

/// <summary>By what a household is searched.</summary>
public enum SearchBy
{
    /// <summary>A number of theirs, or one that is never to be called.</summary>
    Phone,

    /// <summary>The crime or investigation reference.</summary>
    CrimeReference,

    /// <summary>Our own short reference, or the whole id.</summary>
    Reference,
}

/// <summary>What somebody searches by.</summary>
/// <param name="By">The kind.</param>
/// <param name="Text">
/// As it is compared: a number as E.164, a crime reference by its letters and digits, a short reference by its six, an id in full.
/// </param>
public sealed record SearchKey(SearchBy By, string Text)
{
    /// <summary>Says nothing of what was searched for, so that no log, trace or exception can.</summary>
    public override string ToString() => nameof(SearchKey);
}

/// <summary>
/// Finds households again, in every state, by what a person who gets in touch can say: exactly, through the index or the ids themselves,
/// never by going through all of them. The household found has the last word: the index may be behind.
/// </summary>
public sealed class HouseholdSearch(HouseholdStore store, HouseholdIndex index, DoNotCallRegister doNotCall, BlindKeys keys)
{
    /// <summary>As many are shown.</summary>
    public const int MostShown = 50;

    // With more than this a number is an office's, and says nothing of one household.
    private const int MostRead = 500;
    private const int AtOnce = 25;

    /// <summary>What the audit keeps in place of what was searched for.</summary>
    public string HashOf(SearchKey key) => keys.Active(
        key.By switch
        {
            SearchBy.Phone => BlindHash.Phones,
            SearchBy.CrimeReference => BlindHash.References,
            _ => BlindHash.ShortReferences,
        },
        key.Text).Text;

    /// <summary>The households that somebody may know of, newest first.</summary>
    public async Task<FoundHouseholds> FindAsync(SearchKey key, Func<Household, bool> isTheirs, CancellationToken cancellation)
    {
        var marked = key.By == SearchBy.Phone ? await MarkedAsync(key.Text, cancellation) : [];
        var ids = (await IdsAsync(key, cancellation)).Concat(marked).Distinct().ToList();
        var found = new List<Household>();
        foreach (var some in ids.Take(MostRead).Chunk(AtOnce))
        {
            var read = await Task.WhenAll(some.Select(id => store.TryFindAsync(id, cancellation)));
            found.AddRange(read.OfType<Household>().Where(household => Fits(key, household, marked) && isTheirs(household)));
        }

        return new FoundHouseholds(
            [.. found.OrderByDescending(household => household.Details.OfferedAt).ThenBy(household => household.Id).Take(MostShown)],
            found.Count > MostShown || (found.Count > 0 && ids.Count > MostRead));
    }

    private Task<IReadOnlyList<Guid>> IdsAsync(SearchKey key, CancellationToken cancellation) => key.By switch
    {
        SearchBy.Phone => index.FindByPhoneAsync(key.Text, cancellation, MostRead + 1),
        SearchBy.CrimeReference => index.FindByReferenceAsync(key.Text, cancellation, MostRead + 1),
        _ when Guid.TryParseExact(key.Text, "D", out var id) => Task.FromResult<IReadOnlyList<Guid>>([id]),
        _ => store.FindByFirstDigitsAsync(key.Text, MostRead + 1, cancellation),
    };

    // What was recorded at the door as never to be called doesn't keep its number: the register alone knows whose it is.
    private async Task<HashSet<Guid>> MarkedAsync(string phone, CancellationToken cancellation) =>
        [.. (await doNotCall.FindAsync(phone, cancellation)).Select(mark => mark.OfferId)];

    private static bool Fits(SearchKey key, Household household, HashSet<Guid> marked) => key.By switch
    {
        // Who is erased is not found by a number any more, though its mark stands.
        SearchBy.Phone => household.Details.Numbers.Contains(key.Text) || (marked.Contains(household.Id) && household.Erasure is null),
        SearchBy.CrimeReference =>
            household.Details.CrimeReference is { } reference && HouseholdIndex.Bare(reference) == HouseholdIndex.Bare(key.Text),
        _ => true,
    };
}

/// <summary>What a search found.</summary>
/// <param name="Households">Newest first.</param>
/// <param name="IsMore">Whether there are more.</param>
public sealed record FoundHouseholds(IReadOnlyList<Household> Households, bool IsMore);
