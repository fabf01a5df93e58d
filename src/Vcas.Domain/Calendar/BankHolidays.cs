using System.Globalization;

namespace Vcas.Domain.Calendar;

/// <summary>
/// Bank holidays of England and Wales. For the years that GOV.UK has published, as published; for all others by the rules of the Banking
/// and Financial Dealings Act 1971 and the days that are proclaimed every year, so that the calendar doesn't end in silence. A special day,
/// or one that is moved, can't be foreseen: a force adds and takes out days by configuration.
/// </summary>
public static class BankHolidays
{
    /// <summary>The last year of the published list.</summary>
    public const int LastPublished = 2028;

    private const int FirstPublished = 2022;
    private const int FirstYear = 2015;
    private const int LastYear = 2199;

    private static readonly HashSet<DateOnly> Published = Days(
        "2022: 01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
        "2023: 01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
        "2024: 01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
        "2025: 01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
        "2026: 01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
        "2027: 01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
        "2028: 01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26");

    /// <summary>The days as they are known, and those that follow by rule.</summary>
    public static readonly IReadOnlySet<DateOnly> EnglandAndWales = Published
        .Union(Enumerable.Range(FirstYear, LastYear - FirstYear + 1)
            .Where(year => year is < FirstPublished or > LastPublished)
            .SelectMany(ByRule))
        .ToHashSet();

    /// <summary>The days with a force's own added, and without those that it takes out.</summary>
    public static IReadOnlySet<DateOnly> With(IEnumerable<DateOnly> added, IEnumerable<DateOnly> taken) =>
        EnglandAndWales.Except(taken).Union(added).ToHashSet();

    /// <summary>The days of a year by the law's rules only.</summary>
    public static IEnumerable<DateOnly> ByRule(int year)
    {
        var easter = EasterSunday(year);
        var christmas = new DateOnly(year, 12, 25);
        // A holiday on a weekend moves to the next weekday that isn't a holiday already.
        var (first, second) = christmas.DayOfWeek switch
        {
            DayOfWeek.Friday => (0, 3),
            DayOfWeek.Saturday => (2, 3),
            DayOfWeek.Sunday => (1, 2),
            _ => (0, 1),
        };
        return
        [
            FirstWeekday(new DateOnly(year, 1, 1)), easter.AddDays(-2), easter.AddDays(1),
            MondayFrom(new DateOnly(year, 5, 1)), MondayFrom(new DateOnly(year, 5, 25)), MondayFrom(new DateOnly(year, 8, 25)),
            christmas.AddDays(first), christmas.AddDays(second),
        ];
    }

    /// <summary>Easter Sunday of the Gregorian calendar, as Gauss computes it.</summary>
    public static DateOnly EasterSunday(int year)
    {
        var century = year / 100;
        var moonShift = 15 + ((3 * century) + 3) / 4 - ((8 * century) + 13) / 25;
        var sundayShift = 2 - (((3 * century) + 3) / 4);
        var golden = year % 19;
        var full = ((19 * golden) + moonShift) % 30;
        var correction = (full + (golden / 11)) / 29;
        var moon = 21 + full - correction;
        var sunday = 7 - ((year + (year / 4) + sundayShift) % 7);
        return new DateOnly(year, 3, 1).AddDays(moon + 7 - ((moon - sunday) % 7) - 1);
    }

    private static DateOnly FirstWeekday(DateOnly date)
    {
        while (date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) date = date.AddDays(1);
        return date;
    }

    private static DateOnly MondayFrom(DateOnly date)
    {
        while (date.DayOfWeek != DayOfWeek.Monday) date = date.AddDays(1);
        return date;
    }

    private static HashSet<DateOnly> Days(params string[] years) =>
        [.. years.SelectMany(line => line[6..].Split(' ')
            .Select(day => DateOnly.ParseExact($"{line[..4]}-{day}", "yyyy-MM-dd", CultureInfo.InvariantCulture)))];
}
