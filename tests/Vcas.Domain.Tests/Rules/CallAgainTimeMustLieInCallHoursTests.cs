using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;

namespace Vcas.Domain.Tests.Rules;

public sealed class CallAgainTimeMustLieInCallHoursTests
{
    [Theory]
    [InlineData("2023-06-28 16:59", 0)]
    [InlineData("2023-06-28 17:00", 3006)]
    [InlineData("2023-06-28 08:59", 3006)]
    [InlineData("2023-07-01 10:00", 3006)]
    [InlineData("2023-08-28 10:00", 3006)]
    public void A_household_is_promised_a_call_only_while_somebody_is_there(string wall, int code)
    {
        var course = new Course().Starts();
        Assert.Equal(code, course.IsRefused((household, moment) =>
            household.RecordAttempt(course.Attempt(CallOutcome.CallLater, again: Given.London(wall)), moment)));
    }
}
