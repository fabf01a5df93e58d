using Vcas.Domain.Calendar;
using Vcas.Domain.CallBacks;

namespace Vcas.Domain.Tests.Rules;

public sealed class CallHoursMustMeetSafeHoursTests
{
    // The household named Wednesdays from 10 to 12.
    [Theory]
    [InlineData(DayOfWeek.Wednesday, "10:00", "12:00", 0)]
    [InlineData(DayOfWeek.Wednesday, "11:59", "20:00", 0)]
    [InlineData(DayOfWeek.Wednesday, "12:00", "20:00", 3012)]
    [InlineData(DayOfWeek.Wednesday, "08:00", "10:00", 3012)]
    [InlineData(DayOfWeek.Saturday, "10:00", "12:00", 3012)]
    public void Hours_are_opened_only_where_a_call_in_them_can_be_safe(DayOfWeek day, string from, string to, int code) =>
        Assert.Equal(code, new Course()
            .IsRefused(
                (household, moment) => household.OpenCallHours(new CallHours(TimeOnly.Parse(from), TimeOnly.Parse(to), [day]), moment)));

    [Fact]
    public void Whoever_named_no_hours_can_be_called_in_any() => Assert.Equal(0, new Course(
        Given.Details() with { Contact = Given.Contact with { SafeTimes = [] } })
        .IsRefused(
            (household, moment) => household.OpenCallHours(
                new CallHours(new TimeOnly(18, 0), new TimeOnly(20, 0), [DayOfWeek.Sunday]), moment)));
}
