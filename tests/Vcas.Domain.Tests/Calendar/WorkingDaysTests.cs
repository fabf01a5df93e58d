using CsCheck;

namespace Vcas.Domain.Tests.Calendar;

public sealed class WorkingDaysTests
{
    [Theory]
    [InlineData("2023-06-06 10:00", 0, "2023-06-06 10:00")]
    [InlineData("2023-06-06 10:00", 2, "2023-06-08 10:00")]
    [InlineData("2023-06-08 10:00", 2, "2023-06-12 10:00")] // over a weekend
    [InlineData("2023-06-10 10:00", 1, "2023-06-12 10:00")] // from a Saturday
    [InlineData("2023-06-09 18:30", 2, "2023-06-14 09:00")] // Tuesday evening is closed: the next morning
    [InlineData("2023-06-09 07:30", 2, "2023-06-13 09:00")] // before hours: that morning
    [InlineData("2023-04-06 12:00", 2, "2023-04-12 12:00")] // over Easter
    [InlineData("2022-12-23 12:00", 2, "2022-12-29 12:00")] // over Christmas with substitutes
    [InlineData("2023-03-24 12:00", 1, "2023-03-27 12:00")] // the clock jumps in between: the same time of day
    [InlineData("2023-10-27 12:00", 1, "2023-10-30 12:00")]
    public void Are_counted_on_the_wall_clock(string from, int count, string to) =>
        Assert.Equal(Given.London(to), Given.Calendar.AddWorkingDays(Given.London(from), count));

    [Fact]
    public void Counting_goes_forward_and_ends_in_hours() => Gen.Select(DueAfterTests.Instants, Gen.Int[0, 15]).Sample((from, count) =>
    {
        var to = Given.Calendar.AddWorkingDays(from, count);
        Assert.True(Given.Calendar.IsCallMoment(to), $"{from:u} and {count}: {to:u} lies outside hours");
        Assert.True(to >= from, $"{from:u} and {count}: {to:u} lies before");
        // From a closed day none and one both lead to the next open day.
        Assert.True(count == 0 || to < Given.Calendar.AddWorkingDays(from, count + 1), $"{from:u}: {count + 1} is no later than {count}");
    }, iter: 5_000);

    [Fact]
    public void The_next_moment_is_itself_a_moment_and_never_earlier() => DueAfterTests.Instants.Sample(from =>
    {
        var next = Given.Calendar.NextCallMoment(from);
        Assert.True(next >= from);
        Assert.Equal(next, Given.Calendar.NextCallMoment(next));
        Assert.Equal(next == from, Given.Calendar.IsCallMoment(from));
    }, iter: 5_000);
}
