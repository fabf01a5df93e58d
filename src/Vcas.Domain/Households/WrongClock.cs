namespace Vcas.Domain.Households;

/// <summary>How an instant is known that a clock wrote which ran ahead and was put right since.</summary>
public static class WrongClock
{
    /// <summary>By this much the clocks of two instances may differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(10);

    /// <summary>Whether something that has happened, by its stored instant (UTC), lies further ahead than clocks differ.</summary>
    public static bool IsAhead(DateTimeOffset stored, DateTimeOffset now) => stored > now + Skew;

    /// <summary>
    /// The date (UTC), unless it lies later than the same date reckoned now: then the latter. For dates that are so much time from some
    /// moment on, which has passed.
    /// </summary>
    internal static DateTimeOffset PutRight(this DateTimeOffset stored, DateTimeOffset reckonedNow) =>
        IsAhead(stored, reckonedNow) ? reckonedNow : stored;

    /// <summary>
    /// The same for a date that is so many working days from some moment on. Reckoned from an evening it moves to the next morning, so that
    /// one reckoned later may lie a working day earlier.
    /// </summary>
    internal static DateTimeOffset PutRight(this DateTimeOffset stored, int workingDays, Moment moment) =>
        IsAhead(stored, moment.Calendar.AddWorkingDays(moment.Now, workingDays + 1))
            ? moment.Calendar.AddWorkingDays(moment.Now, workingDays)
            : stored;
}
