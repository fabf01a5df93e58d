using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class WelfareContactMustNotComeEarlyTests
{
    [Theory]
    [InlineData(-1, 2026)]
    [InlineData(0, 0)]
    [InlineData(60, 0)]
    public void One_is_recorded_from_its_time_on(int minutes, int code)
    {
        var course = new Course(Given.Details() with { Risks = [Risk.SelfHarm] });
        course.Does((household, moment) => household.RecordDangerAction(DangerAction.WelfareCheck, null, null, moment))
            .At(course.Household.Danger!.Welfare!.From.AddMinutes(minutes));
        Assert.Equal(code, course.IsRefused((household, moment) => household.RecordWelfareContact(
            Guid.NewGuid(), WelfareOutcome.NoAnswer, AttemptWay.Visit, safetyChecked: true, moment)));
    }
}
