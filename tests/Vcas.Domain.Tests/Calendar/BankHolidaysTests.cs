using Vcas.Domain.CallBacks;

namespace Vcas.Domain.Tests.Calendar;

/// <summary>The published list against the law's own rules: Easter by algorithm, Mondays by count, substitute days.</summary>
public sealed class BankHolidaysTests
{
    private const int FirstYear = 2022;
    private const int LastYear = 2028;

    [Fact]
    public void The_list_is_what_the_rules_give_for_every_year()
    {
        var expected = Enumerable.Range(FirstYear, LastYear - FirstYear + 1).SelectMany(ByRule).Order().ToList();
        Assert.Equal(expected, BankHolidays.EnglandAndWales.Order());
    }

    [Theory]
    [InlineData(2022, 4, 17)]
    [InlineData(2024, 3, 31)]
    [InlineData(2025, 4, 20)]
    [InlineData(2038, 4, 25)]
    public void Easter_is_computed_as_the_church_publishes_it(int year, int month, int day) =>
        Assert.Equal(new DateOnly(year, month, day), Easter(year));

    private static IEnumerable<DateOnly> ByRule(int year)
    {
        var easter = Easter(year);
        yield return Substitute(new DateOnly(year, 1, 1));
        yield return easter.AddDays(-2);
        yield return easter.AddDays(1);
        yield return FirstMonday(year, 5);
        // The Platinum Jubilee moved spring's holiday to June and added one; the Queen's funeral and the Coronation added one each.
        if (year == 2022)
        {
            yield return new DateOnly(2022, 6, 2);
            yield return new DateOnly(2022, 6, 3);
            yield return new DateOnly(2022, 9, 19);
        }
        else
        {
            yield return LastMonday(year, 5);
        }

        if (year == 2023) yield return new DateOnly(2023, 5, 8);
        yield return LastMonday(year, 8);

        // Christmas and Boxing Day: whatever falls on a weekend moves to the next weekday that isn't a holiday already.
        var christmas = new DateOnly(year, 12, 25);
        (DateOnly First, DateOnly Second) days = christmas.DayOfWeek switch
        {
            DayOfWeek.Friday => (christmas, christmas.AddDays(3)),
            DayOfWeek.Saturday => (christmas.AddDays(2), christmas.AddDays(3)),
            DayOfWeek.Sunday => (christmas.AddDays(1), christmas.AddDays(2)),
            _ => (christmas, christmas.AddDays(1)),
        };
        yield return days.First;
        yield return days.Second;
    }

    private static DateOnly Substitute(DateOnly date)
    {
        while (date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) date = date.AddDays(1);
        return date;
    }

    private static DateOnly FirstMonday(int year, int month)
    {
        var date = new DateOnly(year, month, 1);
        while (date.DayOfWeek != DayOfWeek.Monday) date = date.AddDays(1);
        return date;
    }

    private static DateOnly LastMonday(int year, int month)
    {
        var date = new DateOnly(year, month, DateTime.DaysInMonth(year, month));
        while (date.DayOfWeek != DayOfWeek.Monday) date = date.AddDays(-1);
        return date;
    }

    // The Gregorian computus (Meeus, Jones, Butcher).
    private static DateOnly Easter(int year)
    {
        int golden = year % 19, century = year / 100, rest = year % 100;
        var epact = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (rest / 4)) - epact - (rest % 4)) % 7;
        var correction = (golden + (11 * epact) + (22 * weekday)) / 451;
        var sum = epact + weekday - (7 * correction) + 114;
        return new DateOnly(year, sum / 31, (sum % 31) + 1);
    }
}
