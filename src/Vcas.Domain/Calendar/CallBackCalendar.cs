namespace Vcas.Domain.Calendar;

/// <summary>When the call-back team phones: hours of the day, Europe/London, on some days of the week.</summary>
/// <param name="From">From this time of the day.</param>
/// <param name="To">Until this time of the day.</param>
/// <param name="Days">On these days of the week.</param>
public sealed record CallHours(TimeOnly From, TimeOnly To, IReadOnlyList<DayOfWeek> Days)
{
    /// <summary>Monday to Friday, 09:00 to 17:00.</summary>
    public static readonly CallHours OfficeHours = new(
        new TimeOnly(9, 0),
        new TimeOnly(17, 0),
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday]);

    /// <summary>Compares the days themselves, in whatever order.</summary>
    public bool Equals(CallHours? other) =>
        other is not null && (From, To) == (other.From, other.To) && Days.ToHashSet().SetEquals(other.Days);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(From, To, Days.Count);
}

/// <summary>
/// Call-back hours and working days in Europe/London, across both clock changes. Takes and gives UTC instants; the clock on
/// the wall is its own affair.
/// </summary>
public sealed class CallBackCalendar
{
    private readonly CallHours hours;
    private readonly IReadOnlySet<DateOnly> holidays;

    /// <summary>A calendar of these hours that is closed on these holidays.</summary>
    /// <exception cref="ArgumentException">The hours are empty, or no day of the week is open.</exception>
    public CallBackCalendar(CallHours hours, IReadOnlySet<DateOnly> holidays)
    {
        if (hours.From >= hours.To) throw new ArgumentException("Call-back hours must begin before they end.", nameof(hours));
        if (hours.Days.Count == 0) throw new ArgumentException("Call-back hours need at least one day of the week.", nameof(hours));
        (this.hours, this.holidays) = (hours, holidays);
    }

    /// <summary>When the team phones.</summary>
    public CallHours Hours => hours;

    /// <summary>The same working days with other hours, as they are opened for one household.</summary>
    public CallBackCalendar With(CallHours others) => new(others, holidays);

    /// <summary>The time zone of England.</summary>
    public static TimeZoneInfo London { get; } =
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out var zone) ? zone
        : TimeZoneInfo.FindSystemTimeZoneById("GMT Standard Time"); // Windows without ICU knows only its own name.

    /// <summary>
    /// When a call-back falls due: <paramref name="days"/> days after the offer, then the first moment of call-back hours.
    /// Days are counted both on the wall clock and as 24 hours each, and the later one holds: across a clock change it is
    /// early by neither.
    /// </summary>
    public DateTimeOffset DueAfter(DateTimeOffset offeredAt, int days)
    {
        var local = TimeZoneInfo.ConvertTime(offeredAt, London).DateTime;
        var byWall = ToInstant(local.AddDays(days));
        var byHours = offeredAt.AddDays(days);
        return NextCallMoment(byWall > byHours ? byWall : byHours);
    }

    /// <summary>The first moment at or after <paramref name="instant"/> within call-back hours.</summary>
    public DateTimeOffset NextCallMoment(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, London).DateTime;
        var date = DateOnly.FromDateTime(local);
        var time = TimeOnly.FromDateTime(local);
        if (IsOpen(date) && time >= hours.From && time < hours.To) return instant.ToUniversalTime();
        if (time >= hours.From) date = date.AddDays(1);
        while (!IsOpen(date)) date = date.AddDays(1);
        return ToInstant(date.ToDateTime(hours.From));
    }

    /// <summary>Whether <paramref name="instant"/> is within call-back hours.</summary>
    public bool IsCallMoment(DateTimeOffset instant) => NextCallMoment(instant) == instant;

    /// <summary>
    /// The same time of day <paramref name="count"/> working days later, moved into call-back hours where it lies outside.
    /// </summary>
    public DateTimeOffset AddWorkingDays(DateTimeOffset instant, int count)
    {
        var local = TimeZoneInfo.ConvertTime(instant, London).DateTime;
        var date = DateOnly.FromDateTime(local);
        for (var counted = 0; counted < count;)
        {
            date = date.AddDays(1);
            if (IsOpen(date)) counted++;
        }

        return NextCallMoment(ToInstant(date.ToDateTime(TimeOnly.FromDateTime(local))));
    }

    /// <summary>
    /// How many working days have begun since the day of an instant: what began on a Monday is two working days old on the Wednesday.
    /// </summary>
    public int WorkingDaysSince(DateTimeOffset since, DateTimeOffset now)
    {
        var (days, today) = (0, DateOf(now));
        for (var date = DateOf(since).AddDays(1); date <= today; date = date.AddDays(1))
        {
            if (IsOpen(date)) days++;
        }

        return days;
    }

    /// <summary>When the team begins to phone on this date, UTC; null where it doesn't.</summary>
    public DateTimeOffset? OpeningOf(DateOnly date) => IsOpen(date) ? At(date, hours.From) : null;

    /// <summary>The calendar month in London, as <c>2024-03</c>: the unit of the reports.</summary>
    public static string MonthOf(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, London).ToString("yyyy-MM");

    /// <summary>The date in London.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, London).DateTime);

    /// <summary>The first instant (UTC) of a date in London.</summary>
    public static DateTimeOffset StartOf(DateOnly date) => At(date, TimeOnly.MinValue);

    /// <summary>The instant (UTC) at which London's clock shows this time on this date.</summary>
    public static DateTimeOffset At(DateOnly date, TimeOnly time) => ToInstant(date.ToDateTime(time));

    private bool IsOpen(DateOnly date) => hours.Days.Contains(date.DayOfWeek) && !holidays.Contains(date);

    private static DateTimeOffset ToInstant(DateTime local)
    {
        // In spring an hour doesn't exist: the clock has just jumped over it, so the moment is the one after the jump.
        if (London.IsInvalidTime(local)) local = local.AddHours(1);
        // In autumn an hour comes twice: GetUtcOffset takes the second (standard time), so nothing is ever early.
        return new DateTimeOffset(local, London.GetUtcOffset(local)).ToUniversalTime();
    }
}
