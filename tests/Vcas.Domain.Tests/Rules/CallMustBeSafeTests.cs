using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;

namespace Vcas.Domain.Tests.Rules;

public sealed class CallMustBeSafeTests
{
    [Theory]
    [InlineData(CallOutcome.Accepted, 3002)]
    [InlineData(CallOutcome.Declined, 3002)]
    [InlineData(CallOutcome.NoAnswer, 3002)]
    [InlineData(CallOutcome.CallLater, 3002)]
    [InlineData(CallOutcome.WrongNumber, 3002)]
    [InlineData(CallOutcome.DoNotContact, 3002)]
    [InlineData(CallOutcome.UnsafeToCall, 0)]
    [InlineData(CallOutcome.Died, 0)]
    public void Whoever_dialled_has_checked_before(CallOutcome outcome, int code)
    {
        var course = new Course().Starts();
        var attempt = course.Attempt(outcome, HoldReason.Unsafe, outcome == CallOutcome.CallLater ? course.Now.AddHours(1) : null) with
        {
            SafetyChecked = false,
        };
        Assert.Equal(code, course.IsRefused((household, moment) => household.RecordAttempt(attempt, moment)));
        Assert.Equal(0, course.IsRefused((household, moment) => household.RecordAttempt(attempt with { SafetyChecked = true }, moment)));
    }
}
