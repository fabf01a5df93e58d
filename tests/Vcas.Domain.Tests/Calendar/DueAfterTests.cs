using CsCheck;
using Vcas.Domain.Calendar;

namespace Vcas.Domain.Tests.Calendar;

/// <summary>21 days, then the first moment of call-back hours in London, early by neither clock.</summary>
public sealed class DueAfterTests
{
    private static readonly Gen<DateTimeOffset> AClockChange = Gen.Int[0, ClockChanges().Length - 1].Select(index => ClockChanges()[index]);

    /// <summary>Every second of 2022 to 2028 may be drawn, and the days around clock changes more often.</summary>
    internal static readonly Gen<DateTimeOffset> Instants = Gen.Frequency(
        (3, Seconds(Given.At("2022-01-01 00:00"), Given.At("2028-11-30 00:00"))),
        (1, Gen.Select(AClockChange, Gen.Int[-26 * 3600, 26 * 3600], (change, off) => change.AddSeconds(off))),
        (1, Gen.Select(AClockChange, Gen.Int[-26 * 3600, 26 * 3600], (change, off) => change.AddDays(-21).AddSeconds(off))));

    [Theory]
    [InlineData("2023-06-06 06:40", "2023-06-27 09:00")] // before hours: the same morning
    [InlineData("2023-06-06 10:15", "2023-06-27 10:15")] // within hours: to the minute
    [InlineData("2023-06-06 16:59", "2023-06-27 16:59")]
    [InlineData("2023-06-06 17:00", "2023-06-28 09:00")] // closing time is closed
    [InlineData("2023-06-09 18:00", "2023-07-03 09:00")] // Friday evening: Monday
    [InlineData("2023-05-20 11:00", "2023-06-12 09:00")] // a Saturday
    [InlineData("2023-03-17 10:00", "2023-04-11 09:00")] // Good Friday, weekend, Easter Monday
    [InlineData("2022-12-05 10:00", "2022-12-28 09:00")] // Boxing Day and Christmas's substitute
    public void Falls_due_on_the_wall_clock_as_people_expect(string offered, string due) =>
        Assert.Equal(Given.London(due), Given.Calendar.DueAfter(Given.London(offered), 21));

    [Fact]
    public void In_spring_the_wall_clock_runs_ahead_and_the_504_hours_hold()
    {
        // Offered on Thursday 9 March 2023 at 10:00 GMT; the clock jumps on 26 March; 504 hours end at 11:00 BST.
        var due = Given.Calendar.DueAfter(Given.At("2023-03-09 10:00"), 21);
        Assert.Equal(Given.At("2023-03-30 10:00"), due);
        Assert.Equal(Given.London("2023-03-30 11:00"), due);
    }

    [Fact]
    public void In_autumn_the_wall_clock_falls_back_and_the_wall_holds()
    {
        // Offered on Tuesday 10 October 2023 at 10:00 BST; the clock falls back on 29 October; 504 hours end at 09:00 GMT.
        var due = Given.Calendar.DueAfter(Given.At("2023-10-10 09:00"), 21);
        Assert.Equal(Given.At("2023-10-31 10:00"), due);
        Assert.Equal(Given.London("2023-10-31 10:00"), due);
    }

    [Fact]
    public void In_spring_504_hours_can_end_after_closing_time()
    {
        // 16:30 GMT on 9 March is 17:30 BST on 30 March by hours: too late for that day.
        Assert.Equal(Given.London("2023-03-31 09:00"), Given.Calendar.DueAfter(Given.At("2023-03-09 16:30"), 21));
    }

