using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;

namespace Vcas.Domain.Tests.Rules;

public sealed class CallAgainTimeMustBeGivenTests
{
    [Fact]
    public void A_call_put_off_has_a_time()
    {
        var course = new Course().Starts();
        Assert.Equal(3004, course.IsRefused((household, moment) => household.RecordAttempt(course.Attempt(CallOutcome.CallLater), moment)));
        Assert.Equal(0, course.IsRefused((household, moment) => household.RecordAttempt(course.Attempt(CallOutcome.NoAnswer), moment)));
    }
}
