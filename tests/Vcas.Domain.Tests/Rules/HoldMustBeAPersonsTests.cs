using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;

namespace Vcas.Domain.Tests.Rules;

public sealed class HoldMustBeAPersonsTests
{
    [Theory]
    [InlineData(HoldReason.NeverToBeCalled, 3031)]
    [InlineData(HoldReason.LikelyDuplicate, 3031)]
    [InlineData(HoldReason.Unsafe, 0)]
    public void What_follows_from_another_offer_is_nobodys_reason(HoldReason reason, int refusal)
    {
        var course = new Course().Starts();
        Assert.Equal(refusal, course.IsRefused((household, moment) => household.PlaceHold(reason, moment.Now.AddDays(3), moment)));
        Assert.Equal(
            refusal, course.IsRefused(
                (household, moment) => household.RecordAttempt(course.Attempt(CallOutcome.UnsafeToCall, reason), moment)));
    }
}
