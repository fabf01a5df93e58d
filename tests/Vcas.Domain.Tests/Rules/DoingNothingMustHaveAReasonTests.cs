using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class DoingNothingMustHaveAReasonTests
{
    [Theory]
    [InlineData(DangerAction.None, null, 2023)]
    [InlineData(DangerAction.None, NoActionReason.AlreadySeenTo, 0)]
    [InlineData(DangerAction.WelfareCheck, null, 0)]
    public void Why_nothing_was_done_is_always_said(DangerAction action, NoActionReason? reason, int code)
    {
        var course = new Course(Given.Details() with { Risks = [Risk.SelfHarm] });
        Assert.Equal(code, course.IsRefused((household, moment) => household.RecordDangerAction(action, reason, null, moment)));
    }
}
