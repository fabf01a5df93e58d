using Vcas.Domain.Calendar;
using Vcas.Domain.Households;
using VcasFunctions.Settings;

namespace VcasFunctions.Households;

/// <summary>
/// The offers that are closed, by reason, the newest offers first: by the register, a year of months at a time, in which the reason is
/// written with the figures. They cost no write of their own.
/// </summary>
public sealed class ClosedOffers(UptakeRegister register, HouseholdStore store, VcasSettings settings)
{
    // So many months are asked for at once.
    private const int Months = 12;

    /// <summary>A page, and where the next one begins; null on the last.</summary>
    /// <param name="reason">Why they are closed; null for any reason.</param>
    /// <param name="isTheirs">Whether the person who asks may know of a team's households.</param>
    /// <param name="after">The place behind which to begin; null for the first.</param>
    /// <param name="limit">How many.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<(IReadOnlyList<Household> Offers, OwnOffersPlace? Next)> ReadAsync(
        ClosingReason? reason, Func<string, bool> isTheirs, OwnOffersPlace? after, int limit, CancellationToken cancellation)
    {
        var places = new List<OwnOffersPlace>();
        var first = MonthOf(settings.SchemeStart);
        // A phone's clock may be ahead of ours.
        var last = MonthOf(after?.OfferedAt ?? settings.Moment.Now.AddDays(1));
        for (; last >= first && places.Count <= limit; last = last.AddMonths(-Months))
        {
            var found = await register.ClosedAsync(reason, Text(last.AddMonths(1 - Months)), Text(last), cancellation);
            places.AddRange(found.Where(record => isTheirs(record.Team))
                .Select(record => new OwnOffersPlace(record.OfferedAt, record.Id))
                .Where(place => after is null || place.IsBehind(after))
                .OrderByDescending(place => place.OfferedAt).ThenBy(place => place.OfferId));
        }

        var page = places.Take(limit).ToList();
        var read = await Task.WhenAll(page.Select(place => store.TryFindAsync(place.OfferId, cancellation)));
        // The household has the last word, and what was erased is nobody's any more.
        return (
            [.. read.OfType<Household>().Where(household => household is { Erasure: null, Closing: { } closing }
                && (reason is null || closing.Reason == reason) && isTheirs(household.Details.Team))],
            places.Count > limit ? page[^1] : null);
    }

    private static DateOnly MonthOf(DateTimeOffset instant)
    {
        var day = CallBackCalendar.DateOf(instant);
        return new DateOnly(day.Year, day.Month, 1);
    }

    private static string Text(DateOnly month) => month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
}
