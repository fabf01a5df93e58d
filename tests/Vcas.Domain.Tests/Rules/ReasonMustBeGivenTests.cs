using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;

namespace Vcas.Domain.Tests.Rules;

public sealed class ReasonMustBeGivenTests
{
    [Fact]
    public void Why_a_call_was_unsafe_is_always_said()
    {
        var course = new Course().Starts();
        Assert.Equal(
            3003, course.IsRefused((household, moment) => household.RecordAttempt(course.Attempt(CallOutcome.UnsafeToCall), moment)));
        Assert.Equal(HoldReason.BailChanged, course.Attempts(CallOutcome.UnsafeToCall, HoldReason.BailChanged).Household.Hold?.Reason);
    }
}
