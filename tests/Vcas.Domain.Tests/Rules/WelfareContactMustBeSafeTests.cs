using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class WelfareContactMustBeSafeTests
{
    [Theory]
    [InlineData(WelfareOutcome.SpokenTo, false, 2027)]
    [InlineData(WelfareOutcome.NoAnswer, false, 2027)]
    [InlineData(WelfareOutcome.SpokenTo, true, 0)]
    [InlineData(WelfareOutcome.UnsafeToContact, false, 0)]
    [InlineData(WelfareOutcome.SeenByAnother, false, 0)]
    [InlineData(WelfareOutcome.NotPossible, false, 0)]
    public void Who_gets_in_touch_has_checked_before(WelfareOutcome outcome, bool isChecked, int code)
    {
        var course = new Course(Given.Details() with { Risks = [Risk.Violence] });
        course.Does((household, moment) => household.RecordDangerAction(DangerAction.WelfareCheck, null, null, moment)).WhenItWakes();
        Assert.Equal(code, course.IsRefused((household, moment) =>
            household.RecordWelfareContact(Guid.NewGuid(), outcome, AttemptWay.Phone, isChecked, moment)));
    }
}
