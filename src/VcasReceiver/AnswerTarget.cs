namespace VcasReceiver;

/// <summary>
/// When the force expects a decision: the same time of day some working days later, moved into office hours where it lies outside. It is
/// the rule by which the force itself tells its supervisor that no answer came; a test holds both to the same instants. Days that were
/// proclaimed once, such as a coronation, are not in it: then the force waits a day longer than this says.
/// </summary>
internal static class AnswerTarget
{
    private const int Opens = 9;
    private const int Closes = 17;

    /// <summary>When an answer to this referral is due; null where none is.</summary>
    /// <param name="referral">The referral.</param>
    /// <param name="workingDays">As the force and VCAS agreed.</param>
    public static DateTimeOffset? Of(StoredReferral referral, int workingDays) => referral.Standing == Standing.ToAnswer
        // What was rejected and amended asks again from then.
        ? After(referral.Last is null ? referral.ReceivedAt : referral.ChangedAt, workingDays)
        : null;

    /// <summary>So many working days later.</summary>
    public static DateTimeOffset After(DateTimeOffset instant, int workingDays)
    {
        var local = LondonClock.At(instant);
        var (date, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        for (var counted = 0; counted < workingDays;)
        {
            date = date.AddDays(1);
            if (IsWorkingDay(date)) counted++;
        }

        if (time.Hour >= Closes)
        {
            do date = date.AddDays(1);
            while (!IsWorkingDay(date));
            time = new TimeOnly(Opens, 0);
        }
        else if (time.Hour < Opens)
        {
            time = new TimeOnly(Opens, 0);
        }

        return LondonClock.InstantOf(date.ToDateTime(time));
    }

    private static bool IsWorkingDay(DateOnly date) =>
        date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !BankHolidays(date.Year).Contains(date);

    // England and Wales, by the rules of the Banking and Financial Dealings Act 1971.
    private static DateOnly[] BankHolidays(int year)
    {
        var (easter, christmas, newYear) = (EasterSunday(year), new DateOnly(year, 12, 25), new DateOnly(year, 1, 1));
        // One on a weekend moves to the next weekday that isn't a holiday already.
        var (first, second) = christmas.DayOfWeek switch
        {
            DayOfWeek.Friday => (0, 3),
            DayOfWeek.Saturday => (2, 3),
            DayOfWeek.Sunday => (1, 2),
            _ => (0, 1),
        };
        var moved = newYear.DayOfWeek switch { DayOfWeek.Saturday => 2, DayOfWeek.Sunday => 1, _ => 0 };
        return
        [
            newYear.AddDays(moved), easter.AddDays(-2), easter.AddDays(1),
            MondayFrom(new DateOnly(year, 5, 1)), MondayFrom(new DateOnly(year, 5, 25)), MondayFrom(new DateOnly(year, 8, 25)),
            christmas.AddDays(first), christmas.AddDays(second),
        ];
    }

    private static DateOnly MondayFrom(DateOnly date) => date.AddDays(((int)DayOfWeek.Monday - (int)date.DayOfWeek + 7) % 7);

    // The Gregorian calendar's, as Meeus, Jones and Butcher reckon it.
    private static DateOnly EasterSunday(int year)
    {
        var (golden, century, within) = (year % 19, year / 100, year % 100);
        var epact = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (within / 4)) - epact - (within % 4)) % 7;
        var late = (golden + (11 * epact) + (22 * weekday)) / 451;
        var days = epact + weekday - (7 * late) + 114;
        return new DateOnly(year, days / 31, (days % 31) + 1);
    }
}
