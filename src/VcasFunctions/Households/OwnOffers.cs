using System.Globalization;
using Vcas.Domain.Calendar;
using Vcas.Domain.Households;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Households;

/// <summary>Where a page of somebody's own offers ends: the next one begins with older ones.</summary>
/// <param name="OfferedAt">When the last one shown was offered, UTC.</param>
/// <param name="OfferId">Which it is.</param>
public sealed record OwnOffersPlace(DateTimeOffset OfferedAt, Guid OfferId)
{
    private const string Instant = "yyyyMMdd'T'HHmmssfffffff";

    /// <summary>Whether it comes after another place, newest first.</summary>
    public bool IsBehind(OwnOffersPlace other) =>
        OfferedAt < other.OfferedAt || (OfferedAt == other.OfferedAt && OfferId.CompareTo(other.OfferId) > 0);

    /// <summary>As a page gives it for the next one.</summary>
    public string ToText() => $"{OfferedAt.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture)}|{OfferId:D}";

    /// <summary>The place that a request names as <c>after</c>; null where it names none.</summary>
    /// <exception cref="ProblemException">It is not what a page gave.</exception>
    public static OwnOffersPlace? Of(string? after) => after is null
        ? null
        : Read(after) ?? throw new ProblemException(Problem.WrongQuery("after", "It takes what the page before gave as next."));

    /// <summary>The place that a page gave; null if the text is none.</summary>
    public static OwnOffersPlace? Read(string text) => text.Split('|') is [var at, var id]
        && DateTimeOffset.TryParseExact(
            at,
            Instant,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var instant)
        && Guid.TryParseExact(id, "D", out var offerId)
        ? new OwnOffersPlace(instant, offerId)
        : null;
}

/// <summary>
/// The offers that somebody recorded, in every state, newest first: by the register, a year of months at a time, in which a household
/// stands from its recording on. They cost no write.
/// </summary>
public sealed class OwnOffers(UptakeRegister register, HouseholdStore store, VcasSettings settings)
{
    // So many months are asked for at once.
    private const int Months = 12;

    /// <summary>A page, and where the next one begins; null on the last.</summary>
    public async Task<(IReadOnlyList<Household> Offers, OwnOffersPlace? Next)> ReadAsync(
        string person, OwnOffersPlace? after, int limit, CancellationToken cancellation)
    {
        var places = await PlacesAsync(person, after, limit + 1, cancellation);
        var page = places.Take(limit).ToList();
        var read = await Task.WhenAll(page.Select(place => store.TryFindAsync(place.OfferId, cancellation)));
        // The household has the last word, and what was erased is nobody's any more.
        return (
            [.. read.OfType<Household>().Where(household => household.Erasure is null && IsOf(household, person))],
            places.Count > limit ? page[^1] : null);
    }

    /// <summary>Whether a household was recorded by this person.</summary>
    public static bool IsOf(Household household, string person) =>
        string.Equals(household.RecordedBy, person, StringComparison.OrdinalIgnoreCase);

    private async Task<IReadOnlyList<OwnOffersPlace>> PlacesAsync(
        string person, OwnOffersPlace? after, int wanted, CancellationToken cancellation)
    {
        var places = new List<OwnOffersPlace>();
        var first = MonthOf(settings.SchemeStart);
        // A phone's clock may be ahead of ours.
        var last = MonthOf(after?.OfferedAt ?? settings.Moment.Now.AddDays(1));
        for (; last >= first && places.Count < wanted; last = last.AddMonths(-Months))
        {
            var found = await register.RecordedByAsync(person, Text(last.AddMonths(1 - Months)), Text(last), cancellation);
            places.AddRange(found.Select(offer => new OwnOffersPlace(offer.OfferedAt, offer.OfferId))
                .Where(place => after is null || place.IsBehind(after))
                .OrderByDescending(place => place.OfferedAt).ThenBy(place => place.OfferId));
        }

        return [.. places.Take(wanted)];
    }

    private static DateOnly MonthOf(DateTimeOffset instant)
    {
        var day = CallBackCalendar.DateOf(instant);
        return new DateOnly(day.Year, day.Month, 1);
    }

    private static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
