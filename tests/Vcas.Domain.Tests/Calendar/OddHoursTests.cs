using Vcas.Domain.Calendar;

namespace Vcas.Domain.Tests.Calendar;

/// <summary>A force decides when it phones: on Saturdays, until 20:00, not on its own closed days.</summary>
public sealed class OddHoursTests
{
    private static readonly CallBackCalendar Long = new(
        new CallHours(new TimeOnly(11, 30), new TimeOnly(20, 0), [DayOfWeek.Wednesday, DayOfWeek.Saturday]), BankHolidays.EnglandAndWales);

    [Theory]
    [InlineData("2023-05-20 19:59", "2023-06-10 19:59")] // Saturday to Saturday
    [InlineData("2023-05-20 20:00", "2023-06-14 11:30")] // closed at eight: the next open day is Wednesday
    [InlineData("2023-05-22 09:00", "2023-06-14 11:30")]
    public void Call_backs_fall_due_in_the_hours_that_are_set(string offered, string due) =>
        Assert.Equal(Given.London(due), Long.DueAfter(Given.London(offered), 21));

    [Fact]
    public void Working_days_are_the_days_on_which_the_team_phones() =>
        Assert.Equal(Given.London("2023-06-14 12:00"), Long.AddWorkingDays(Given.London("2023-06-07 12:00"), 2));

    [Fact]
    public void A_holiday_added_by_configuration_is_closed_and_the_rest_is_not()
    {
        var calendar = new CallBackCalendar(
            CallHours.OfficeHours, new HashSet<DateOnly>(BankHolidays.EnglandAndWales) { new(2029, 1, 1), new(2023, 6, 27) });
        Assert.Equal(Given.London("2023-06-28 09:00"), calendar.DueAfter(Given.OfferedAt, 21));
        Assert.Equal(Given.London("2029-01-02 09:00"), calendar.NextCallMoment(Given.London("2029-01-01 10:00")));
        Assert.False(calendar.IsCallMoment(Given.London("2024-12-25 10:00")));
    }

    [Fact]
    public void Hours_that_never_open_are_refused()
    {
        var noon = new TimeOnly(12, 0);
        Assert.Throws<ArgumentException>(
            () => new CallBackCalendar(new CallHours(noon, noon, [DayOfWeek.Monday]), BankHolidays.EnglandAndWales));
        Assert.Throws<ArgumentException>(
            () => new CallBackCalendar(new CallHours(noon, noon.AddHours(1), []), BankHolidays.EnglandAndWales));
    }

    [Fact]
    public void Dates_and_months_are_Londons()
    {
        Assert.Equal("2023-07", CallBackCalendar.MonthOf(Given.At("2023-06-30 23:30")));
        Assert.Equal("2023-12", CallBackCalendar.MonthOf(Given.At("2023-12-31 23:30")));
        Assert.Equal(new DateOnly(2023, 7, 1), CallBackCalendar.DateOf(Given.At("2023-06-30 23:30")));
        Assert.Equal(Given.At("2023-06-30 23:00"), CallBackCalendar.StartOf(new DateOnly(2023, 7, 1)));
    }
}
