using Vcas.Domain.Calendar;

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
        Assert.Equal(expected, BankHolidays.EnglandAndWales.Where(day => day.Year is >= FirstYear and <= LastYear).Order());
    }

    [Fact]
    public void Beyond_the_list_every_year_has_its_days_by_the_same_rules()
    {
        for (var year = LastYear + 1; year <= 2150; year++)
            Assert.Equal(ByRule(year).Order(), BankHolidays.EnglandAndWales.Where(day => day.Year == year).Order());
    }

    // Reckoned from a perpetual almanac and the tables of Easter in the Book of Common Prayer, not by any rule in code.
    [Theory]
    [InlineData("2029-01-01 2029-03-30 2029-04-02 2029-05-07 2029-05-28 2029-08-27 2029-12-25 2029-12-26")]
    [InlineData("2030-01-01 2030-04-19 2030-04-22 2030-05-06 2030-05-27 2030-08-26 2030-12-25 2030-12-26")]
    [InlineData("2031-01-01 2031-04-11 2031-04-14 2031-05-05 2031-05-26 2031-08-25 2031-12-25 2031-12-26")]
    [InlineData("2032-01-01 2032-03-26 2032-03-29 2032-05-03 2032-05-31 2032-08-30 2032-12-27 2032-12-28")]
    [InlineData("2033-01-03 2033-04-15 2033-04-18 2033-05-02 2033-05-30 2033-08-29 2033-12-26 2033-12-27")]
    [InlineData("2034-01-02 2034-04-07 2034-04-10 2034-05-01 2034-05-29 2034-08-28 2034-12-25 2034-12-26")]
    [InlineData("2035-01-01 2035-03-23 2035-03-26 2035-05-07 2035-05-28 2035-08-27 2035-12-25 2035-12-26")]
    [InlineData("2036-01-01 2036-04-11 2036-04-14 2036-05-05 2036-05-26 2036-08-25 2036-12-25 2036-12-26")]
    [InlineData("2037-01-01 2037-04-03 2037-04-06 2037-05-04 2037-05-25 2037-08-31 2037-12-25 2037-12-28")]
    [InlineData("2038-01-01 2038-04-23 2038-04-26 2038-05-03 2038-05-31 2038-08-30 2038-12-27 2038-12-28")]
    [InlineData("2039-01-03 2039-04-08 2039-04-11 2039-05-02 2039-05-30 2039-08-29 2039-12-26 2039-12-27")]
    [InlineData("2040-01-02 2040-03-30 2040-04-02 2040-05-07 2040-05-28 2040-08-27 2040-12-25 2040-12-26")]
    public void The_days_to_2040_are_those_of_the_almanac(string days)
    {
        var year = int.Parse(days[..4], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(
            days, string.Join(' ', BankHolidays.EnglandAndWales.Where(day => day.Year == year).Order().Select(day => $"{day:yyyy-MM-dd}")));
    }

    [Fact]
    public void A_day_that_is_moved_is_taken_out_and_put_where_it_went()
    {
        var days = BankHolidays.With(added: [new DateOnly(2035, 5, 11)], taken: [new DateOnly(2035, 5, 7)]);
        Assert.DoesNotContain(new DateOnly(2035, 5, 7), days);
        Assert.Contains(new DateOnly(2035, 5, 11), days);
        var calendar = new CallBackCalendar(CallHours.OfficeHours, days);
        Assert.True(calendar.IsCallMoment(Given.London("2035-05-07 10:00")));
        Assert.Equal(Given.London("2035-05-14 09:00"), calendar.NextCallMoment(Given.London("2035-05-11 10:00")));
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