    [Fact]
    public void Never_early_always_in_hours_and_minimal() => Instants.Sample(offered =>
    {
        var due = Given.Calendar.DueAfter(offered, 21);
        var wall = Wall(offered).AddDays(21);
        Assert.Equal(TimeSpan.Zero, due.Offset);
        Assert.True(due >= offered.AddHours(504), $"{offered:u}: due {due:u} is before 504 hours");
        Assert.True(Wall(due) >= wall, $"{offered:u}: due {due:u} is before 21 days on the wall clock");
        Assert.True(IsAllowed(due), $"{offered:u}: due {due:u} lies outside call-back hours");
        var earlier = EarlierAllowed(offered, due);
        Assert.True(earlier is null, $"{offered:u}: due {due:u}, but {earlier:u} was allowed before");
    }, iter: 20_000);

    [Fact]
    public void Every_hour_around_every_clock_change_keeps_the_same_promise()
    {
        foreach (var change in ClockChanges())
        {
            for (var offered = change.AddDays(-23); offered < change.AddDays(2); offered = offered.AddMinutes(30))
            {
                var due = Given.Calendar.DueAfter(offered, 21);
                Assert.True(due >= offered.AddHours(504) && Wall(due) >= Wall(offered).AddDays(21), $"{offered:u}: due {due:u} is early");
                Assert.True(
                    IsAllowed(due) && EarlierAllowed(offered, due) is null, $"{offered:u}: due {due:u} is not the first allowed moment");
            }
        }
    }

    [Fact]
    public void A_later_offer_never_falls_due_earlier() => Gen.Select(Instants, Gen.Int[0, 200_000]).Sample((offered, later) =>
        Given.Calendar.DueAfter(offered, 21) <= Given.Calendar.DueAfter(offered.AddSeconds(later), 21), iter: 5_000);

    [Fact]
    public void The_offset_in_which_an_offer_was_sent_makes_no_difference() =>
        Gen.Select(Instants, Gen.Int[-12, 12]).Sample((offered, hours) =>
            Given.Calendar.DueAfter(offered.ToOffset(TimeSpan.FromHours(hours)), 21) == Given.Calendar.DueAfter(offered, 21), iter: 2_000);

    internal static DateTimeOffset[] ClockChanges() =>
    [
        Given.At("2022-03-27 01:00"), Given.At("2022-10-30 01:00"), Given.At("2023-03-26 01:00"), Given.At("2023-10-29 01:00"),
        Given.At("2024-03-31 01:00"), Given.At("2024-10-27 01:00"), Given.At("2025-03-30 01:00"), Given.At("2025-10-26 01:00"),
        Given.At("2026-03-29 01:00"), Given.At("2026-10-25 01:00"), Given.At("2027-03-28 01:00"), Given.At("2027-10-31 01:00"),
        Given.At("2028-03-26 01:00"), Given.At("2028-10-29 01:00"),
    ];

    private static Gen<DateTimeOffset> Seconds(DateTimeOffset from, DateTimeOffset to) =>
        Gen.Long[0, (long)(to - from).TotalSeconds].Select(seconds => from.AddSeconds(seconds));

    private static DateTime Wall(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, CallBackCalendar.London).DateTime;

    // Said apart from the calendar's own code: weekday, no holiday, nine to five.
    private static bool IsAllowed(DateTimeOffset instant)
    {
        var wall = Wall(instant);
        return wall.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
            && !BankHolidays.EnglandAndWales.Contains(DateOnly.FromDateTime(wall)) && wall.Hour is >= 9 and < 17;
    }

    // An allowed moment at which both counts of 21 days have passed, before the one that was given: steps of 15 minutes, the
    // very first instant, and the last second before.
    private static DateTimeOffset? EarlierAllowed(DateTimeOffset offered, DateTimeOffset due)
    {
        var wall = Wall(offered).AddDays(21);
        var candidates = new List<DateTimeOffset> { offered.AddHours(504), due.AddTicks(-1), due.AddSeconds(-1) };
        for (var step = offered.AddHours(503); step < due; step = step.AddMinutes(15)) candidates.Add(step);
        return candidates.Where(at => at < due && at >= offered.AddHours(504) && Wall(at) >= wall && IsAllowed(at))
            .Select(at => (DateTimeOffset?)at).FirstOrDefault();
    }
}
