using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;

namespace Vcas.Domain.Tests.Rules;

public sealed class NextLookMustLieAheadTests
{
    [Theory]
    [InlineData(0, 3005)]
    [InlineData(-1, 3005)]
    [InlineData(1, 0)]
    [InlineData(90 * 1440, 0)]
    [InlineData((90 * 1440) + 1, 3005)]
    public void A_review_lies_ahead_and_within_the_policy(int minutes, int code)
    {
        var course = new Course();
        Assert.Equal(
            code, course.IsRefused((household, moment) => household.PlaceHold(HoldReason.Unsafe, moment.Now.AddMinutes(minutes), moment)));
    }

    [Fact]
    public void So_does_the_time_to_call_again()
    {
        var course = new Course().Starts();
        Assert.Equal(3005, course.IsRefused(
            (household, moment) => household.RecordAttempt(course.Attempt(CallOutcome.CallLater, again: moment.Now.AddDays(-1)), moment)));
    }
}
